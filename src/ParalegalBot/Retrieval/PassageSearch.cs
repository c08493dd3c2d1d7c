using ParalegalBot.Statutes;

namespace ParalegalBot.Retrieval;

/// <summary>Stop 4: exact references first, then hybrid search among what is in force on the date, fused and reranked once for every index.</summary>
public sealed class PassageSearch
{
    /// <summary>Finds what could answer the text.</summary>
    public ValueTask<SearchResult> SearchAsync(SearchRequest request, CancellationToken cancellationToken = default) =>
        throw new NotImplementedException(request.Text);
}

/// <summary>What to search for.</summary>
/// <param name="Text">The question, already resolved against the conversation where that was needed.</param>
/// <param name="AsOf">The date on which the law is asked for.</param>
/// <param name="Top">How many passages at most.</param>
/// <param name="Laws">Only these laws; null means all.</param>
public sealed record SearchRequest(string Text, DateOnly AsOf, int Top = 20, IReadOnlySet<string>? Laws = null);

/// <summary>What stop 4 knows.</summary>
public sealed record SearchResult
{
    /// <summary>Passages, best first.</summary>
    public required IReadOnlyList<ScoredPassage> Passages { get; init; }

    /// <summary>Explicit references in the text and what became of each.</summary>
    public required IReadOnlyList<ResolvedReference> References { get; init; }

    /// <summary>Calibrated probability, 0 to 1, that the passages can answer the question.</summary>
    public required double Sufficiency { get; init; }
}

/// <summary>A passage with its fused score and each route's own.</summary>
public sealed record ScoredPassage(Passage Passage, double Score, IReadOnlyDictionary<string, double> Routes);
