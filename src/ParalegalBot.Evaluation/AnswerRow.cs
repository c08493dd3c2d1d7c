using System.Text.Json;
using System.Text.Json.Serialization;
using ParalegalBot.Answering;
using ParalegalBot.Conversations;
using ParalegalBot.Statutes;

namespace ParalegalBot.Evaluation;

/// <summary>One line of <c>evaluate --answers</c>; its names are fixed, scorers outside read them.</summary>
public sealed record AnswerRow(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("outcome")] string Outcome,
    [property: JsonPropertyName("reason")] string? Reason,
    [property: JsonPropertyName("text")] string Text,
    [property: JsonPropertyName("claims")] IReadOnlyList<AnswerJson.ClaimJson> Claims,
    [property: JsonPropertyName("citations")] IReadOnlyList<AnswerRow.Place> Citations,
    [property: JsonPropertyName("sources")] IReadOnlyList<AnswerRow.Place> Sources,
    [property: JsonPropertyName("retrieved")] IReadOnlyList<AnswerRow.Place> Retrieved,
    [property: JsonPropertyName("elapsed_ms")] double ElapsedMs)
{
    /// <summary>The row of an answer.</summary>
    public static AnswerRow From(string id, Answer answer, double elapsedMs)
    {
        var json = AnswerJson.From(answer);
        return new AnswerRow(
            id, json.Outcome, json.Reason, json.Text, json.Claims,
            [.. json.Claims.SelectMany(claim => claim.Citations).Select(citation => new Place(citation.Law, citation.Article, citation.Unit)).Distinct()],
            [.. answer.Sources.Select(Place.Of)], [.. answer.Retrieved.Select(Place.Of)], Math.Round(elapsedMs, 2));
    }

    /// <summary>Reads the rows that <c>evaluate --answers</c> wrote.</summary>
    /// <exception cref="ParalegalBotException">The file is missing or malformed.</exception>
    public static IReadOnlyList<AnswerRow> Load(string path)
    {
        try
        {
            return [.. File.ReadLines(path).Where(line => !string.IsNullOrWhiteSpace(line)).Select(line => JsonSerializer.Deserialize<AnswerRow>(line) ?? throw new JsonException("null"))];
        }
        catch (Exception cause) when (cause is IOException or JsonException or UnauthorizedAccessException)
        {
            throw new ParalegalBotException($"No pude leer las respuestas de «{path}»; señale un archivo que haya escrito «paralegal evaluate --answers».", cause);
        }
    }

    /// <summary>Law, article and unit.</summary>
    public sealed record Place([property: JsonPropertyName("law")] string Law, [property: JsonPropertyName("article")] string Article, [property: JsonPropertyName("unit")] string? Unit)
    {
        /// <summary>Law and article in one comparable form.</summary>
        [JsonIgnore] public string Key => GoldArticle.KeyOf(Law, Article);

        internal static Place Of(Passage passage) => new(passage.Law, passage.Article, passage.Unit);
    }
}
