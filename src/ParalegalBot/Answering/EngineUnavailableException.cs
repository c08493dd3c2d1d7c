namespace ParalegalBot.Answering;

/// <summary>No draft could be had, through no fault of the question; the assistant then shows the bare sources and says why.</summary>
public sealed class EngineUnavailableException(EngineTrouble trouble, string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>What kept it.</summary>
    public EngineTrouble Trouble { get; } = trouble;
}

/// <summary>Why an engine gave no draft; each has its own words in the reply.</summary>
public enum EngineTrouble
{
    /// <summary>It does not answer, or broke off.</summary>
    Down,

    /// <summary>It took longer than the configured limit.</summary>
    Slow,

    /// <summary>Too many people are waiting.</summary>
    Busy,

    /// <summary>The day's budget is spent.</summary>
    Spent,
}
