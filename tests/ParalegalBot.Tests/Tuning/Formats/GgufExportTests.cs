using ParalegalBot.Inference.Gguf.Format;
using ParalegalBot.Inference.Gguf.Model;
using ParalegalBot.Tests.Inference.Gguf;
using ParalegalBot.Tuning.Formats;
using ParalegalBot.Tuning.Training;

namespace ParalegalBot.Tests.Tuning.Formats;

/// <summary>What the trainer computes, our engine computes and llama.cpp computes, out of the same folder.</summary>
public sealed class GgufExportTests : IDisposable
{
    // Both engines keep keys and values in half precision, the trainer in single: over 20 tokens of each position that is worth up to this much.
    private const double HalfKeys = 3e-2;

    private readonly SampleFolder sample = new();
    private readonly List<int> tokens = [.. SampleFolder.Vocabulary.Tokens.Tokenizer.Encode(SampleVocabulary.Page).Take(80)];

    public void Dispose() => sample.Dispose();

    public static TheoryData<string> Shapes => [.. Samples.Keys];

    private static Dictionary<string, LlamaShape> Samples { get; } = new()
    {
        ["grouped queries, own output"] = SampleFolder.Shape,
        ["tied, a key head each"] = SampleFolder.Shape with { Tied = true, KeyHeads = 4 },
        ["frequencies of Llama 3"] = SampleFolder.Shape with { RotaryBase = 500_000, Scaling = new RotaryScaling("llama3", 8, 1, 4, 64) },
        ["frequencies stretched evenly, heads that are not a share of the width"] = SampleFolder.Shape with { HeadSize = 24, Scaling = new RotaryScaling("linear", 2) },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task A_model_in_single_precision_computes_what_the_trainer_does(string name)
    {
        var model = sample.Model(Samples[name]);
        GgufExport.Model(model, null, sample.In("model.gguf"), GgufType.F32);

        await Agree(sample.LogProbabilities(model, tokens), sample.In("model.gguf"), HalfKeys);
    }

    [Fact]
    public async Task Half_precision_and_eight_bits_stay_near_and_four_bits_load()
    {
        var model = sample.Model(SampleFolder.Shape);
        var expected = sample.LogProbabilities(model, tokens);
        foreach (var (type, tolerance) in new[] { (GgufType.F16, 2 * HalfKeys), (GgufType.Q8_0, 0.6), (GgufType.Q4_0, 8.0) })
        {
            GgufExport.Model(model, null, sample.In("model.gguf"), type);
            await Agree(expected, sample.In("model.gguf"), tolerance);
        }
    }

    [Fact]
    public async Task An_adapter_on_its_base_equals_the_merged_model_and_the_trainer()
    {
        var model = sample.Model(SampleFolder.Shape);
        var adapter = sample.Adapter(model, ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]);
        var expected = sample.LogProbabilities(model, tokens, adapter);
        GgufExport.Model(model, null, sample.In("base.gguf"), GgufType.F32);
        GgufExport.Model(model, adapter, sample.In("merged.gguf"), GgufType.F32);
        GgufExport.Adapter(adapter, model, sample.In("adapter.gguf"), GgufType.F32);

        await Agree(expected, sample.In("merged.gguf"), HalfKeys);
        Assert.True(Furthest(expected, (await Oracle("base.gguf")).Top) > 0.5, "the adapter changes nothing: this proves nothing");
        Assert.True(Furthest(expected, (await Oracle("base.gguf", "adapter.gguf")).Top) < HalfKeys);
    }

    [Fact]
    public async Task A_gguf_file_becomes_a_folder_that_computes_the_same()
    {
        var model = sample.Model(SampleFolder.Shape);
        GgufExport.Model(model, null, sample.In("model.gguf"), GgufType.Q8_0);

        GgufImport.ToFolder(sample.In("model.gguf"), sample.In("back"));
        GgufExport.Model(sample.In("back"), null, sample.In("again.gguf"), GgufType.Q8_0);

        Assert.True(File.ReadAllBytes(sample.In("model.gguf")).AsSpan()[^100_000..].SequenceEqual(File.ReadAllBytes(sample.In("again.gguf")).AsSpan()[^100_000..]));
        await Agree(sample.LogProbabilities(sample.In("back"), tokens), sample.In("again.gguf"), 0.5);
    }

    [Fact]
    public void Storages_hold_what_they_can()
    {
        var random = new Random(8);
        float[] values = [.. Enumerable.Range(0, 320).Select(_ => random.NextSingle() * 2 - 1), .. new float[32]];
        foreach (var (type, step) in new[] { (GgufType.F32, 0f), (GgufType.F16, 1f / 2048), (GgufType.Q8_0, 1f / 127), (GgufType.Q4_0, 1f / 7) })
        {
            var read = Read(type, Quantization.Encode(type, values));
            for (var i = 0; i < values.Length; i++) Assert.True(MathF.Abs(read[i] - values[i]) <= step, $"{type}: {values[i]} came back as {read[i]}");
        }
    }

    private static unsafe float[] Read(GgufType type, byte[] bytes)
    {
        var values = new float[bytes.Length / type.BlockBytes * type.BlockLength];
        fixed (byte* first = bytes) ParalegalBot.Inference.Gguf.Kernels.Dequantization.Row(type, first, values);
        return values;
    }

    private Task<OracleAnswer> Oracle(string model, string? adapter = null) => LlamaOracle.AskAsync(
        new OracleRequest(sample.In(model), [], tokens, new OracleGreedy(tokens.Take(16).ToList(), 1), adapter is null ? null : sample.In(adapter)), TestContext.Current.CancellationToken);

    private async Task Agree(double[][] expected, string path, double tolerance)
    {
        using (var model = LlamaModel.Open(path, threads: 2))
        {
            var batch = new LlamaBatch(model.BatchTokens);
            var cache = model.NewCache();
            foreach (var token in tokens) batch.Add(token, cache, predict: true);
            var logits = model.Evaluate(batch).ToArray();
            var ours = Enumerable.Range(0, tokens.Count).Select(i => SampleFolder.Normalised(logits.AsSpan(i * model.Vocabulary.Count, model.Vocabulary.Count)).Select((value, id) => (value, id)).OrderByDescending(pair => pair.value).Take(20).ToDictionary(pair => pair.id, pair => pair.value)).ToList();
            Assert.True(Furthest(expected, ours) <= tolerance, $"our engine is {Furthest(expected, ours):E1} off");
        }
        var theirs = (await Oracle(Path.GetFileName(path))).Top;
        Assert.True(Furthest(expected, theirs) <= tolerance, $"llama.cpp is {Furthest(expected, theirs):E1} off");
        Assert.True(theirs.Average(top => Math.Exp(top.Values.Max())) > 0.25, "too even a distribution proves little");
    }

    private static double Furthest(double[][] expected, IReadOnlyList<Dictionary<int, double>> top) =>
        expected.Select((row, i) => top[i].Max(pair => Math.Abs(row[pair.Key] - pair.Value))).Max();
}
