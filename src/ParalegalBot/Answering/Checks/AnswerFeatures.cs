namespace ParalegalBot.Answering.Checks;

/// <summary>What is known about how well an answer meets its question, each between 0 and about 1. Names are those of the thresholds file.</summary>
public static class AnswerFeatures
{
    /// <summary>Calibrated sufficiency of what stop 4 found.</summary>
    public const string Sufficiency = "sufficiency";

    /// <summary>Share of the question's own words, by rarity, that the answer says.</summary>
    public const string Coverage = "coverage";

    /// <summary>Share of the vocabulary's words for the question that the answer says; that of the own words where it knows none.</summary>
    public const string LegalCoverage = "legal_coverage";

    /// <summary>Rarity-weighted share of the question's rarest word: 1 where the answer says it.</summary>
    public const string Rarest = "rarest";

    /// <summary>How far the first cited article is ahead of the best other one, relative to its score.</summary>
    public const string Margin = "margin";

    /// <summary>1 where the answer is of the form asked for (a figure for how much or when), 0 where not, half where no form is asked for.</summary>
    public const string Form = "form";

    /// <summary>1 where the cited article is the first one that stop 4 ranked, 1/2 for the second…</summary>
    public const string Rank = "rank";

    /// <summary>1 where the question names the cited article.</summary>
    public const string Named = "named";

    /// <summary>Support of the weakest claim.</summary>
    public const string Support = "support";

    /// <summary>Fused score of the cited article.</summary>
    public const string Score = "score";

    /// <summary>All names, in the order of the file.</summary>
    public static IReadOnlyList<string> Names { get; } = [Sufficiency, Coverage, LegalCoverage, Rarest, Margin, Form, Rank, Named, Support, Score];
}
