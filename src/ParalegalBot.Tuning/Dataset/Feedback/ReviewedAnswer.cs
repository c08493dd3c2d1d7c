using System.Text.Json;
using System.Text.Json.Serialization;
using ParalegalBot.Answering;

namespace ParalegalBot.Tuning.Dataset.Feedback;

/// <summary>A lawyer's verdict on one answer of the audit log, a line of the file that <c>dataset from-feedback</c> reads.</summary>
/// <param name="Answer">Id of the answer.</param>
/// <param name="Consent">The day on which the person agreed, apart from any other agreement, that their question may train a model; without it nothing is used.</param>
/// <param name="ApprovedBy">The lawyer who approves the example; without it nothing is used.</param>
/// <param name="Question">The question in other words, where the person's would tell who asked; null: as logged, masked.</param>
/// <param name="Claims">The right answer; null: the answer as it was shown.</param>
internal sealed record ReviewedAnswer(
    [property: JsonPropertyName("answer")] string Answer, [property: JsonPropertyName("consent")] DateOnly? Consent, [property: JsonPropertyName("approved_by")] string? ApprovedBy,
    [property: JsonPropertyName("question")] string? Question, [property: JsonPropertyName("claims")] IReadOnlyList<DraftClaim>? Claims)
{
    /// <summary>Reads the file.</summary>
    /// <exception cref="ParalegalBotException">It is missing, or a line is no review; the message names the line.</exception>
    public static IReadOnlyList<ReviewedAnswer> Load(string path)
    {
        if (!File.Exists(path)) throw new ParalegalBotException($"No encontré las revisiones «{path}».");
        var reviews = new List<ReviewedAnswer>();
        foreach (var (number, line) in File.ReadLines(path).Index())
        {
            if (line.Length == 0) continue;
            try
            {
                reviews.Add(JsonSerializer.Deserialize<ReviewedAnswer>(line) is { Answer.Length: > 0 } review ? review : throw new JsonException("answer"));
            }
            catch (JsonException cause)
            {
                throw new ParalegalBotException($"«{path}», línea {number + 1}: no es una revisión (se necesitan answer, consent y approved_by).", cause);
            }
        }
        return reviews;
    }
}
