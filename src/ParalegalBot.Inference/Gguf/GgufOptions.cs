namespace ParalegalBot.Inference.Gguf;

/// <summary>What the C# engine runs with; <see cref="InferenceOptions"/> states the limits.</summary>
public sealed record GgufOptions
{
    /// <summary>The GGUF file.</summary>
    public required string ModelPath { get; init; }

    /// <summary>Tokens of prompt and answer together; never more than the model was trained for.</summary>
    public int ContextTokens { get; init; } = 8_192;

    /// <summary>Texts written at once; each keeps its own keys and values.</summary>
    public int Sequences { get; init; } = 4;

    /// <summary>Tokens of an answer where the caller names no limit.</summary>
    public int AnswerTokens { get; init; } = 1_024;

    /// <summary>Threads; 0: one a processor.</summary>
    public int Threads { get; init; }
}
