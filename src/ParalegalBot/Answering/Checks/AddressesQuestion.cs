using ParalegalBot.Answering.Figures;
using ParalegalBot.Retrieval;
using ParalegalBot.Statutes;

namespace ParalegalBot.Answering.Checks;

/// <summary>Whether the answer as a whole addresses the question: features for the calibrated confidence, no verdict of its own.</summary>
public sealed class AddressesQuestion(Func<string, double> idf, Vocabulary vocabulary, Func<Passage, string> headingsOf)
{
    /// <summary>The features of an answer made of these claims.</summary>
    public IReadOnlyDictionary<string, double> Of(string question, SearchResult found, IReadOnlyList<ClaimVerdict> claims)
    {
        var query = SearchQuery.Read(question, vocabulary);
        var said = claims.SelectMany(claim => SpanishAnalysis.Terms(claim.Text))
            .Concat(claims.SelectMany(claim => claim.Citations).SelectMany(citation => SpanishAnalysis.Terms(citation.Quote + " " + headingsOf(citation.Passage)))).ToHashSet();
        var own = query.Terms.Select(term => (term.Term, Weight: idf(term.Term))).ToList();
        var legal = query.Expansion.Select(term => (term.Term, Weight: idf(term.Term) * term.Weight)).ToList();
        var coverage = Share(own, said);
        var cited = claims.SelectMany(claim => claim.Citations).Select(citation => (citation.Passage.Law, citation.Passage.Article)).ToHashSet();
        var ranked = found.Passages.Where(scored => !scored.Routes.ContainsKey("exact")).ToList();
        var articles = ranked.Select(scored => (scored.Passage.Law, scored.Passage.Article)).Distinct().ToList();
        var first = articles.FindIndex(cited.Contains);
        var best = ranked.FirstOrDefault(scored => cited.Contains((scored.Passage.Law, scored.Passage.Article)))?.Score ?? 0;
        var other = ranked.FirstOrDefault(scored => !cited.Contains((scored.Passage.Law, scored.Passage.Article)))?.Score ?? 0;
        return new Dictionary<string, double>
        {
            [AnswerFeatures.Sufficiency] = found.Sufficiency,
            [AnswerFeatures.Coverage] = coverage,
            [AnswerFeatures.LegalCoverage] = legal.Count > 0 ? Share(legal, said) : coverage,
            [AnswerFeatures.Rarest] = own.Count > 0 && said.Contains(own.MaxBy(term => term.Weight).Term) ? 1 : 0,
            [AnswerFeatures.Margin] = best <= 0 ? 0 : Math.Clamp((best - other) / best, -1, 1),
            [AnswerFeatures.Form] = QuestionForms.Of(question) is var form && form is QuestionForm.Open ? 0.5 : Fits(form, claims) ? 1 : 0,
            [AnswerFeatures.Rank] = first < 0 ? 0 : 1.0 / (first + 1),
            [AnswerFeatures.Named] = found.Passages.Any(scored => scored.Routes.ContainsKey("exact") && cited.Contains((scored.Passage.Law, scored.Passage.Article))) ? 1 : 0,
            [AnswerFeatures.Support] = claims.Count == 0 ? 0 : claims.Min(claim => claim.Support),
            [AnswerFeatures.Score] = best,
        };
    }

    private static double Share(IReadOnlyList<(string Term, double Weight)> terms, HashSet<string> said)
    {
        var total = terms.Sum(term => term.Weight);
        return total <= 0 ? 0 : terms.Where(term => said.Contains(term.Term)).Sum(term => term.Weight) / total;
    }

    private static bool Fits(QuestionForm form, IReadOnlyList<ClaimVerdict> claims) =>
        claims.Any(claim => SpanishNumbers.Find(claim.Text).Any(figure => QuestionForms.Answers(form, figure)));
}
