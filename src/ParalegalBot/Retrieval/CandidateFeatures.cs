namespace ParalegalBot.Retrieval;

/// <summary>
/// What fusion knows of a candidate. Each feature is brought to the same scale for every question: a BM25 sum is divided by the question's
/// total idf, so that 1 is about "every word occurs once in a text of average length"; cosines stay as they are.
/// </summary>
internal static class CandidateFeatures
{
    /// <summary>How many of the best candidates vote for their law.</summary>
    private const int Voters = 30;

    /// <summary>The candidates with their features by name, unscored.</summary>
    public static IEnumerable<Ranked> Of(
        IReadOnlyList<PassageCandidate> candidates, SearchQuery query, AskedScores asked, Func<string, float> idf)
    {
        var termMass = Math.Max(1e-6, query.Terms.Sum(term => idf(term.Term) * term.Weight));
        var expansionMass = Math.Max(1e-6, query.Expansion.Sum(term => idf(term.Term) * term.Weight));
        var votes = candidates
            .OrderByDescending(candidate => candidate.Routes.ArticleSemantic + candidate.Routes.Article / termMass).Take(Voters)
            .GroupBy(candidate => candidate.Law).ToDictionary(group => group.Key, group => (double)group.Count() / Voters);
        foreach (var candidate in candidates)
        {
            var routes = candidate.Routes;
            var score = asked.Of(candidate.Address);
            yield return new Ranked(candidate, new Dictionary<string, double>
            {
                ["lexical"] = routes.Lexical / termMass,
                ["article"] = routes.Article / termMass,
                ["vocabulary"] = routes.Vocabulary / expansionMass,
                ["article_vocabulary"] = routes.ArticleVocabulary / expansionMass,
                ["hierarchy"] = routes.Hierarchy / (termMass + expansionMass),
                ["semantic"] = routes.Semantic,
                ["article_semantic"] = routes.ArticleSemantic,
                ["asked_lexical"] = score?.Lexical ?? 0,
                ["asked_semantic"] = score?.Semantic ?? 0,
                // Most articles of most laws have no written question: that must not count against them.
                ["asked_never"] = score is null ? 1 : 0,
                ["law_hint"] = query.LawHints.GetValueOrDefault(candidate.Law) > 0 ? 1 : 0,
                ["law_votes"] = votes.GetValueOrDefault(candidate.Law),
                ["transitory"] = candidate.Transitory ? 1 : 0,
            }, 0);
        }
    }
}
