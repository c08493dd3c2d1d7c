namespace ParalegalBot.Retrieval;

/// <summary>
/// Where passages are searched. An index returns candidates with each route's own score; fusing and reranking happen in
/// <see cref="PassageSearch"/>, once, for every index. Every implementation passes the conformance suite of the tests.
/// </summary>
public interface IPassageIndex
{
    /// <summary>Candidates in force on the query's date, in no particular order.</summary>
    ValueTask<IReadOnlyList<PassageCandidate>> SearchAsync(PassageQuery query, CancellationToken cancellationToken = default);

    /// <summary>Inverse document frequency of a term over whole articles; that of an unseen term where the index lacks it or is not loaded.</summary>
    float Idf(string term);
}

/// <summary>What an index is asked.</summary>
public sealed record PassageQuery
{
    /// <summary>Terms of the person's own words.</summary>
    public required IReadOnlyList<WeightedTerm> Terms { get; init; }

    /// <summary>Terms that the vocabulary adds: the statute's words for what the person said.</summary>
    public IReadOnlyList<WeightedTerm> Expansion { get; init; } = [];

    /// <summary>The question as a unit vector; empty where no encoder is configured.</summary>
    public ReadOnlyMemory<float> Vector { get; init; }

    /// <summary>Articles that must be among the candidates, because a route outside the index names them.</summary>
    public IReadOnlyCollection<ArticleAddress> Include { get; init; } = [];

    /// <summary>Only text in force on this date, or of which that is unknown.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>Only these laws; null means all.</summary>
    public IReadOnlySet<string>? Laws { get; init; }

    /// <summary>How many candidates each route brings.</summary>
    public int Limit { get; init; } = 200;
}

/// <summary>A candidate with the raw score of each route; 0 where a route did not see it.</summary>
/// <param name="Row">Row of the passage in the store.</param>
/// <param name="Law">Abbreviation of its law.</param>
/// <param name="ArticleKey">Key of its article.</param>
/// <param name="Transitory">Whether that article is a transitorio.</param>
/// <param name="Routes">Raw score of each route.</param>
public sealed record PassageCandidate(long Row, string Law, string ArticleKey, bool Transitory, RouteScores Routes)
{
    /// <summary>Its article.</summary>
    public ArticleAddress Address => new(Law, ArticleKey);
}

/// <summary>Raw scores of the routes of an index.</summary>
public readonly record struct RouteScores
{
    /// <summary>BM25 of the person's words against the passage (text, introduction, headings).</summary>
    public float Lexical { get; init; }

    /// <summary>BM25 of the vocabulary's words against the passage.</summary>
    public float Vocabulary { get; init; }

    /// <summary>BM25 of the person's words against the whole article.</summary>
    public float Article { get; init; }

    /// <summary>BM25 of the vocabulary's words against the whole article.</summary>
    public float ArticleVocabulary { get; init; }

    /// <summary>BM25 of all words against the headings above the article and the law's title.</summary>
    public float Hierarchy { get; init; }

    /// <summary>Cosine of question and passage vectors.</summary>
    public float Semantic { get; init; }

    /// <summary>The highest such cosine in the article.</summary>
    public float ArticleSemantic { get; init; }
}
