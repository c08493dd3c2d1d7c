using ParalegalBot.Retrieval;

namespace ParalegalBot.Answering.Checks;

/// <summary>
/// How much of a claim its cited sentences say: the share of the claim's content words, weighted by how rare each is in the store,
/// that stand in the sentences, in the heading of the article's law, or in the question. 1 for a verbatim claim.
/// </summary>
public sealed class SupportScore(Func<string, double> idf)
{
    /// <summary>0 to 1, with the words that nothing supports, the rarest first.</summary>
    public (double Score, IReadOnlyList<string> Unsupported) Of(ClaimUnderCheck claim)
    {
        var terms = claim.ClaimClauses.Stems;
        if (terms.Count == 0) return (0, []);
        var known = claim.EvidenceClauses.Stems;
        var asked = SpanishAnalysis.Terms(claim.Question).ToHashSet();
        double total = 0, supported = 0;
        var unsupported = new List<(string Term, double Weight)>();
        foreach (var term in terms)
        {
            var weight = idf(term);
            total += weight;
            if (known.Contains(term)) supported += weight;
            else if (asked.Contains(term)) supported += weight / 2; // repeating the question is not yet support
            else unsupported.Add((term, weight));
        }
        return (supported / total, [.. unsupported.OrderByDescending(item => item.Weight).Select(item => item.Term)]);
    }
}
