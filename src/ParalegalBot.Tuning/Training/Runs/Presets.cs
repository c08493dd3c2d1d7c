namespace ParalegalBot.Tuning.Training.Runs;

/// <summary>Shapes with a name.</summary>
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
}
