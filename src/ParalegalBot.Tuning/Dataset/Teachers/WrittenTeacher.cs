using System.Collections.Frozen;
using System.Text.RegularExpressions;
using ParalegalBot.Answering;
using ParalegalBot.Answering.Checks;
using ParalegalBot.Inference.Extractive;
using ParalegalBot.Retrieval;
using ParalegalBot.Statutes;

namespace ParalegalBot.Tuning.Dataset.Teachers;

/// <summary>
/// The questions that people wrote for this project while reading the articles (manifests/training), with the drafts that they wrote to them. Where there is no draft, which sentence answers
/// is chosen as the extractive engine chooses it, in the article that the question was written for; how it is said, by rule.
/// </summary>
internal sealed partial class WrittenTeacher(
    IReadOnlyList<WrittenQuestion> questions, IReadOnlyList<WrittenDraft> drafts, SentenceChoice choice, Func<Chunk, string, Draft, CancellationToken, ValueTask<bool>> proves) : ITeacher
{
    private readonly FrozenDictionary<(string, string, string), WrittenDraft> written = drafts.DistinctBy(draft => draft.Key).ToFrozenDictionary(draft => draft.Key);

    private readonly FrozenDictionary<(string, string), WrittenQuestion[]> byArticle =
        questions.GroupBy(question => (question.Law, question.ArticleKey)).ToFrozenDictionary(group => group.Key, group => group.ToArray());

    public string Origin => "written";

    public Task<IReadOnlyList<TaughtQuestion>> AskAsync(Chunk chunk, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<TaughtQuestion>>(
        byArticle.TryGetValue((chunk.Law.Abbreviation, chunk.Article.Number.Key), out var own)
            ? [.. own.Select(question => new TaughtQuestion(question.Text, question.Kind, question.Style, Evidence(chunk, question)))]
            : []);

    /// <summary>The written draft; else the first wording of each claim that is proved, the last where none is, for the gates to count.</summary>
    public async Task<Draft?> AnswerAsync(Chunk chunk, TaughtQuestion question, CancellationToken cancellationToken)
    {
        if (written.TryGetValue((chunk.Law.Abbreviation, chunk.Article.Number.Key, question.Text), out var known)) return new Draft { Verdict = DraftVerdict.Answer, Claims = known.Claims };
        var claims = new List<DraftClaim>();
        foreach (var evidence in question.Evidence)
        {
            var passage = chunk.Passages.First(passage => passage.Id == evidence.Passage);
            var wordings = Restatement.All(chunk, passage, evidence.Sentences, question.Form).Select(text => new DraftClaim([evidence], text)).ToList();
            if (wordings.Count == 0) continue;
            var place = 0;
            while (place < wordings.Count - 1 && !await proves(chunk, question.Text, new Draft { Verdict = DraftVerdict.Answer, Claims = [wordings[place]] }, cancellationToken).ConfigureAwait(false)) place++;
            claims.Add(wordings[place]);
        }
        return claims.Count == 0 ? null : new Draft { Verdict = DraftVerdict.Answer, Claims = claims };
    }

    /// <summary>A fracción with the last sentence that introduces it.</summary>
    private static DraftEvidence Item(Passage passage) => new(passage.Id, [SentenceSplitter.Split(passage.Introduction).Count, SentenceSplitter.Split(passage.Introduction).Count + 1]);

    /// <summary>One item of a list is no answer to who asks for the list.</summary>
    [GeneratedRegex(@"\b(?:cu[aá]les|qu[eé] (?:requisitos|datos|documentos|papeles|casos|causas|d[ií]as|obligaciones|derechos|facultades|elementos|medidas|sanciones))\b", RegexOptions.IgnoreCase)]
    private static partial Regex AsksForAll();

    private IReadOnlyList<DraftEvidence> Evidence(Chunk chunk, WrittenQuestion question)
    {
        var passages = chunk.Passages.Where(passage => question.Unit is null || passage.Unit == question.Unit).ToList();
        if (passages.Count == 0) passages = [.. chunk.Passages];
        if (AsksForAll().IsMatch(question.Text) && passages.Where(passage => passage.Introduction is not null).ToList() is { Count: > 1 } list) return list.Count > CitationCheck.MostClaims ? [] : [.. list.Select(Item)];
        var wanted = QuestionForms.Of(question.Text) is QuestionForm.Open ? 1 : 2;
        return [.. choice.Choose(new Grounding(question.Text, [.. passages.Select(passage => new ScoredPassage(passage, 1, FrozenDictionary<string, double>.Empty))])).Take(wanted).SelectMany(claim => claim.Evidence)];
    }
}
