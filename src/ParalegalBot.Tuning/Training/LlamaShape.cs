namespace ParalegalBot.Tuning.Training;

/// <summary>The shape of a LLaMA.</summary>
public sealed record LlamaShape
{
    /// <summary>Tokens in the vocabulary.</summary>
    public required int Vocabulary { get; init; }

    /// <summary>Transformer layers.</summary>
    public required int Layers { get; init; }

    /// <summary>Width of the residual stream.</summary>
    public required int Width { get; init; }

    /// <summary>Query heads.</summary>
    public required int Heads { get; init; }

    /// <summary>Key and value heads; divides <see cref="Heads"/>.</summary>
    public required int KeyHeads { get; init; }

    /// <summary>Numbers in a head; even.</summary>
    public required int HeadSize { get; init; }

    /// <summary>Width inside the feed-forward part.</summary>
    public required int FeedForward { get; init; }

    /// <summary>Most tokens in a text.</summary>
    public required int Context { get; init; }

    /// <summary>The ε of RMSNorm.</summary>
    public float Epsilon { get; init; } = 1e-5f;

    /// <summary>Base of the rotary frequencies.</summary>
    public double RotaryBase { get; init; } = 10_000;

    /// <summary>How the frequencies were stretched to a longer context; null: they were not.</summary>
    public RotaryScaling? Scaling { get; init; }

    /// <summary>Whether the embedding is the output matrix too.</summary>
    public bool Tied { get; init; }

    /// <summary>Numbers in all weights.</summary>
    public long Weights =>
        (long)Vocabulary * Width * (Tied ? 1 : 2) + Width + (long)Layers * Width * (2 + 2 * (Heads + KeyHeads) * HeadSize + 3 * FeedForward);

    /// <summary>Radians a position of each pair of a head, [head size / 2].</summary>
    public IReadOnlyList<double> Frequencies()
    {
        var frequencies = Enumerable.Range(0, HeadSize / 2).Select(i => Math.Pow(RotaryBase, -2.0 * i / HeadSize));
        return [.. frequencies.Select(frequency => frequency / (Scaling?.Divisor(frequency) ?? 1))];
    }
}

/// <summary>A stretch of the rotary frequencies, as Hugging Face names them.</summary>
/// <param name="Type"><c>linear</c>, or <c>llama3</c>: low frequencies are divided, high ones kept, those between blended.</param>
/// <param name="Factor">What is divided by.</param>
/// <param name="LowFactor">llama3: waves longer than the original context over this are divided.</param>
/// <param name="HighFactor">llama3: waves shorter than the original context over this are kept.</param>
/// <param name="OriginalContext">llama3: tokens before the stretch.</param>
public sealed record RotaryScaling(string Type, double Factor, double LowFactor = 1, double HighFactor = 4, int OriginalContext = 8192)
{
    /// <summary>What a frequency is divided by.</summary>
    public double Divisor(double frequency)
    {
        if (Type == "linear") return Factor;
        var turns = OriginalContext * frequency / (2 * Math.PI);
        var smooth = Math.Clamp((turns - LowFactor) / (HighFactor - LowFactor), 0, 1);
        return 1 / ((1 - smooth) / Factor + smooth);
    }
}
