namespace ParalegalBot.Server.Operations.Dashboard;

/// <summary>How the service did in a period: counts and times, no text of anybody.</summary>
public sealed record Report
{
    public required Filter Filter { get; init; }

    /// <summary>Questions.</summary>
    public required int Questions { get; init; }

    /// <summary>Different people, as far as their channel tells them apart.</summary>
    public required int People { get; init; }

    /// <summary>Questions of each day of the period, by channel.</summary>
    public required IReadOnlyList<Day> Days { get; init; }

    public required IReadOnlyList<Count> Channels { get; init; }

    public required IReadOnlyList<Count> Outcomes { get; init; }

    /// <summary>Reasons of refusals.</summary>
    public required IReadOnlyList<Count> Reasons { get; init; }

    /// <summary>Words of questions that were not answered; for operators only those that several people used.</summary>
    public required IReadOnlyList<Count> Themes { get; init; }

    /// <summary>Laws that were asked for and are not loaded, as the refusals named them; for operators only those that several people asked for.</summary>
    public required IReadOnlyList<Count> MissingLaws { get; init; }

    /// <summary>Claims that a check dropped, by check.</summary>
    public required IReadOnlyList<Count> FailedClaims { get; init; }

    /// <summary>Claims that were proved.</summary>
    public required int ProvedClaims { get; init; }

    /// <summary>Milliseconds of each stop and of the whole.</summary>
    public required IReadOnlyList<Latency> Latencies { get; init; }

    /// <summary>Ratings.</summary>
    public required (int Liked, int Disliked) Feedback { get; init; }

    public required Records.Spending Spending { get; init; }

    /// <summary>Answers of the period, newest first, at most <see cref="Reports.Listed"/>.</summary>
    public required IReadOnlyList<Records.AuditRow> Rows { get; init; }

    public sealed record Count(string Name, int Times);

    public sealed record Day(DateOnly Date, IReadOnlyDictionary<string, int> ByChannel);

    public sealed record Latency(string Stop, double P50, double P95);
}
