namespace ParalegalBot.Server.Operations;

/// <summary>What the server logs of its own running.</summary>
internal static partial class Log
{
    [LoggerMessage(10, LogLevel.Information, "Retention emptied {Answers} rows of the audit log and forgot {Turns} turns.")]
    public static partial void Retained(this ILogger log, int answers, int turns);

    [LoggerMessage(11, LogLevel.Error, "The retention policy could not be applied.")]
    public static partial void RetentionFailed(this ILogger log, Exception failure);
}
