namespace ParalegalBot.Answering.Checks;

/// <summary>What the check says of one claim of a draft.</summary>
/// <param name="Text">The claim's wording.</param>
/// <param name="Citations">What it stands on; empty where the evidence itself failed.</param>
/// <param name="Support">Support score, 0 to 1.</param>
/// <param name="Finding">The check that failed and on which words; null where the claim is proved.</param>
public sealed record ClaimVerdict(string Text, IReadOnlyList<Citation> Citations, double Support, CheckFinding? Finding)
{
    /// <summary>Whether every check passed.</summary>
    public bool Proved => Finding is null;
}

/// <summary>How an answer came about: each claim's verdict, the features and the confidence. For the audit log, the page and evaluation.</summary>
/// <param name="Verdicts">Every claim of the draft, proved or not.</param>
/// <param name="Features">See <see cref="AnswerFeatures"/>.</param>
/// <param name="Confidence">Calibrated probability that the answer is right.</param>
public sealed record AnswerTrace(IReadOnlyList<ClaimVerdict> Verdicts, IReadOnlyDictionary<string, double> Features, double Confidence);
