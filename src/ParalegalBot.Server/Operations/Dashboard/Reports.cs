using System.Text.Json;
using System.Text.RegularExpressions;
using ParalegalBot.Records;
using ParalegalBot.Retrieval;

namespace ParalegalBot.Server.Operations.Dashboard;

/// <summary>Reads the audit log of a period into a <see cref="Report"/>.</summary>
public sealed partial class Reports(AuditLog audit, FeedbackStore feedback, SpendingLedger spending, TimeProvider time)
{
    /// <summary>Answers listed below a report.</summary>
    public const int Listed = 50;

    /// <summary>Operators see a word only where so many people used it: fewer could be recognised by it.</summary>
    private const int EnoughPeople = 3;

    private const int Most = 12;

    private static readonly HashSet<string> Unanswered = ["not_found", "unproved", "law_not_loaded", "other_jurisdiction", "nonexistent_article"];

    /// <summary>Today where this server stands.</summary>
    public DateOnly Today => Local(time.GetUtcNow());

    /// <summary>The answers of a period, oldest first.</summary>
    public IReadOnlyList<AuditRow> Rows(Filter filter) =>
    [
        .. audit.Between(Midnight(filter.From), Midnight(filter.Until.AddDays(1))).Where(row => row.Outcome != AuditEntry.NoteOutcome
            && (filter.Channel is null || row.Channel == filter.Channel) && (filter.Outcome is null || row.Outcome == filter.Outcome)),
    ];

    public Report Of(Filter filter, bool lawyer)
    {
        var rows = Rows(filter);
        var verdicts = rows.SelectMany(Verdict.Read).ToList();
        var unanswered = rows.Where(row => row.Outcome == "sources" || row.Reason is { } reason && Unanswered.Contains(reason)).ToList();
        var enough = lawyer ? 1 : EnoughPeople;
        var ratings = feedback.Between(Midnight(filter.From), Midnight(filter.Until.AddDays(1)));
        return new Report
        {
            Filter = filter,
            Questions = rows.Count,
            People = rows.Select(row => row.Person).Distinct().Count(),
            Days = ByDay(filter, rows),
            Channels = Count(rows.Select(row => row.Channel)),
            Outcomes = Count(rows.Select(row => row.Outcome)),
            Reasons = Count(rows.Select(row => row.Reason).OfType<string>()),
            Themes = Shared(unanswered, row => SpanishAnalysis.Words(row.Question ?? "").Where(IsTelling), enough),
            MissingLaws = Shared(rows.Where(row => row.Reason == "law_not_loaded"), row => LawNamed().Match(TextOf(row)) is { Success: true } named ? [named.Groups[1].Value] : [], enough),
            FailedClaims = Count(verdicts.Select(verdict => verdict.Check).OfType<string>()),
            ProvedClaims = verdicts.Count(verdict => verdict.Check is null),
            Latencies = Latencies(rows),
            Feedback = (ratings.Count(rating => rating.Liked), ratings.Count(rating => !rating.Liked)),
            Spending = spending.Between(filter.From, filter.Until),
            Rows = [.. rows.Reverse().Take(Listed)],
        };
    }

    /// <summary>A moment as a day where this server stands.</summary>
    public DateOnly Local(DateTimeOffset moment) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, time.LocalTimeZone).DateTime);

    private DateTimeOffset Midnight(DateOnly day)
    {
        var start = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(start, time.LocalTimeZone.GetUtcOffset(start));
    }

    private List<Report.Day> ByDay(Filter filter, IReadOnlyList<AuditRow> rows)
    {
        var days = rows.GroupBy(row => Local(row.At)).ToDictionary(day => day.Key, day => day.GroupBy(row => row.Channel).ToDictionary(channel => channel.Key, channel => channel.Count()));
        return [.. Enumerable.Range(filter.From.DayNumber, filter.Until.DayNumber - filter.From.DayNumber + 1).Select(DateOnly.FromDayNumber)
            .Select(day => new Report.Day(day, days.GetValueOrDefault(day) ?? []))];
    }

    private static List<Report.Count> Count(IEnumerable<string> names) =>
        [.. names.GroupBy(name => name).Select(name => new Report.Count(name.Key, name.Count())).OrderByDescending(count => count.Times).ThenBy(count => count.Name, StringComparer.Ordinal)];

    /// <summary>What several people had in common, the commonest first.</summary>
    private static List<Report.Count> Shared(IEnumerable<AuditRow> rows, Func<AuditRow, IEnumerable<string>> read, int people) =>
    [
        .. rows.SelectMany(row => read(row).Distinct().Select(word => (word, row.Person))).GroupBy(pair => pair.word)
            .Where(word => word.Select(pair => pair.Person).Distinct().Count() >= people)
            .Select(word => new Report.Count(word.Key, word.Count())).OrderByDescending(count => count.Times).ThenBy(count => count.Name, StringComparer.Ordinal).Take(Most),
    ];

    private static bool IsTelling(string word) => word.Length > 3 && !char.IsDigit(word[0]) && !SpanishStopWords.Contains(SpanishAnalysis.Fold(word));

    private static List<Report.Latency> Latencies(IReadOnlyList<AuditRow> rows)
    {
        var timings = rows.Where(row => row.Timings is not null).Select(row => JsonSerializer.Deserialize<Dictionary<string, double>>(row.Timings!) ?? []).Where(stops => stops.Count > 0).ToList();
        var stops = timings.SelectMany(timing => timing).GroupBy(stop => stop.Key).Select(stop => Latency(stop.Key, stop.Select(pair => pair.Value)));
        return timings.Count == 0 ? [] : [Latency("total", timings.Select(timing => timing.Values.Sum())), .. stops];
    }

    private static Report.Latency Latency(string stop, IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return new Report.Latency(stop, At(0.5), At(0.95));

        double At(double share) => sorted[(int)Math.Ceiling(share * sorted.Count) - 1];
    }

    private static string TextOf(AuditRow row) => row.Answer is null ? "" : JsonDocument.Parse(row.Answer).RootElement.TryGetProperty("text", out var text) ? text.GetString() ?? "" : "";

    [GeneratedRegex(@"^[^(\n]*\(([^)\n]{3,120})\)")]
    private static partial Regex LawNamed();
}
