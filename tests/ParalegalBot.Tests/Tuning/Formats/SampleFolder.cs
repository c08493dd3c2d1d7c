using ParalegalBot.Tests.Inference.Gguf;
using ParalegalBot.Tuning.Formats;
using ParalegalBot.Tuning.Training;
using ParalegalBot.Tuning.Training.Matrices;

namespace ParalegalBot.Tests.Tuning.Formats;

/// <summary>Random models as Hugging Face lays them out, and what the trainer computes with them.</summary>
internal sealed class SampleFolder : IDisposable
{
    private readonly Compute compute = new(2);

    public string Folder { get; } = Directory.CreateTempSubdirectory("formats").FullName;

    public static LlamaShape Shape { get; } = new()
    {
        Vocabulary = 400, Layers = 2, Width = 64, Heads = 4, KeyHeads = 2, HeadSize = 16, FeedForward = 160, Context = 512, Epsilon = 1e-5f,
    };

    public static ModelVocabulary Vocabulary { get; } = BytePairTraining.Learn([SampleVocabulary.Page], Shape.Vocabulary);

    public string In(string name) => Path.Combine(Folder, name);

    /// <summary>Writes a random model whose next tokens are far from equally likely.</summary>
    public string Model(LlamaShape shape, string name = "model", int seed = 5)
    {
        var random = new Random(seed);
        var network = new LlamaNetwork(shape with { Vocabulary = Vocabulary.Tokens.Count }, compute);
        foreach (var parameter in network.Weights)
        {
            var outer = parameter.Name is "model.embed_tokens.weight" or "lm_head.weight";
            foreach (ref var value in parameter.Value.Values)
                value = parameter.IsVector ? 0.75f + random.NextSingle() / 2 : Normal(random) * (outer ? shape.Tied || parameter.Name[0] == 'l' ? 3.8f / MathF.Sqrt(shape.Width) : 1 : 1.3f / MathF.Sqrt(parameter.Value.Columns));
        }
        ModelFolder.Write(In(name), network.Shape, network.Weights, Vocabulary);
        return In(name);
    }

    /// <summary>Writes a random adapter on a model.</summary>
    public string Adapter(string model, IReadOnlyCollection<string> targets)
    {
        using var folder = ModelFolder.Open(model);
        var network = folder.Network(compute, 1024);
        var random = new Random(6);
        network.LearnAdapters(8, 16, targets, random);
        foreach (var adapter in network.Adapters)
            foreach (ref var value in adapter.Up.Value.Values) value = Normal(random) * 0.2f;
        AdapterFolder.Write(In("adapter"), network, 16, model);
        return In("adapter");
    }

    /// <summary>What the trainer computes after each token, with the adapter where one is given.</summary>
    public double[][] LogProbabilities(string model, IReadOnlyList<int> tokens, string? adapter = null)
    {
        using var folder = ModelFolder.Open(model);
        var network = folder.Network(compute, 1024);
        if (adapter is not null)
        {
            using var weights = AdapterFolder.Open(adapter);
            network.LearnAdapters(weights.Rank, weights.Alpha, [.. weights.Targets.Select(target => target[(target.LastIndexOf('.') + 1)..]).Distinct()], new Random(1));
            foreach (var low in network.Adapters)
            {
                var (a, b) = weights.Read(low.Down.Name[..^".lora_A.weight".Length], low.Up.Value.Rows, low.Down.Value.Columns);
                a.CopyTo(low.Down.Value.Values);
                b.CopyTo(low.Up.Value.Values);
            }
        }
        var batch = new TokenBatch();
        batch.Add(new TrainingText([.. tokens, 0], [.. Enumerable.Repeat(true, tokens.Count + 1)]));
        var logits = network.Logits(batch);
        return [.. Enumerable.Range(0, tokens.Count).Select(i => Normalised(logits.Row(i)))];
    }

    public static double[] Normalised(ReadOnlySpan<float> logits)
    {
        var (largest, sum) = (System.Numerics.Tensors.TensorPrimitives.Max(logits), 0.0);
        foreach (var logit in logits) sum += Math.Exp(logit - largest);
        var result = new double[logits.Length];
        for (var i = 0; i < result.Length; i++) result[i] = logits[i] - largest - Math.Log(sum);
        return result;
    }

    public void Dispose()
    {
        compute.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private static float Normal(Random random) => (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
}
