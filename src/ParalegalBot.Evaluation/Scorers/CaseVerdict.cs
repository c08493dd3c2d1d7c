namespace ParalegalBot.Evaluation.Scorers;

/// <summary>What became of a case.</summary>
public enum Verdict
{
    /// <summary>Without an expectation.</summary>
    Unscored,

    /// <summary>Correct and grounded, or refused or asked back where it had to be.</summary>
    Accurate,

    /// <summary>Some gold article is cited, but not all, or a fact is missing.</summary>
    Partial,

    /// <summary>Refused, or only sources, or asked back.</summary>
    Incomplete,

    /// <summary>Off target, forbidden, or an answer where it had to refuse.</summary>
    Hallucinated,
}

/// <summary>The verdict of one case, as measures.md defines it.</summary>
public static class CaseVerdict
{
    /// <summary>Many claims or neighbours make no accurate answer.</summary>
    private const int MostClaims = 6;

    /// <summary>The verdict.</summary>
    public static Verdict Of(CaseRow result) => (result.Case.Expected, result.Row.Outcome) switch
    {
        ("answer", "cited") when Facts.AnyForbidden(result) || !CitedGold.Touched(result) => Verdict.Hallucinated,
        ("answer", "cited") => CitedGold.Whole(result) && Facts.All(result) && IsTidy(result) ? Verdict.Accurate : Verdict.Partial,
        ("answer", _) => Verdict.Incomplete,
        ("refuse", "cited") => Verdict.Hallucinated,
        ("refuse", "refused" or "clarify") => Verdict.Accurate,
        ("refuse", _) => Verdict.Incomplete,
        ("clarify", "clarify") => Verdict.Accurate,
        ("clarify", "cited") => Verdict.Partial,
        ("clarify", _) => Verdict.Incomplete,
        _ => Verdict.Unscored,
    };

    private static bool IsTidy(CaseRow result) =>
        result.Row.Citations.Select(place => place.Key).Distinct().Count() <= Math.Max(4, result.Case.Gold.Count + 3) && result.Row.Claims.Count <= MostClaims;
}
