using System.Globalization;
using Microsoft.Extensions.AI;

namespace ParalegalBot.Inference.Gguf.Sampling;

/// <summary>How the next token is drawn.</summary>
internal sealed record SamplingSettings
{
    /// <summary>0: always the likeliest.</summary>
    public float Temperature { get; init; }

    /// <summary>Only the k likeliest; 0: all.</summary>
    public int TopK { get; init; }

    /// <summary>Only the likeliest that together reach this share.</summary>
    public float TopP { get; init; } = 1;

    /// <summary>Only those that reach this share of the likeliest.</summary>
    public float MinP { get; init; }

    /// <summary>Divides the odds of tokens among the last <see cref="PenaltyWindow"/>; 1: none.</summary>
    public float RepetitionPenalty { get; init; } = 1;

    /// <summary>Tokens that the penalty looks back on.</summary>
    public int PenaltyWindow { get; init; } = 64;

    /// <summary>The same seed and prompt give the same text.</summary>
    public long Seed { get; init; }

    /// <summary>Reads the options; <c>min_p</c> and <c>repetition_penalty</c> are additional properties, as other engines name them.</summary>
    public static SamplingSettings Of(ChatOptions? options) => new()
    {
        Temperature = Math.Max(0, options?.Temperature ?? 0),
        TopK = Math.Max(0, options?.TopK ?? 0),
        TopP = options?.TopP ?? 1,
        MinP = Number(options, "min_p", 0),
        RepetitionPenalty = Number(options, "repetition_penalty", 1),
        Seed = options?.Seed ?? 0,
    };

    private static float Number(ChatOptions? options, string key, float otherwise) =>
        options?.AdditionalProperties?.TryGetValue(key, out var value) == true && value is IConvertible number ? number.ToSingle(CultureInfo.InvariantCulture) : otherwise;
}
