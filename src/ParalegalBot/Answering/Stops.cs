using System.Diagnostics;

namespace ParalegalBot.Answering;

/// <summary>The stops of a question as spans. They carry names and durations, never text.</summary>
public static class Stops
{
    /// <summary>Name of the source, for whoever exports its spans.</summary>
    public const string Source = "ParalegalBot";

    private static readonly ActivitySource Activities = new(Source);

    /// <summary>Begins a span that lasts until it is disposed; null where nobody listens.</summary>
    public static Activity? Begin(string stop) => Activities.StartActivity(stop);

    /// <summary>A stop that ends now and took <paramref name="duration"/>.</summary>
    internal static void Passed(string stop, DateTimeOffset now, TimeSpan duration)
    {
        using var span = Activities.StartActivity(ActivityKind.Internal, startTime: now - duration, name: stop);
        span?.SetEndTime(now.UtcDateTime);
    }
}
