namespace ParalegalBot.Tuning.Training.Runs;

/// <summary>Shapes and ways to train with a name.</summary>
public static class Presets
{
    /// <summary>Two layers, for tests and for a first look: seconds on a laptop.</summary>
    public static LlamaShape Tiny { get; } = new()
    {
        Vocabulary = 512, Layers = 2, Width = 64, Heads = 4, KeyHeads = 2, HeadSize = 16, FeedForward = 192, Context = 512, Tied = true,
    };

    /// <summary>Fourteen million weights, small enough for the repository: 14.4 MiB in Q8_0 with its vocabulary.</summary>
    public static LlamaShape Nano { get; } = new()
    {
        Vocabulary = 8192, Layers = 7, Width = 384, Heads = 6, KeyHeads = 2, HeadSize = 64, FeedForward = 1024, Context = 2048, Tied = true,
    };

    /// <summary>A tenth of <see cref="Nano"/>: what two shared cores train within the hour, and the shape of the bundled model.</summary>
    public static LlamaShape Mini { get; } = new()
    {
        Vocabulary = 4096, Layers = 4, Width = 128, Heads = 4, KeyHeads = 2, HeadSize = 32, FeedForward = 384, Context = 2048, Tied = true,
    };

    /// <summary>The names.</summary>
    public static IReadOnlyList<string> Names { get; } = ["tiny", "mini", "nano", "lora"];

    /// <summary>The options of a preset; with a base it trains all of the base's weights, <c>lora</c> adapters on it.</summary>
    public static TrainingOptions Of(string name, TrainingStage stage, string? from) => name switch
    {
        "tiny" => new TrainingOptions
        {
            Stage = stage, Base = from, Shape = from is null ? Tiny : null, Steps = 300, StepTokens = 2_048, BatchTokens = 1_024, Context = 512, LearningRate = 3e-3f, Warmup = 20, CheckpointEvery = 100, ValidateEvery = 50,
        },
        "mini" => new TrainingOptions
        {
            Stage = stage, Base = from, Shape = from is null ? Mini : null, Steps = 500, StepTokens = 8_192, BatchTokens = 2_048, Context = 2_048, LearningRate = stage is TrainingStage.Pretrain ? 4e-3f : 2e-3f, Warmup = 30,
            CheckpointEvery = 50, ValidateEvery = 100,
        },
        "nano" => new TrainingOptions
        {
            Stage = stage, Base = from, Shape = from is null ? Nano : null, Steps = 3_000, StepTokens = 16_384, BatchTokens = 2_048, Context = 2_048,
            LearningRate = stage is TrainingStage.Pretrain ? 2e-3f : 5e-4f, Warmup = 100, CheckpointEvery = 100, ValidateEvery = 100,
        },
        "lora" => new TrainingOptions
        {
            Stage = stage, Base = from, LowRank = new LowRankOptions(16, 32, LowRankOptions.All), Steps = 500, StepTokens = 16_384, BatchTokens = 2_048, Context = 2_048, LearningRate = 2e-4f, Warmup = 20, Decay = 0,
            CheckpointEvery = 50, ValidateEvery = 50,
        },
        _ => throw new ParalegalBotException($"No conozco la forma de entrenar «{name}»; hay {string.Join(", ", Names)}."),
    };
}
