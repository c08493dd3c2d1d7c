using System.Text.Json.Serialization;
using ParalegalBot.Answering;
using ParalegalBot.Statutes;

namespace ParalegalBot.Conversations;

/// <summary>The JSON of <c>paralegal ask --json</c> and <c>POST /v1/ask</c>; its names are fixed, scripts outside read them.</summary>
public sealed record AnswerJson(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("outcome")] string Outcome,
    [property: JsonPropertyName("reason")] string? Reason,
    [property: JsonPropertyName("text")] string Text,
    [property: JsonPropertyName("claims")] IReadOnlyList<AnswerJson.ClaimJson> Claims,
    [property: JsonPropertyName("sources")] IReadOnlyList<AnswerJson.SourceJson> Sources,
    [property: JsonPropertyName("help")] string? Help,
    [property: JsonPropertyName("choices")] IReadOnlyList<string> Choices,
    [property: JsonPropertyName("as_of")] DateOnly AsOf,
    [property: JsonPropertyName("timings_ms")] IReadOnlyDictionary<string, double> TimingsMs)
{
    /// <summary>Turns an answer into its JSON form.</summary>
    public static AnswerJson From(Answer answer) => new(
        answer.Id,
        OutcomeOf(answer),
        (answer as Answer.Refused)?.Reason is { } reason ? System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(reason.ToString()) : null,
        answer.Text,
        [.. ((answer as Answer.Cited)?.Claims ?? []).Select(ClaimJson.From)],
        [.. answer.Sources.Select(SourceJson.From)],
        answer.Help,
        (answer as Answer.Clarification)?.Choices ?? [],
        answer.AsOf,
        answer.Timings);

    /// <summary><c>cited</c>, <c>sources</c>, <c>clarify</c> or <c>refused</c>.</summary>
    public static string OutcomeOf(Answer answer) => answer switch
    {
        Answer.Cited => "cited",
        Answer.SourcesOnly => "sources",
        Answer.Clarification => "clarify",
        _ => "refused",
    };

    /// <summary>A proved claim.</summary>
    public sealed record ClaimJson(
        [property: JsonPropertyName("text")] string Text,
        [property: JsonPropertyName("citations")] IReadOnlyList<CitationJson> Citations,
        [property: JsonPropertyName("score")] double Score)
    {
        internal static ClaimJson From(Claim claim) => new(claim.Text, [.. claim.Citations.Select(CitationJson.From)], claim.Score);
    }

    /// <summary>What a claim stands on.</summary>
    public sealed record CitationJson(
        [property: JsonPropertyName("law")] string Law,
        [property: JsonPropertyName("article")] string Article,
        [property: JsonPropertyName("unit")] string? Unit,
        [property: JsonPropertyName("passage")] string Passage,
        [property: JsonPropertyName("quote")] string Quote,
        [property: JsonPropertyName("url")] string Url)
    {
        internal static CitationJson From(Citation citation) => new(
            citation.Passage.Law, citation.Passage.Article, citation.Passage.Unit, citation.Passage.Id, citation.Quote, citation.Passage.Url);
    }

    /// <summary>What is shown beside or instead of an answer.</summary>
    public sealed record SourceJson(
        [property: JsonPropertyName("law")] string Law,
        [property: JsonPropertyName("article")] string Article,
        [property: JsonPropertyName("unit")] string? Unit,
        [property: JsonPropertyName("passage")] string Passage,
        [property: JsonPropertyName("url")] string Url)
    {
        internal static SourceJson From(Passage passage) => new(passage.Law, passage.Article, passage.Unit, passage.Id, passage.Url);
    }
}
