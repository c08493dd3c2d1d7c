using ParalegalBot.Answering;
using ParalegalBot.Inference.StaticEmbeddings;

namespace ParalegalBot.Tuning.Dataset.Teachers;

/// <summary>
/// Needs no model: reads the forms of Spanish statutes (<see cref="RuleForms"/>) off an article's sentences, asks what each of them answers, and says the sentence in other
/// words (<see cref="Restatement"/>). It knows no law; what it gets wrong the gates drop.
/// </summary>
internal sealed class RuleTeacher(LayWording lay, int pairsPerArticle) : ITeacher
{
    public string Origin => "rules";

    public Task<IReadOnlyList<TaughtQuestion>> AskAsync(Chunk chunk, CancellationToken cancellationToken)
    {
        // An article with a hundred fracciones is asked for the first of each form, then for the next of each.
        var asked = chunk.Passages.SelectMany(passage => RuleForms.Read(chunk, passage))
            .GroupBy(found => found.Form).SelectMany(form => form.Select((found, place) => (found, place)))
            .OrderBy(item => item.place).Select(item => item.found).DistinctBy(found => found.Question)
            .Take(pairsPerArticle)
            .Select((found, place) => Style(chunk, place) == "lay"
                ? new TaughtQuestion(lay.Of(found), found.Form, "lay", found.Evidence)
                : new TaughtQuestion(found.Question, found.Form, "formal", found.Evidence));
        return Task.FromResult<IReadOnlyList<TaughtQuestion>>([.. asked]);
    }

    public Task<Draft?> AnswerAsync(Chunk chunk, TaughtQuestion question, CancellationToken cancellationToken)
    {
        var claims = question.Evidence.Select(evidence => Claim(chunk, question, evidence)).OfType<DraftClaim>().ToList();
        return Task.FromResult(claims.Count == 0 ? null : new Draft { Verdict = DraftVerdict.Answer, Claims = claims });
    }

    /// <summary>Two of three are lay, as in what people ask.</summary>
    private static string Style(Chunk chunk, int place) => (Fnv1a.Of(chunk.Key) + place) % 3 == 0 ? "formal" : "lay";

    private static DraftClaim? Claim(Chunk chunk, TaughtQuestion question, DraftEvidence evidence)
    {
        var passage = chunk.Passages.FirstOrDefault(passage => passage.Id == evidence.Passage);
        return passage is null ? null : Restatement.Of(chunk, passage, evidence.Sentences, question.Form) is { } text ? new DraftClaim([evidence], text) : null;
    }
}
