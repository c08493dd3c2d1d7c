using Microsoft.Extensions.AI;
using ParalegalBot.Answering;
using ParalegalBot.Answering.Checks;
using ParalegalBot.Retrieval;

namespace ParalegalBot.Evaluation;

/// <summary>What the same engine does without our check, on the same cases.</summary>
public static class Baselines
{
    /// <summary>The names on the command line.</summary>
    public static IReadOnlyList<string> Names { get; } = ["closed-book", "plain-rag", "similarity"];

    /// <summary>The engine is asked without any passage; what it writes counts as an answer without citations.</summary>
    public static Func<Question, CancellationToken, Task<Answer>> ClosedBook(IChatClient engine, DateOnly today) => async (question, cancellationToken) =>
    {
        var response = await engine.GetResponseAsync([new ChatMessage(ChatRole.User, question.Text)], cancellationToken: cancellationToken).ConfigureAwait(false);
        return response.Text.Contains("\"insufficient\"", StringComparison.Ordinal)
            ? new Answer.Refused { Reason = RefusalReason.NotFound, Text = response.Text, AsOf = question.AsOf ?? today }
            : new Answer.Cited { Claims = [], Text = response.Text, AsOf = question.AsOf ?? today };
    };

    /// <summary>Each claim is given the most similar retrieved passage as its citation afterwards, whatever it was drawn from.</summary>
    public static Answer Similarity(Answer answer) => answer is not Answer.Cited cited || answer.Retrieved.Count == 0 ? answer : cited with
    {
        Claims = [.. cited.Claims.Select(claim => claim with { Citations = [MostSimilar(claim, answer)] })],
    };

    /// <summary>Retrieval and engine as they are, no check and no threshold: the parts to build an assistant with.</summary>
    public static (CitationCheck Check, AnswerThresholds Thresholds) PlainRag(SupportScore support) =>
        (new CitationCheck([], new ClaimSupport(support, AnswerThresholds.ShowAll), AnswerThresholds.ShowAll), AnswerThresholds.ShowAll);

    private static Citation MostSimilar(Claim claim, Answer answer)
    {
        var terms = SpanishAnalysis.Terms(claim.Text).ToHashSet();
        var passage = answer.Retrieved.MaxBy(passage =>
        {
            var other = SpanishAnalysis.Terms(string.Join(' ', passage.Sentences)).ToHashSet();
            return other.Count == 0 ? 0 : (double)terms.Count(other.Contains) / Math.Sqrt(terms.Count * (double)other.Count);
        })!;
        return new Citation(passage, [.. Enumerable.Range(1, passage.Sentences.Count)]);
    }
}
