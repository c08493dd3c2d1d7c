using System.Text.Json.Serialization;

namespace ParalegalBot.Answering;

/// <summary>What an engine returns: claims that point at sentences, or that the passages do not suffice, or a question back.</summary>
public sealed record Draft
{
    /// <summary>The JSON name of each verdict is its lower-case form.</summary>
    [JsonPropertyName("verdict")] public required DraftVerdict Verdict { get; init; }

    /// <summary>At most six.</summary>
    [JsonPropertyName("claims")] public IReadOnlyList<DraftClaim> Claims { get; init; } = [];

    /// <summary>The question back, for <see cref="DraftVerdict.Clarify"/>.</summary>
    [JsonPropertyName("clarification")] public string? Clarification { get; init; }
}

/// <summary>What the engine made of the passages.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DraftVerdict>))]
public enum DraftVerdict
{
    /// <summary>The claims answer.</summary>
    [JsonStringEnumMemberName("answer")] Answer,

    /// <summary>The passages do not suffice.</summary>
    [JsonStringEnumMemberName("insufficient")] Insufficient,

    /// <summary>The question must be made clearer first.</summary>
    [JsonStringEnumMemberName("clarify")] Clarify,
}

/// <summary>One claim of a draft.</summary>
/// <param name="Evidence">At most three passages.</param>
/// <param name="Text">The wording.</param>
public sealed record DraftClaim(
    [property: JsonPropertyName("evidence")] IReadOnlyList<DraftEvidence> Evidence,
    [property: JsonPropertyName("text")] string Text);

/// <summary>The sentences of one passage that a claim points at.</summary>
/// <param name="Passage">Id of a retrieved passage.</param>
/// <param name="Sentences">Sentence numbers, from 1.</param>
public sealed record DraftEvidence(
    [property: JsonPropertyName("passage")] string Passage,
    [property: JsonPropertyName("sentences")] IReadOnlyList<int> Sentences);
