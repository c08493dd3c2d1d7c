namespace ParalegalBot;

/// <summary>A failure whose message may be shown to a user as it is: it says what failed, on what, and what to do.</summary>
public sealed class ParalegalBotException : Exception
{
    /// <summary>Creates the failure with its one-sentence message.</summary>
    public ParalegalBotException(string message) : base(message) { }

    /// <summary>Creates the failure with its message and the technical cause, which is logged and never shown.</summary>
    public ParalegalBotException(string message, Exception cause) : base(message, cause) { }
}
