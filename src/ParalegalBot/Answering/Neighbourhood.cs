using ParalegalBot.Retrieval;
using ParalegalBot.Statutes;

namespace ParalegalBot.Answering;

/// <summary>Puts the other passages of the first articles beside those that stop 4 ranked: the sentence that answers often stands one paragraph further on.</summary>
internal sealed class Neighbourhood(StatuteStore store)
{
    private const int Articles = 3, LongestArticle = 40;

    /// <summary>A neighbour's score as a share of its article's best passage.</summary>
    private const double Share = 0.85;

    /// <summary>The ranked passages, and after each of the first articles' best passages the rest of its article.</summary>
    public SearchResult Widen(SearchResult found, DateOnly asOf)
    {
        var known = found.Passages.Select(scored => scored.Passage.Id).ToHashSet(StringComparer.Ordinal);
        var passages = new List<ScoredPassage>();
        var seen = new HashSet<(string, string)>();
        foreach (var scored in found.Passages)
        {
            passages.Add(scored);
            if (seen.Count >= Articles || !seen.Add((scored.Passage.Law, scored.Passage.Article))) continue;
            if (store.Article(scored.Passage.Law, scored.Passage.Article, asOf) is not { Passages: { Count: <= LongestArticle } all }) continue;
            passages.AddRange(all.Where(passage => known.Add(passage.Id) && passage.Validity.InForceOn(asOf) != false)
                .Select(passage => scored with { Passage = passage, Score = scored.Score * Share, Routes = Unnamed(scored.Routes) }));
        }
        return found with { Passages = passages };
    }

    /// <summary>Whoever names a fracción has not named the rest of its article.</summary>
    private static Dictionary<string, double> Unnamed(IReadOnlyDictionary<string, double> routes) => routes.Where(route => route.Key != "exact").ToDictionary();
}
