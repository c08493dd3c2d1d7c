using System.Globalization;
using System.Text.RegularExpressions;

namespace ParalegalBot.Ingestion.Parsing;

/// <summary>Dates as statutes print them: <c>27-12-2022</c>, <c>27/12/2022</c>, <c>1º de abril de 1970</c>, <c>primero de enero de dos mil veinte</c> (day in words only).</summary>
internal static partial class SpanishDates
{
    private static readonly string[] _months =
        ["enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"];

    /// <summary>All dates in the order printed.</summary>
    public static IReadOnlyList<DateOnly> All(string text) =>
        [.. Dates().Matches(text).Select(Read).OfType<DateOnly>()];

    /// <summary>The dates in figures, in the order printed.</summary>
    public static IReadOnlyList<DateOnly> InFigures(string text) =>
        [.. Dates().Matches(text).Where(match => match.Groups["day"].Success).Select(Read).OfType<DateOnly>()];

    /// <summary>The first date; null where there is none.</summary>
    public static DateOnly? First(string text)
    {
        foreach (Match match in Dates().Matches(text))
            if (Read(match) is { } date) return date;
        return null;
    }

    private static DateOnly? Read(Match match)
    {
        var month = match.Groups["name"].Success ? Month(match.Groups["name"].Value) : Number(match.Groups["month"]);
        var day = match.Groups["word"].Success ? NumberWords.Read(match.Groups["word"].ValueSpan, out _) ?? 0 : Number(match.Groups["day"]) + Number(match.Groups["day2"]);
        var year = Number(match.Groups["year"]) + Number(match.Groups["year2"]);
        return month is >= 1 and <= 12 && year is >= 1800 and <= 2200 && day >= 1 && day <= DateTime.DaysInMonth(year, month) ? new DateOnly(year, month, day) : null;
    }

    private static int Month(string name)
    {
        var plain = NumberWords.Plain(name);
        return plain == "setiembre" ? 9 : Array.IndexOf(_months, plain) + 1;
    }

    private static int Number(Group group) => group.Success ? int.Parse(group.ValueSpan, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"\b(?<day>\d{1,2})[-/.](?<month>\d{1,2})[-/.](?<year>\d{4})\b|\b(?:(?<day2>\d{1,2})\s?(?:o\.?|º|°|er)?|(?<word>primero|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|trece|catorce|quince|veinte|treinta))\s+(?:de\s+)?(?<name>enero|febrero|marzo|abril|mayo|junio|julio|agosto|sep?tiembre|octubre|noviembre|diciembre)\s+(?:del?\s+)?(?:año\s+(?:de\s+)?)?(?<year2>\d{4})\b", RegexOptions.IgnoreCase)]
    private static partial Regex Dates();
}
