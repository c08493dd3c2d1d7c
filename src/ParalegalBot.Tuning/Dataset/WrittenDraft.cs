using System.Text.Json;
using System.Text.Json.Serialization;
using ParalegalBot.Answering;
using ParalegalBot.Statutes;

namespace ParalegalBot.Tuning.Dataset;

/// <summary>
/// The answer to a written question, written with the paragraph in view (manifests/training/drafts.jsonl): where it stands, and how it is said. It holds no statute text: no claim shares
/// a run of more than <see cref="LongestRun"/> words with what it cites.
/// </summary>
/// <param name="Law">Abbreviation of the law.</param>
/// <param name="Article">The article, as printed.</param>
/// <param name="Form">deadline, amount, right…</param>
/// <param name="Style">lay or formal.</param>
/// <param name="Question">The question, as in questions.jsonl.</param>
/// <param name="Claims">The claims with their evidence.</param>
public sealed record WrittenDraft(
    [property: JsonPropertyName("law")] string Law, [property: JsonPropertyName("article")] string Article, [property: JsonPropertyName("form")] string Form, [property: JsonPropertyName("style")] string Style,
    [property: JsonPropertyName("question")] string Question, [property: JsonPropertyName("claims")] IReadOnlyList<DraftClaim> Claims)
{
    /// <summary>More words in a row than this are the statute's wording and not ours.</summary>
    public const int LongestRun = 8;

    /// <summary>What it answers: law, key of the article, question.</summary>
    internal (string Law, string ArticleKey, string Question) Key => (Law, ArticleNumber.KeyOf(Article), Question);

    /// <summary>Reads the file.</summary>
    /// <exception cref="ParalegalBotException">It is missing, or a line is no draft; the message names the line.</exception>
    public static IReadOnlyList<WrittenDraft> Load(string path)
    {
        var number = 0;
        try
        {
            var drafts = new List<WrittenDraft>();
            foreach (var line in File.ReadLines(path))
            {
                number++;
                drafts.Add(JsonSerializer.Deserialize<WrittenDraft>(line) is { Law.Length: > 0, Article.Length: > 0, Question.Length: > 0, Claims.Count: > 0 } draft ? draft : throw new JsonException("draft"));
            }
            return drafts;
        }
        catch (Exception cause) when (cause is IOException or JsonException or UnauthorizedAccessException)
        {
            throw new ParalegalBotException($"No pude leer los borradores de «{path}» (línea {number}); corrija esa línea o señale otro archivo con --drafts.", cause);
        }
    }
}
