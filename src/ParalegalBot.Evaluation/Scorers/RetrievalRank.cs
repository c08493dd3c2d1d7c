namespace ParalegalBot.Evaluation.Scorers;

/// <summary>How stop 4 ranked the gold articles, at article level.</summary>
public static class RetrievalRank
{
    /// <summary>Largest share of an acceptable set among the first <paramref name="k"/> articles; null without gold.</summary>
    public static double? Recall(CaseRow result, int k)
    {
        var ranked = Ranked(result).Take(k).ToHashSet();
        return result.Case.GoldSets.Select(set => (double?)set.Count(gold => ranked.Contains(gold.Key)) / set.Count).Max();
    }

    /// <summary>Reciprocal rank of the first gold article among ten; null without gold.</summary>
    public static double? ReciprocalRank(CaseRow result)
    {
        var accepted = result.Case.GoldSets.SelectMany(set => set).Select(gold => gold.Key).ToHashSet();
        if (accepted.Count == 0) return null;
        var place = Ranked(result).Take(10).ToList().FindIndex(accepted.Contains);
        return place < 0 ? 0 : 1.0 / (place + 1);
    }

    /// <summary>nDCG over the first ten articles with binary gain; null without gold.</summary>
    public static double? Ndcg(CaseRow result)
    {
        var ranked = Ranked(result).Take(10).ToList();
        return result.Case.GoldSets.Select(set =>
        {
            var wanted = set.Select(gold => gold.Key).ToHashSet();
            var gain = ranked.Select((key, place) => wanted.Contains(key) ? 1 / Math.Log2(place + 2) : 0).Sum();
            return (double?)gain / Enumerable.Range(0, Math.Min(10, wanted.Count)).Sum(place => 1 / Math.Log2(place + 2));
        }).Max();
    }

    /// <summary>1 where the first article is of the law of a gold article, 0 where not; null without gold.</summary>
    public static double? RightLaw(CaseRow result)
    {
        var laws = result.Case.GoldSets.SelectMany(set => set).Select(gold => gold.Law.ToUpperInvariant()).ToHashSet();
        return laws.Count == 0 ? null : result.Row.Retrieved is [var first, ..] && laws.Contains(first.Law.ToUpperInvariant()) ? 1 : 0;
    }

    private static IEnumerable<string> Ranked(CaseRow result) => result.Row.Retrieved.Select(place => place.Key).Distinct();
}
