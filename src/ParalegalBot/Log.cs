using Microsoft.Extensions.Logging;

namespace ParalegalBot;

/// <summary>What is logged. Texts of people, prompts and answers may stand in a failure's message, so that is logged at Trace only.</summary>
public static partial class Log
{
    /// <summary>A question could not be answered: which kind of failure and where; its message only where it is meant to be shown, or at Trace.</summary>
    public static void Unanswered(this ILogger log, string channel, Exception failure)
    {
        log.Unanswered(channel, failure is ParalegalBotException or Answering.EngineUnavailableException ? failure.Message : failure.GetType().FullName, failure.StackTrace);
        log.UnansweredInFull(channel, failure);
    }

    [LoggerMessage(1, LogLevel.Error, "A question over {Channel} could not be answered; nothing unproved is shown. {Failure}\n{Where}")]
    private static partial void Unanswered(this ILogger log, string channel, string? failure, string? where);

    [LoggerMessage(2, LogLevel.Trace, "A question over {Channel} could not be answered.")]
    private static partial void UnansweredInFull(this ILogger log, string channel, Exception failure);
}
