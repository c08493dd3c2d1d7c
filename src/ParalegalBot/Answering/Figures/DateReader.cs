using System.Globalization;

namespace ParalegalBot.Answering.Figures;

/// <summary>Dates: <c>20 de diciembre</c>, <c>primero de mayo de 2024</c>, <c>27-12-2022</c>, <c>diciembre de 2022</c>.</summary>
internal static class DateReader
{
    public static (Figure Figure, int Next)? Read(IReadOnlyList<FigureToken> tokens, int at)
    {
        var first = tokens[at];
        if (first.IsDigits && first.Text.Split('-', '/') is { Length: 3 } parts)
        {
            var numbers = parts.Select(part => int.Parse(part, CultureInfo.InvariantCulture)).ToArray();
            var (year, day) = numbers[0] > 31 ? (numbers[0], numbers[2]) : (numbers[2], numbers[0]);
            return (new Figure(first.Start, first.Text.Length, FigureKind.Date, Value(year, numbers[1], day)), at + 1);
        }
        if (NumberWords.Months.TryGetValue(first.Text, out var bareMonth))
            return YearAfter(tokens, at + 1) is var (bareYear, afterYear) ? (Make(tokens, at, afterYear, bareYear, bareMonth, 0), afterYear) : null;

        if (Day(tokens, at) is not var (dayValue, next) || dayValue is < 1 or > 31) return null;
        if (!Is(tokens, next, "de") && !Is(tokens, next, "del")) return null;
        var monthAt = Is(tokens, next + 1, "mes") && Is(tokens, next + 2, "de") ? next + 3 : next + 1;
        if (monthAt >= tokens.Count || !NumberWords.Months.TryGetValue(tokens[monthAt].Text, out var month)) return null;
        return YearAfter(tokens, monthAt + 1) is var (year2, after)
            ? (Make(tokens, at, after, year2, month, dayValue), after)
            : (Make(tokens, at, monthAt + 1, 0, month, dayValue), monthAt + 1);
    }

    private static (int Day, int Next)? Day(IReadOnlyList<FigureToken> tokens, int at)
    {
        if (tokens[at].Text is "primero" or "primer") return (1, at + 1);
        if (NumberReader.Read(tokens, at) is not var (value, count) || value != Math.Truncate(value) || value > 31) return null;
        var next = at + count;
        if (value == 1 && next < tokens.Count && tokens[next].Text is "o" or "º" or "°") next++;
        if (Is(tokens, next, ".")) next++;
        return ((int)value, next);
    }

    private static (int Year, int Next)? YearAfter(IReadOnlyList<FigureToken> tokens, int at)
    {
        if (Is(tokens, at, ",")) at++;
        if (!Is(tokens, at, "de") && !Is(tokens, at, "del")) return null;
        at++;
        if (at < tokens.Count && tokens[at].Text is "ano") at++;
        return NumberReader.Read(tokens, at) is var (value, count) && value is >= 1500 and <= 2200 && value == Math.Truncate(value)
            ? ((int)value, at + count)
            : null;
    }

    private static Figure Make(IReadOnlyList<FigureToken> tokens, int at, int next, int year, int month, int day) =>
        new(tokens[at].Start, tokens[next - 1].End - tokens[at].Start, FigureKind.Date, Value(year, month, day));

    private static decimal Value(int year, int month, int day) => (year * 10_000) + (month * 100) + day;

    private static bool Is(IReadOnlyList<FigureToken> tokens, int at, string text) => at < tokens.Count && tokens[at].Text == text;
}
