using ParalegalBot.Inference.Gguf.Model;
using ParalegalBot.Tests.Inference.Gguf;
using ParalegalBot.Tests.Tuning.Formats;
using ParalegalBot.Tuning.Dataset;
using ParalegalBot.Tuning.Formats;
using ParalegalBot.Tuning.Training;
using ParalegalBot.Tuning.Training.Data;
using ParalegalBot.Tuning.Training.Matrices;
using ParalegalBot.Tuning.Training.Runs;

namespace ParalegalBot.Tests.Tuning.Dataset;

/// <summary>The whole way: two laws, gated examples, a tiny model that learns them, a GGUF file that our engine and llama.cpp read alike; and an adapter on it.</summary>
public sealed class PipelineTests : IDisposable
{
    /// <summary>Nats a token that the tiny model must come down to on what it was trained with; it begins above 6.</summary>
    private const double LossBound = 1.5;

    private readonly SampleDataset sample = new();

    public void Dispose() => sample.Dispose();

    [Fact]
    public async Task From_two_statutes_to_a_model_that_both_engines_read_alike()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await sample.Generate("data", new DatasetOptions { Passages = 2 });
        var figures = new List<TrainingFigures>();
        var options = Presets.Of("tiny", TrainingStage.Sft, null) with { Shape = Presets.Tiny with { Context = 1024 }, Context = 1024, Steps = 60, StepTokens = 2_048, BatchTokens = 2_048, LearningRate = 6e-3f, Warmup = 10 };

        var model = new TrainingRun(TimeProvider.System).Train(options, sample["data"], sample["run"], 2, figures.Add, cancellation);

        Assert.True(figures.TakeLast(5).Average(row => row.Loss) < LossBound, $"the loss fell from {figures[0].Loss:F2} to {figures[^1].Loss:F2} only");
        ModelExport.Run(sample["run"], sample["model.gguf"], "f32");
        var text = Shortest(model);
        await Agree(model, null, text, sample["model.gguf"], null);

        var low = options with { Shape = null, Base = model, LowRank = new LowRankOptions(4, 8, LowRankOptions.All), Steps = 4, LearningRate = 1e-3f };
        var adapter = new TrainingRun(TimeProvider.System).Train(low, sample["data"], sample["lora"], 2, null, cancellation);
        ModelExport.Run(sample["lora"], sample["merged.gguf"], "f32");
        ModelExport.Run(sample["lora"], sample["adapter.gguf"], "f32", adapterAlone: true);
        await Agree(model, adapter, text, sample["merged.gguf"], null);
        await Agree(model, adapter, text, sample["model.gguf"], sample["adapter.gguf"]);
    }

    private TrainingText Shortest(string model)
    {
        using var folder = ModelFolder.Open(model);
        using var compute = new Compute(1);
        return TrainingFile.Read(sample["data/train.jsonl"]).SelectMany(new TextEncoder(folder.Vocabulary(), 1024).Encode).MinBy(text => text.Tokens.Count)!;
    }

    /// <summary>The trainer's probabilities, those of llama.cpp, and what both engines write greedily where the answer begins.</summary>
    private async Task Agree(string model, string? adapter, TrainingText text, string file, string? adapterFile)
    {
        const double HalfKeys = 5e-2;
        using var formats = new SampleFolder();
        var (tokens, prompt) = (text.Tokens.ToList(), text.Tokens.Take(text.Learnt.ToList().IndexOf(true)).ToList());
        var expected = formats.LogProbabilities(model, tokens, adapter);
        var oracle = await LlamaOracle.AskAsync(new OracleRequest(file, [], tokens, new OracleGreedy(prompt, 24), adapterFile), TestContext.Current.CancellationToken);
        Assert.All(oracle.Top.Index(), row => Assert.All(row.Item.Where(pair => pair.Value > -8), pair => Assert.Equal(expected[row.Index][pair.Key], pair.Value, HalfKeys)));
        if (adapterFile is not null) return; // our engine reads merged models

        using var engine = LlamaModel.Open(file, threads: 2);
        var (cache, written) = (engine.NewCache(), new List<int>());
        var pending = prompt;
        for (var step = 0; step < 24; step++)
        {
            float[] logits = [];
            foreach (var piece in pending.Chunk(engine.BatchTokens))
            {
                var batch = new LlamaBatch(engine.BatchTokens);
                foreach (var (place, token) in piece.Index()) batch.Add(token, cache, predict: place == piece.Length - 1);
                logits = engine.Evaluate(batch).ToArray();
            }
            pending = [System.Numerics.Tensors.TensorPrimitives.IndexOfMax<float>(logits)];
            written.Add(pending[0]);
        }
        var clear = oracle.Greedy.TakeWhile(said => said.Margin > HalfKeys).Count();
        Assert.True(clear >= 4, $"only {clear} tokens are decided by more than the tolerance");
        Assert.Equal(oracle.Greedy.Take(clear).Select(said => said.Token), written.Take(clear));
    }
}
