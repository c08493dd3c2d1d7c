using System.Diagnostics;
using ParalegalBot.Answering;

namespace ParalegalBot.Evaluation;

/// <summary>Asks every case, one after the other so that the times mean something.</summary>
public static class EvaluationRun
{
    /// <summary>Case, answer and row in the order of the file; <paramref name="step"/> is told each id.</summary>
    public static async Task<IReadOnlyList<CaseResult>> RunAsync(
        IReadOnlyList<EvaluationCase> cases, Func<Question, CancellationToken, Task<Answer>> answer, DateOnly? asOf, Action<string>? step = null, CancellationToken cancellationToken = default)
    {
        var results = new List<CaseResult>(cases.Count);
        foreach (var one in cases)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var started = Stopwatch.GetTimestamp();
            var given = await answer(one.AsQuestion(asOf), cancellationToken).ConfigureAwait(false);
            results.Add(new CaseResult(one, given, AnswerRow.From(one.Id, given, Stopwatch.GetElapsedTime(started).TotalMilliseconds)));
            step?.Invoke(one.Id);
        }
        return results;
    }
}
