namespace ParalegalBot.Answering;

/// <summary>A line that goes with an answer and is neither claim nor source.</summary>
/// <param name="Kind">What it is about; it decides where a reply shows it.</param>
/// <param name="Text">The line, in the language of the question.</param>
public sealed record Notice(NoticeKind Kind, string Text);

/// <summary>What a notice is about.</summary>
public enum NoticeKind
{
    /// <summary>Federal law is cited on a matter that the states govern; said first.</summary>
    Jurisdiction,

    /// <summary>The bot runs on the starter set's restatements.</summary>
    Demonstration,

    /// <summary>It informs and does not advise, and who answers for it; said once a conversation.</summary>
    NotAdvice,
}
