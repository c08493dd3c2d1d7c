using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;

namespace ParalegalBot.Server.Operations.Dashboard;

/// <summary>Which answers a report is about.</summary>
/// <param name="From">First day, where this server stands.</param>
/// <param name="Until">Last day.</param>
/// <param name="Channel">One channel; null for all.</param>
/// <param name="Outcome">One outcome; null for all.</param>
public sealed record Filter(DateOnly From, DateOnly Until, string? Channel, string? Outcome)
{
    /// <summary>Longest period of one report, in days.</summary>
    public const int MostDays = 366;

    private const int UsualDays = 30;

    /// <summary>Reads a query; what is missing or makes no sense is as usual: the last thirty days, everything.</summary>
    public static Filter Read(IQueryCollection query, DateOnly today)
    {
        var until = Date(query["hasta"]) ?? today;
        var from = Date(query["desde"]) ?? until.AddDays(1 - UsualDays);
        if (from > until) (from, until) = (until, from);
        if (until.DayNumber - from.DayNumber >= MostDays) from = until.AddDays(1 - MostDays);
        return new Filter(from, until, Word(query["canal"]), Word(query["resultado"]));
    }

    /// <summary>The same filter as a query.</summary>
    public string Query => new QueryBuilder(new Dictionary<string, string>
    {
        ["desde"] = From.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), ["hasta"] = Until.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ["canal"] = Channel ?? "", ["resultado"] = Outcome ?? "",
    }).ToString();

    private static DateOnly? Date(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date.Year is >= 2000 and <= 2200 ? date : null;

    private static string? Word(string? text) => text is { Length: > 0 and <= 40 } ? text : null;
}
