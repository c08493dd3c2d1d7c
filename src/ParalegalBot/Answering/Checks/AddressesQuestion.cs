using ParalegalBot.Answering.Figures;
using ParalegalBot.Retrieval;

namespace ParalegalBot.Answering.Checks;

/// <summary>Whether the answer as a whole addresses the question: features for the calibrated confidence, no verdict of its own.</summary>
public static class AddressesQuestion
{
    /// <summary>Beyond these log-odds, about one in a thousand, nothing is surer.</summary>
    private const double Surest = 7;

    /// <summary>Where <see cref="AnswerFeatures.AskedAlike"/> begins.</summary>
    private const double Alike = .6;

    /// <summary>The routes whose first places are compared: those that look at the words, the meaning and the written questions.</summary>
    private static readonly string[] Routes = ["lexical", "article", "semantic", "article_semantic", "close_article", "close_passage", "asked_semantic", "asked_lexical"];

    /// <summary>An article is as good as the first from this share of its probability on: both belong into the answer.</summary>
    private const double NearlyAsProbable = 1.0 / 3;

    /// <summary>
    /// After how many of the proved claims an answer may end: before each claim that cites an article not cited yet, unless that one is nearly as probable as the first, and after the last.
    /// </summary>
    public static IEnumerable<int> Cuts(SearchResult found, IReadOnlyList<ClaimVerdict> claims)
    {
        var probability = Probabilities(found);
        var cited = new HashSet<(string, string)>();
        for (var i = 0; i < claims.Count; i++)
        {
            var further = Articles(claims[i]).Where(article => !cited.Contains(article)).ToList();
            if (i > 0 && further.Count > 0 && further.Max(article => probability.GetValueOrDefault(article)) < NearlyAsProbable * cited.Max(article => probability.GetValueOrDefault(article))) yield return i;
            cited.UnionWith(further);
        }
        if (claims.Count > 0) yield return claims.Count;
    }

    /// <summary>The features of an answer made of these claims.</summary>
    public static IReadOnlyDictionary<string, double> Of(string question, SearchResult found, IReadOnlyList<ClaimVerdict> claims)
    {
        var cited = claims.SelectMany(Articles).ToHashSet();
        var probability = Probabilities(found);
        var ranked = found.Passages.Where(scored => !scored.Routes.ContainsKey("exact")).ToList();
        var own = ranked.Where(scored => cited.Contains((scored.Passage.Law, scored.Passage.Article))).ToList();
        var asked = Best("asked_semantic");
        return new Dictionary<string, double>
        {
            [AnswerFeatures.Articles] = LogOdds(cited.Sum(article => probability.GetValueOrDefault(article))),
            [AnswerFeatures.Sufficiency] = found.Sufficiency,
            [AnswerFeatures.Agreement] = ranked.Count == 0 ? 0 : (double)Routes.Count(route => own.Contains(ranked.MaxBy(scored => Score(scored, route))!)) / Routes.Length,
            [AnswerFeatures.Asked] = asked,
            [AnswerFeatures.AskedWords] = Best("asked_lexical"),
            [AnswerFeatures.AskedAlike] = Math.Max(0, asked - Alike) / (1 - Alike),
            [AnswerFeatures.First] = LogOdds(probability.Values.DefaultIfEmpty(0).Max()),
            [AnswerFeatures.Spread] = -probability.Values.Where(share => share > 0).Sum(share => share * Math.Log(share)),
            [AnswerFeatures.Close] = Best("close_article"),
            [AnswerFeatures.Words] = Math.Log(1 + SpanishAnalysis.Terms(question).Count),
            [AnswerFeatures.Cited] = cited.Count,
            [AnswerFeatures.Form] = QuestionForms.Of(question) is var form && form is QuestionForm.Open ? 0.5 : Fits(form, claims) ? 1 : 0,
        };

        double Best(string route) => own.Select(scored => Score(scored, route)).DefaultIfEmpty(0).Max();
    }

    private static IEnumerable<(string Law, string Article)> Articles(ClaimVerdict claim) => claim.Citations.Select(citation => (citation.Passage.Law, citation.Passage.Article));

    /// <summary>The fused scores are probabilities over articles.</summary>
    private static Dictionary<(string Law, string Article), double> Probabilities(SearchResult found) =>
        found.Passages.GroupBy(scored => (scored.Passage.Law, scored.Passage.Article)).ToDictionary(article => article.Key, article => article.Max(scored => scored.Score));

    private static double LogOdds(double probability) => Math.Clamp(Math.Log(Math.Max(1e-9, probability) / Math.Max(1e-9, 1 - probability)), -Surest, Surest);

    private static double Score(ScoredPassage scored, string route) => scored.Routes.GetValueOrDefault(route);

    private static bool Fits(QuestionForm form, IReadOnlyList<ClaimVerdict> claims) =>
        claims.Any(claim => QuestionForms.Denies(claim.Text) || SpanishNumbers.Find(claim.Text).Any(figure => QuestionForms.Answers(form, figure)));
}
