namespace ParalegalBot.Conversations;

/// <summary>A question and its reply, as a conversation keeps them.</summary>
/// <param name="Question">What the person wrote.</param>
/// <param name="Reply">What they were shown.</param>
public sealed record Exchange(string Question, Reply Reply);
