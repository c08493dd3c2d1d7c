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

/// <summary>How an answer came about: each claim's verdict, and what the answer could be made of. For the audit log, the page and evaluation.</summary>
/// <param name="Verdicts">Every claim of the draft, proved or not.</param>
/// <param name="Proposals">The answers that the proved claims can make, shortest first; empty where none was proved.</param>
/// <param name="Chosen">The shortest that is sure enough to be shown, else the longest; null where nothing was proved.</param>
public sealed record AnswerTrace(IReadOnlyList<ClaimVerdict> Verdicts, IReadOnlyList<AnswerProposal> Proposals, AnswerProposal? Chosen)
{
    /// <summary>Calibrated probability that the chosen answer is right; 0 where there is none.</summary>
    public double Confidence => Chosen?.Confidence ?? 0;

    /// <summary>The proved claims of a proposal; of the chosen one where none is given.</summary>
    public IEnumerable<ClaimVerdict> Claims(AnswerProposal? proposal = null) => Verdicts.Where(verdict => verdict.Proved).Take((proposal ?? Chosen)?.Claims ?? 0);
}

/// <summary>An answer that could be shown: the first proved claims of the draft.</summary>
/// <param name="Claims">How many of them.</param>
/// <param name="Features">See <see cref="AnswerFeatures"/>.</param>
/// <param name="Confidence">Calibrated probability that it is right.</param>
public sealed record AnswerProposal(int Claims, IReadOnlyDictionary<string, double> Features, double Confidence);
