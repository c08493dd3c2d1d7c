using ParalegalBot.Answering;
using ParalegalBot.Answering.Checks;

namespace ParalegalBot.Evaluation.Scorers;

/// <summary>What was proved for a case, shown or withheld.</summary>
/// <param name="Confidence">The calibrated confidence; 1 where code alone answers, without an engine.</param>
/// <param name="Right">Whether it cites a gold article of an answerable case and says nothing forbidden.</param>
/// <param name="Shown">Whether it was shown as an answer.</param>
public sealed record Proposal(double Confidence, bool Right, bool Shown)
{
    /// <summary>Null where nothing was proved, or the case has no expectation.</summary>
    public static Proposal? Of(CaseResult result)
    {
        if (result.Case.Expected is null) return null;
        var confidence = result.Answer.Trace?.Confidence ?? 1;
        if (result.Row.Outcome == "cited") return new Proposal(confidence, IsRight(result), Shown: true);
        return result.Answer.Trace is { Chosen: { } withheld } ? new Proposal(confidence, IsRight(result, withheld), Shown: false) : null;
    }

    /// <summary>Whether a proposal of the trace would have been right.</summary>
    public static bool IsRight(CaseResult result, AnswerProposal proposal)
    {
        var answer = new Answer.Cited { Text = "", Claims = [.. result.Answer.Trace!.Claims(proposal).Select(verdict => new Claim(verdict.Text, verdict.Citations, verdict.Support))] };
        return IsRight(new CaseRow(result.Case, AnswerRow.From(result.Case.Id, answer, 0)));
    }

    private static bool IsRight(CaseRow row) => row.Case.Expected == "answer" && CitedGold.Touched(row) && !Facts.AnyForbidden(row);
}
