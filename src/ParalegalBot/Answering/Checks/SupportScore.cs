using ParalegalBot.Retrieval;
using ParalegalBot.Statutes;

namespace ParalegalBot.Answering.Checks;

/// <summary>
/// How much of a claim its cited sentences say: the share of the claim's content words, weighted by how rare each is in the store,
/// that stand in the sentences, in the title of their law, or in the question. 1 for a verbatim claim. Words that only say who says it
/// (<c>el artículo 7 dispone que</c>) count neither way.
/// </summary>
public sealed class SupportScore(Func<string, double> idf, Func<string, Statute?> findLaw)
{
    private static readonly HashSet<string> Frame =
        [.. SpanishAnalysis.Terms("artículo fracción párrafo inciso apartado ley código constitución reglamento dispone establece señala prevé dice indica marca ordena acuerdo conforme términos según sobre bis ter")];

    /// <summary>0 to 1, with the words that nothing supports, the rarest first.</summary>
    public (double Score, IReadOnlyList<string> Unsupported) Of(ClaimUnderCheck claim)
    {
        var terms = claim.ClaimClauses.Stems;
        if (terms.Count == 0) return (0, []);
        var known = claim.EvidenceClauses.Stems;
        var titles = claim.Evidence.SelectMany(citation => SpanishAnalysis.Terms(findLaw(citation.Passage.Law)?.Title ?? "")).ToHashSet();
        var asked = SpanishAnalysis.Terms(claim.Question).ToHashSet();
        double total = 0, supported = 0;
        var unsupported = new List<(string Term, double Weight)>();
        foreach (var term in terms)
        {
            if (Frame.Contains(term) && !known.Contains(term)) continue;
            var weight = idf(term);
            total += weight;
            if (known.Contains(term) || titles.Contains(term)) supported += weight;
            else if (asked.Contains(term)) supported += weight / 2; // repeating the question is not yet support
            else unsupported.Add((term, weight));
        }
        return (total > 0 ? supported / total : 0, [.. unsupported.OrderByDescending(item => item.Weight).Select(item => item.Term)]);
    }
}
