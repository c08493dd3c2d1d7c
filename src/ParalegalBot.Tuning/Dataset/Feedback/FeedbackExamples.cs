using System.Text.Json;
using ParalegalBot.Answering;
using ParalegalBot.Answering.Screen;
using ParalegalBot.Conversations;
using ParalegalBot.Records;
using ParalegalBot.Retrieval;
using ParalegalBot.Statutes;
using ParalegalBot.Tuning.Dataset.Gates;
using ParalegalBot.Tuning.Dataset.Mix;
using ParalegalBot.Tuning.Formats;

namespace ParalegalBot.Tuning.Dataset.Feedback;

/// <summary>
/// Answers that people got, as examples: only those to which the person agreed separately and which a lawyer approved, with the question masked and without any trace of who asked. It
/// stays personal data all the same, so the file belongs where the audit log does, and an answer that was erased gives none. The gates are those of every other pair.
/// </summary>
public sealed class FeedbackExamples(StatuteStore store, AuditLog audit, PassageSearch search, CitationCheck check, LawDirectory laws, QuestionScreen screen)
{
    /// <summary>Writes <c>feedback.jsonl</c>, in the form of train.jsonl.</summary>
    /// <param name="reviews">The lawyers' file.</param>
    /// <param name="folder">Where to.</param>
    /// <param name="asOf">The day whose law is taught.</param>
    /// <param name="cancellationToken">Stops; nothing is written.</param>
    /// <returns>How many were used, and what dropped the others.</returns>
    public async Task<(int Kept, IReadOnlyDictionary<string, int> Dropped)> CollectAsync(string reviews, string folder, DateOnly asOf, CancellationToken cancellationToken)
    {
        // A first search loads the index: how rare words are, which the check goes by, is known only then.
        await search.RankAsync(new SearchRequest("plazo", asOf), 1, _ => false, cancellationToken).ConfigureAwait(false);
        var reader = new ChunkReader(store, asOf);
        var gates = new ExampleGates(check, laws, store, screen, asOf);
        var book = new PassageBook(store, asOf);
        var (lines, dropped) = (new List<string>(), new SortedDictionary<string, int>(StringComparer.Ordinal));
        foreach (var review in ReviewedAnswer.Load(reviews))
        {
            var (line, fault) = await LineAsync(review, reader, gates, book, lines.Count + 1, cancellationToken).ConfigureAwait(false);
            if (line is not null) lines.Add(line);
            else dropped[fault] = dropped.GetValueOrDefault(fault) + 1;
        }
        Directory.CreateDirectory(folder);
        WholeFile.Write(Path.Combine(folder, "feedback.jsonl"), string.Concat(lines));
        return (lines.Count, dropped);
    }

    private async Task<(string? Line, string Fault)> LineAsync(ReviewedAnswer review, ChunkReader reader, ExampleGates gates, PassageBook book, int number, CancellationToken cancellationToken)
    {
        if (review.Consent is null) return (null, "consent");
        if (string.IsNullOrWhiteSpace(review.ApprovedBy)) return (null, "approval");
        if (audit.Show(review.Answer) is not { Erased: false } row) return (null, "erased");
        var claims = review.Claims ?? Shown(row, book);
        if (claims.Count == 0 || claims[0].Evidence.Count == 0 || book.Find(claims[0].Evidence[0].Passage) is not { } source) return (null, "form");
        if (store.Find(source.Law) is not { } law || reader.Read(law).FirstOrDefault(chunk => chunk.Article.Number.Printed == source.Article) is not { } chunk) return (null, "form");
        if (chunk.Split is DatasetSplit.Test) return (null, "held_out");
        var example = new DatasetExample
        {
            Id = $"feedback#{number}", Origin = "feedback", Form = "other", Style = "lay", Law = source.Law, Article = source.Article, Question = PersonalData.Mask(review.Question ?? row.Question!),
            Draft = new Draft { Verdict = DraftVerdict.Answer, Claims = claims }, Passages = [.. chunk.Passages.Select(passage => passage.Id).Take(8)], Split = DatasetSplit.Train,
        };
        if (await gates.FailedAsync(chunk, example, cancellationToken).ConfigureAwait(false) is { } gate) return (null, gate);
        return ExampleLine.Of(example, book) is { } line ? (line, "") : (null, "form");
    }

    /// <summary>The claims of the answer as it was shown, each with the sentences that its quotes hold.</summary>
    private static IReadOnlyList<DraftClaim> Shown(AuditRow row, PassageBook book)
    {
        try
        {
            return [.. (JsonSerializer.Deserialize<AnswerJson>(row.Answer!)?.Claims ?? []).Select(claim => new DraftClaim([.. claim.Citations.Select(citation => Evidence(citation, book)).OfType<DraftEvidence>()], claim.Text))];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static DraftEvidence? Evidence(AnswerJson.CitationJson citation, PassageBook book) =>
        book.Find(citation.Passage) is { } passage && passage.Sentences.Index().Where(sentence => citation.Quote.Contains(sentence.Item, StringComparison.Ordinal)).Select(sentence => sentence.Index + 1).ToList() is { Count: > 0 } numbers
            ? new DraftEvidence(passage.Id, numbers)
            : null;
}
