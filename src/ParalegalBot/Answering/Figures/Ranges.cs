namespace ParalegalBot.Answering.Figures;

/// <summary>Joins <c>de 2 a 7 años</c> and <c>entre 100 y 300 pesos</c>: one figure with two ends and the unit that stands at the second.</summary>
internal static class Ranges
{
    public static IReadOnlyList<Figure> Join(IReadOnlyList<Figure> figures, IReadOnlyList<FigureToken> tokens)
    {
        var joined = new List<Figure>();
        foreach (var figure in figures)
        {
            if (joined.Count > 0 && JoinPair(joined[^1], figure, tokens) is { } range) joined[^1] = range;
            else joined.Add(figure);
        }
        return joined;
    }

    private static Figure? JoinPair(Figure low, Figure high, IReadOnlyList<FigureToken> tokens)
    {
        var alike = low.Kind == high.Kind && low.BaseUnit == high.BaseUnit;
        if (high.Kind is FigureKind.Reference or FigureKind.Date or FigureKind.Ordinal || low.Upper is not null || low.Value >= high.Value) return null;
        if (!alike && low.Kind is not FigureKind.Number) return null;
        var between = tokens.Where(token => token.Start >= low.Start + low.Length && token.End <= high.Start).Select(token => token.Text).ToList();
        var before = tokens.LastOrDefault(token => token.End <= low.Start).Text;
        var isRange = between is ["a"] or ["hasta"] || (between is ["y"] && before == "entre");
        return isRange ? high with { Start = low.Start, Length = high.Start + high.Length - low.Start, Value = low.Value, Upper = high.Value } : null;
    }
}
