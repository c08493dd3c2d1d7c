using ParalegalBot.Answering.Figures;
using ParalegalBot.Retrieval;

namespace ParalegalBot.Answering.Checks;

/// <summary>Whether the answer as a whole addresses the question: features for the calibrated confidence, no verdict of its own.</summary>
public static class AddressesQuestion
{
    /// <summary>Beyond these log-odds, about one in a thousand, nothing is surer.</summary>
    private const double Surest = 7;

    /// <summary>The features of an answer made of these claims.</summary>
    public static IReadOnlyDictionary<string, double> Of(string question, SearchResult found, IReadOnlyList<ClaimVerdict> claims)
    {
        var cited = claims.SelectMany(claim => claim.Citations).Select(citation => (citation.Passage.Law, citation.Passage.Article)).ToHashSet();
        var probability = found.Passages.GroupBy(scored => (scored.Passage.Law, scored.Passage.Article)).Where(article => cited.Contains(article.Key))
            .Sum(article => article.Max(scored => scored.Score));
        return new Dictionary<string, double>
        {
            [AnswerFeatures.Articles] = Math.Clamp(Math.Log(probability / Math.Max(1e-9, 1 - probability)), -Surest, Surest),
            [AnswerFeatures.Sufficiency] = found.Sufficiency,
            [AnswerFeatures.Form] = QuestionForms.Of(question) is var form && form is QuestionForm.Open ? 0.5 : Fits(form, claims) ? 1 : 0,
        };
    }

    private static bool Fits(QuestionForm form, IReadOnlyList<ClaimVerdict> claims) =>
        claims.Any(claim => SpanishNumbers.Find(claim.Text).Any(figure => QuestionForms.Answers(form, figure)));
}
