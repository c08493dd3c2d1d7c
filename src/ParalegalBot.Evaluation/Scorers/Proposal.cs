using ParalegalBot.Answering;

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
        if (result.Answer.Trace?.Verdicts.Where(verdict => verdict.Proved).ToList() is not { Count: > 0 } proved) return null;
        var withheld = new Answer.Cited { Text = "", Claims = [.. proved.Select(verdict => new Claim(verdict.Text, verdict.Citations, verdict.Support))] };
        return new Proposal(confidence, IsRight(new CaseRow(result.Case, AnswerRow.From(result.Case.Id, withheld, 0))), Shown: false);
    }

    private static bool IsRight(CaseRow row) => row.Case.Expected == "answer" && CitedGold.Touched(row) && !Facts.AnyForbidden(row);
}
