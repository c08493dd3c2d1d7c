using System.Globalization;
using ParalegalBot.Answering;
using ParalegalBot.Answering.Checks;
using ParalegalBot.Answering.Figures;
using ParalegalBot.Retrieval;
using ParalegalBot.Statutes;

namespace ParalegalBot.Inference.Extractive;

/// <summary>
/// Chooses the sentences that answer, from the first three articles of stop 4 in their order: stop 7 ends the answer where it is sure enough. In an article, the words of the question and of the vocabulary weighted by rarity, the form that the question asks for, and the
/// passage's own rank decide. A short article is given whole.
/// </summary>
public sealed class SentenceChoice(Func<string, double> idf, Vocabulary vocabulary)
{
    private const int MostArticles = 3, MostClaims = 5, MostInArticle = 3, MostSentences = 3, LongestParagraph = 700, ShortArticle = 600;

    /// <summary>A further passage of an article is added from this share of the best one's score on.</summary>
    private const double NearInArticle = 0.8;

    /// <summary>Ids in the order of the text: <c>p2</c> before <c>p10</c>.</summary>
    private static readonly StringComparer TextOrder = StringComparer.Create(CultureInfo.InvariantCulture, CompareOptions.NumericOrdering);

    /// <summary>The claims, best first; empty where nothing was retrieved.</summary>
    public IReadOnlyList<DraftClaim> Choose(Grounding grounding)
    {
        var query = SearchQuery.Read(grounding.Question, vocabulary);
        var form = QuestionForms.Of(grounding.Question);
        var named = grounding.Passages.Where(scored => scored.Routes.ContainsKey("exact")).Select(scored => scored.Passage.Id).ToHashSet();
        var articles = grounding.Passages
            .Where(scored => !scored.Passage.Introductory && (named.Count == 0 || named.Contains(scored.Passage.Id)))
            .GroupBy(scored => (scored.Passage.Law, scored.Passage.Article)).Select(article => article.ToList())
            .OrderByDescending(article => article.Max(scored => scored.Score)).ToList();
        if (articles.Count == 0) return [];

        var most = named.Count > 0 && Whole(grounding.Question, form) ? MostInArticle : 2;
        return [.. articles.Take(MostArticles)
            .SelectMany((article, place) => Passages(article, query, form, place == 0 ? most : 1))
            .Take(MostClaims)
            .Select(passage => Claim(passage, query, form))];
    }

    private List<Passage> Passages(List<ScoredPassage> article, SearchQuery query, QuestionForm form, int most)
    {
        if (article.Count <= MostInArticle && article.Sum(scored => scored.Passage.Text.Length) <= ShortArticle) return [.. article.Select(scored => scored.Passage).OrderBy(passage => passage.Id, TextOrder)];
        var top = Math.Max(1e-9, article.Max(scored => scored.Score));
        var candidates = article.Select(scored => Read(scored, query, form, scored.Score / top)).OrderByDescending(candidate => candidate.Score).ToList();
        return [.. candidates.Where(candidate => candidate.Score >= candidates[0].Score * NearInArticle).Take(most).Select(candidate => candidate.Passage)];
    }

    /// <summary>A question that only names an article asks for its text in order.</summary>
    private bool Whole(string question, QuestionForm form) => form is QuestionForm.Open && SpanishAnalysis.Terms(question).Count <= 6;

    private Candidate Read(ScoredPassage scored, SearchQuery query, QuestionForm form, double rank)
    {
        var terms = SpanishAnalysis.Terms(string.Join(' ', scored.Passage.Sentences)).ToHashSet();
        var own = Share(query.Terms, terms);
        var legal = query.Expansion.Count > 0 ? Share(query.Expansion, terms) : own;
        var fits = form switch
        {
            QuestionForm.Open => 0.0,
            QuestionForm.Definition => Defines(scored.Passage.Text) ? 1 : 0,
            _ => SpanishNumbers.Find(scored.Passage.Text).Any(figure => QuestionForms.Answers(form, figure)) ? 1 : 0,
        };
        return new Candidate(scored.Passage, rank + own + (0.5 * legal) + (0.4 * fits));
    }

    /// <summary>The whole unit where it is short, else the best run of sentences; a fracción keeps the words that introduce it.</summary>
    private DraftClaim Claim(Passage passage, SearchQuery query, QuestionForm form)
    {
        var sentences = passage.Sentences;
        var introduction = SentenceSplitter.Split(passage.Introduction).Count;
        var body = Enumerable.Range(introduction + 1, sentences.Count - introduction).ToList();
        if (body.Count > MostSentences || body.Sum(number => sentences[number - 1].Length) > LongestParagraph)
        {
            var best = body.MaxBy(number => Weight(sentences[number - 1], query, form));
            body = [.. body.Where(number => number == best || (number == best + 1 && sentences[best - 1].Length < 300))];
        }
        List<int> numbers = [.. Enumerable.Range(1, introduction).TakeLast(1), .. body];
        return new DraftClaim([new DraftEvidence(passage.Id, numbers)], string.Join(' ', numbers.Select(number => sentences[number - 1])));
    }

    private double Weight(string sentence, SearchQuery query, QuestionForm form)
    {
        var terms = SpanishAnalysis.Terms(sentence).ToHashSet();
        return Share(query.Terms, terms) + (0.5 * Share(query.Expansion, terms))
            + (SpanishNumbers.Find(sentence).Any(figure => QuestionForms.Answers(form, figure)) ? 0.3 : 0);
    }

    private double Share(IReadOnlyList<WeightedTerm> wanted, HashSet<string> terms)
    {
        var total = wanted.Sum(term => idf(term.Term) * term.Weight);
        return total <= 0 ? 0 : wanted.Where(term => terms.Contains(term.Term)).Sum(term => idf(term.Term) * term.Weight) / total;
    }

    private static bool Defines(string text) =>
        ((string[])[" es ", " se entiende ", " son ", " se considera ", " consiste ", "entiende por", " se denomina ", " hay "]).Any(word => text[..Math.Min(text.Length, 200)].Contains(word, StringComparison.OrdinalIgnoreCase));

    private sealed record Candidate(Passage Passage, double Score);
}
