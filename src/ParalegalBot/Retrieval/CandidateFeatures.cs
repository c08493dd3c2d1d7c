namespace ParalegalBot.Retrieval;

/// <summary>
/// What fusion knows of a candidate. Each is brought to the same scale for every question: a BM25 sum is divided by the question's
/// total idf, so that 1 is about "every word occurs once in a text of average length".
/// </summary>
public static class CandidateFeatures
{
    /// <summary>The features by name.</summary>
    public static IEnumerable<KeyValuePair<string, double>> Of(PassageCandidate candidate, SearchQuery query, double termMass, double expansionMass)
    {
        var routes = candidate.Routes;
        yield return new("lexical", routes.Lexical / termMass);
        yield return new("article", routes.Article / termMass);
        yield return new("vocabulary", routes.Vocabulary / expansionMass);
        yield return new("article_vocabulary", routes.ArticleVocabulary / expansionMass);
        yield return new("hierarchy", routes.Hierarchy / (termMass + expansionMass));
        yield return new("law_hint", query.LawHints.GetValueOrDefault(candidate.Law) > 0 ? 1 : 0);
        yield return new("transitory", candidate.Transitory ? 1 : 0);
    }
}
