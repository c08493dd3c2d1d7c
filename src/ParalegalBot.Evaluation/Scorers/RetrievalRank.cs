namespace ParalegalBot.Evaluation.Scorers;

/// <summary>How stop 4 ranked the gold articles, at article level.</summary>
public static class RetrievalRank
{
    /// <summary>Largest share of an acceptable set among the first <paramref name="k"/> articles; null without gold.</summary>
    public static double? Recall(CaseResult result, int k)
    {
        var ranked = Ranked(result).Take(k).ToHashSet();
        return result.Case.GoldSets.Select(set => (double?)set.Count(gold => ranked.Contains(gold.Key)) / set.Count).Max();
    }

    /// <summary>Reciprocal rank of the first gold article among ten; null without gold.</summary>
    public static double? ReciprocalRank(CaseResult result)
    {
        var accepted = result.Case.GoldSets.SelectMany(set => set).Select(gold => gold.Key).ToHashSet();
        if (accepted.Count == 0) return null;
        var place = Ranked(result).Take(10).ToList().FindIndex(accepted.Contains);
        return place < 0 ? 0 : 1.0 / (place + 1);
    }

    /// <summary>nDCG over the first ten articles with binary gain; null without gold.</summary>
    public static double? Ndcg(CaseResult result)
    {
        var ranked = Ranked(result).Take(10).ToList();
        return result.Case.GoldSets.Select(set =>
        {
            var wanted = set.Select(gold => gold.Key).ToHashSet();
            var gain = ranked.Select((key, place) => wanted.Contains(key) ? 1 / Math.Log2(place + 2) : 0).Sum();
            return (double?)gain / Enumerable.Range(0, Math.Min(10, wanted.Count)).Sum(place => 1 / Math.Log2(place + 2));
        }).Max();
    }

    private static IEnumerable<string> Ranked(CaseResult result) => result.Row.Retrieved.Select(place => place.Key).Distinct();
}
