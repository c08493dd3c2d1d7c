using ParalegalBot.Answering.Figures;
using ParalegalBot.Retrieval;

namespace ParalegalBot.Answering.Checks;

/// <summary>Whether the answer as a whole addresses the question: features for the calibrated confidence, no verdict of its own.</summary>
public static class AddressesQuestion
{
    /// <summary>Beyond these log-odds, about one in a thousand, nothing is surer.</summary>
    private const double Surest = 7;

    /// <summary>The routes whose first places are compared: those that look at the words, the meaning and the written questions.</summary>
    private static readonly string[] Routes = ["lexical", "article", "semantic", "article_semantic", "close_article", "close_passage", "asked_semantic", "asked_lexical"];

    /// <summary>The features of an answer made of these claims.</summary>
    public static IReadOnlyDictionary<string, double> Of(string question, SearchResult found, IReadOnlyList<ClaimVerdict> claims)
    {
        var cited = claims.SelectMany(claim => claim.Citations).Select(citation => (citation.Passage.Law, citation.Passage.Article)).ToHashSet();
        var probability = found.Passages.GroupBy(scored => (scored.Passage.Law, scored.Passage.Article)).Where(article => cited.Contains(article.Key))
            .Sum(article => article.Max(scored => scored.Score));
        var ranked = found.Passages.Where(scored => !scored.Routes.ContainsKey("exact")).ToList();
        var own = ranked.Where(scored => cited.Contains((scored.Passage.Law, scored.Passage.Article))).ToList();
        return new Dictionary<string, double>
        {
            [AnswerFeatures.Articles] = Math.Clamp(Math.Log(probability / Math.Max(1e-9, 1 - probability)), -Surest, Surest),
            [AnswerFeatures.Sufficiency] = found.Sufficiency,
            [AnswerFeatures.Agreement] = ranked.Count == 0 ? 0 : (double)Routes.Count(route => own.Contains(ranked.MaxBy(scored => Score(scored, route))!)) / Routes.Length,
            [AnswerFeatures.Asked] = Best("asked_semantic"),
            [AnswerFeatures.AskedWords] = Best("asked_lexical"),
            [AnswerFeatures.Form] = QuestionForms.Of(question) is var form && form is QuestionForm.Open ? 0.5 : Fits(form, claims) ? 1 : 0,
        };

        double Best(string route) => own.Select(scored => Score(scored, route)).DefaultIfEmpty(0).Max();
    }

    private static double Score(ScoredPassage scored, string route) => scored.Routes.GetValueOrDefault(route);

    private static bool Fits(QuestionForm form, IReadOnlyList<ClaimVerdict> claims) =>
        claims.Any(claim => SpanishNumbers.Find(claim.Text).Any(figure => QuestionForms.Answers(form, figure)));
}
