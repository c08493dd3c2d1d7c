namespace ParalegalBot.Answering.Screen;

/// <summary>What stop 3 says: go on with this question, or stop with this reason.</summary>
/// <param name="Question">The question cleaned and masked; what everything after the screen sees.</param>
/// <param name="Read">The text as the lists read it.</param>
public sealed record ScreenResult(Question Question, string Read)
{
    /// <summary>Why to stop; null to go on.</summary>
    public RefusalReason? Reason { get; init; }

    /// <summary>What the reason speaks of: a country, a state, a law's title, <c>greeting</c>, <c>identity</c>, <c>violence</c>, <c>self_harm</c>; empty for none.</summary>
    public string Subject { get; init; } = "";
}
