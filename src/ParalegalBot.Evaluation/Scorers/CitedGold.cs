namespace ParalegalBot.Evaluation.Scorers;

/// <summary>Whether the citations hold a whole set of gold articles, or at least one of them.</summary>
public static class CitedGold
{
    /// <summary>Every article of one acceptable set is cited.</summary>
    public static bool Whole(CaseRow result) => result.Case.GoldSets.Any(set => set.All(gold => Cites(result, gold)));

    /// <summary>Some article of some acceptable set is cited.</summary>
    public static bool Touched(CaseRow result) => result.Case.GoldSets.Any(set => set.Any(gold => Cites(result, gold)));

    /// <summary>Share of cited articles that are acceptable; null where nothing is cited or nothing is acceptable.</summary>
    public static double? Precision(CaseRow result)
    {
        var accepted = result.Case.GoldSets.SelectMany(set => set).Select(gold => gold.Key).ToHashSet();
        var cited = result.Row.Citations.Select(place => place.Key).ToHashSet();
        return accepted.Count == 0 || cited.Count == 0 ? null : (double)cited.Count(accepted.Contains) / cited.Count;
    }

    /// <summary>Some acceptable article is among the sources shown.</summary>
    public static bool Shown(CaseRow result) => result.Case.GoldSets.Any(set => set.Any(gold => result.Row.Sources.Any(place => place.Key == gold.Key)));

    private static bool Cites(CaseRow result, GoldArticle gold) => result.Row.Citations.Any(place => place.Key == gold.Key);
}
