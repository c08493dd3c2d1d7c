namespace ParalegalBot.Retrieval;

/// <summary>
/// What fusion knows of a candidate. Each feature is brought to the same scale for every question: a BM25 sum is divided by the question's
/// total idf, so that 1 is about "every word occurs once in a text of average length"; cosines stay as they are.
/// </summary>
internal static class CandidateFeatures
{
    /// <summary>How many of the best candidates vote for their law.</summary>
    private const int Voters = 30;

    /// <summary>1 where the question asks for the form and the passage offers it.</summary>
    private static readonly (AskedForm Form, string Name)[] Forms =
        [.. Enum.GetValues<AskedForm>().Where(form => form != AskedForm.None).Select(form => (form, $"form_{form.ToString().ToLowerInvariant()}"))];

    /// <summary>The candidates with their features by name, unscored.</summary>
    public static IEnumerable<Ranked> Of(
        IReadOnlyList<PassageCandidate> candidates, SearchQuery query, HashSet<string> named, AskedScores asked, ArticleWords.Reading reading, Func<string, float> idf)
    {
        var termMass = Math.Max(1e-6, query.Terms.Sum(term => idf(term.Term) * term.Weight));
        var expansionMass = Math.Max(1e-6, query.Expansion.Sum(term => idf(term.Term) * term.Weight));
        var articles = new Dictionary<ArticleAddress, ArticleReading>();
        foreach (var candidate in candidates)
            if (!articles.ContainsKey(candidate.Address)) articles[candidate.Address] = reading.Of(candidate.Address);
        var voters = candidates.OrderByDescending(candidate => candidate.Routes.ArticleSemantic + candidate.Routes.Article / termMass).Take(Voters).ToList();
        var laws = voters.CountBy(candidate => candidate.Law).ToDictionary();
        var chapters = voters.CountBy(candidate => articles[candidate.Address].Chapter).ToDictionary();
        foreach (var candidate in candidates)
        {
            var article = articles[candidate.Address];
            var routes = candidate.Routes;
            var score = asked.Of(candidate.Address);
            var features = new Dictionary<string, double>
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
                ["law_named"] = named.Contains(candidate.Law) ? 1 : 0,
                ["law_votes"] = (double)laws.GetValueOrDefault(candidate.Law) / Voters,
                ["chapter_votes"] = (double)chapters.GetValueOrDefault(article.Chapter) / Voters,
                ["transitory"] = candidate.Transitory ? 1 : 0,
                ["close_article"] = article.Closeness,
                ["close_passage"] = reading.Closeness(candidate.Row),
                ["close_neighbours"] = article.Neighbours,
                ["title_asked"] = article.TitleAsked,
                ["lead_asked"] = article.LeadAsked,
                ["pairs"] = article.Pairs,
                ["length"] = article.Length,
            };
            var offered = reading.Offered(candidate.Row);
            foreach (var (form, name) in Forms) features[name] = (reading.Forms & offered & form) != 0 ? 1 : 0;
            features["penalty_unasked"] = offered.HasFlag(AskedForm.Penalty) && !reading.Forms.HasFlag(AskedForm.Penalty) ? 1 : 0;
            yield return new Ranked(candidate, features, 0);
        }
    }
}
