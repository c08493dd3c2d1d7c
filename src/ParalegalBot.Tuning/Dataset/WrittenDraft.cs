using System.Text.Json.Serialization;
using ParalegalBot.Answering;
using ParalegalBot.Tuning.Dataset.Gates;
using ParalegalBot.Tuning.Dataset.Mix;

namespace ParalegalBot.Tuning.Dataset;

/// <summary>The draft of a written question: where the answer stands, and a restatement by rule. It holds no statute text: no claim shares a long run of words with what it cites.</summary>
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

    internal static IEnumerable<WrittenDraft> Of(IEnumerable<DatasetExample> proved, PassageBook book) => proved
        .Where(example => example.Origin == "written" && example.Draft.Claims.All(claim => IsOurs(claim, book)))
        .Select(example => new WrittenDraft(example.Law, example.Article, example.Form, example.Style, example.Question, example.Draft.Claims));

    internal static bool IsOurs(DraftClaim claim, PassageBook book) => claim.Evidence.All(evidence =>
        book.Find(evidence.Passage) is { } passage && SharedRun.Longest(claim.Text, string.Join(' ', passage.Sentences)) <= LongestRun);
}
