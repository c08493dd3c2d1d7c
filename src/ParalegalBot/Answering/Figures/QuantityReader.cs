namespace ParalegalBot.Answering.Figures;

/// <summary>A number with what it counts: percent, money, multiples, time; or bare.</summary>
internal static class QuantityReader
{
    private static readonly HashSet<string> Weekly = ["habil", "habiles", "laborable", "laborables"];

    public static (Figure Figure, int Next)? Read(IReadOnlyList<FigureToken> tokens, int at)
    {
        if (tokens[at].Text == "$" && NumberReader.Read(tokens, at + 1) is var (amount, digits))
            return AfterMoney(tokens, at, at + 1 + digits, amount, dollars: false);
        if (tokens[at].Text is "doble" or "duplo") return Make(tokens, at, at + 1, FigureKind.Multiple, 2, "times");
        if (tokens[at].Text is "triple" or "triplo") return Make(tokens, at, at + 1, FigureKind.Multiple, 3, "times");
        if (tokens[at].Text is "media" && Is(tokens, at + 1, "hora")) return Make(tokens, at, at + 2, FigureKind.Duration, 0.5m, "hour");
        if (NumberReader.Read(tokens, at) is not var (value, count)) return null;
        var next = SkipRepeated(tokens, at + count, value);
        return Counted(tokens, at, next, value) ?? Bare(tokens, at, next, value, count);
    }

    private static (Figure, int)? Counted(IReadOnlyList<FigureToken> tokens, int at, int next, decimal value)
    {
        var word = Word(tokens, next);
        if (word == "%") return Make(tokens, at, next + 1, FigureKind.Percentage, value);
        if (word == "por" && Word(tokens, next + 1) is "ciento" or "cien" or "100") return Make(tokens, at, next + 2, FigureKind.Percentage, value);
        if (word == "al" && Word(tokens, next + 1) == "millar") return Make(tokens, at, next + 2, FigureKind.Percentage, value / 10);
        if (word == "de" && Word(tokens, next + 1) is "peso" or "pesos") (word, next) = ("pesos", next + 1);
        if (word is "peso" or "pesos") return AfterMoney(tokens, at, next + 1, value, dollars: false);
        if (word is "dolar" or "dolares") return AfterMoney(tokens, at, next + 1, value, dollars: true);
        if (word is "uma" or "umas") return Make(tokens, at, next + 1, FigureKind.Multiple, value, "uma");
        if (word is "tantos" or "tanto") return Make(tokens, at, next + 1, FigureKind.Multiple, value, "times");
        if (word is "veces" || (word is "vez" && Word(tokens, next + 1) is "el" or "la" or "al"))
            return Make(tokens, at, next + 1, FigureKind.Multiple, value, MultipleOf(tokens, next + 1));
        if (word is "salarios") return Make(tokens, at, next + 1, FigureKind.Multiple, value, "salary");
        // "tres o más días" counts days.
        var unitAt = word == "o" && Word(tokens, next + 1) == "mas" && NumberWords.TimeUnits.ContainsKey(Word(tokens, next + 2)) ? next + 2 : next;
        return NumberWords.TimeUnits.TryGetValue(Word(tokens, unitAt), out var unit) ? Duration(tokens, at, unitAt + 1, value, unit) : null;
    }

    private static (Figure, int)? Duration(IReadOnlyList<FigureToken> tokens, int at, int next, decimal value, string unit)
    {
        if (Word(tokens, next) == "y" && Word(tokens, next + 1) is "medio" or "media") { value += 0.5m; next += 2; }
        var qualifier = Word(tokens, next);
        if (unit == "day" && Weekly.Contains(qualifier)) return Make(tokens, at, next + 1, FigureKind.Duration, value, "day:business");
        if (unit == "day" && qualifier is "natural" or "naturales") return Make(tokens, at, next + 1, FigureKind.Duration, value, "day:calendar");
        if (unit == "day" && qualifier is "multa" or "multas") return Make(tokens, at, next + 1, FigureKind.Duration, value, "fine-day");
        return Make(tokens, at, next, FigureKind.Duration, value, unit);
    }

    private static (Figure, int)? AfterMoney(IReadOnlyList<FigureToken> tokens, int at, int next, decimal value, bool dollars)
    {
        if (Word(tokens, next) is "peso" or "pesos") next++;
        else if (Word(tokens, next) is "dolar" or "dolares") (next, dollars) = (next + 1, true);
        if (Word(tokens, next).EndsWith("/100", StringComparison.Ordinal)) next++;
        return Make(tokens, at, next, FigureKind.Money, value, dollars ? "usd" : "mxn");
    }

    /// <summary>Alone, <c>un</c> is an article and <c>uno</c> a pronoun, unless a range follows (<c>de uno a cinco años</c>).</summary>
    private static (Figure, int)? Bare(IReadOnlyList<FigureToken> tokens, int at, int next, decimal value, int count) =>
        count == 1 && tokens[at].Text is "un" or "una" or "uno" && !(Word(tokens, next) is "a" && NumberReader.Read(tokens, next + 1) is not null)
            ? null
            : tokens[at].Text.EndsWith("/100", StringComparison.Ordinal) ? null : Make(tokens, at, next, FigureKind.Number, value);

    /// <summary>Skips <c>(12)</c> after <c>doce</c>.</summary>
    private static int SkipRepeated(IReadOnlyList<FigureToken> tokens, int next, decimal value) =>
        Word(tokens, next) == "(" && NumberReader.Read(tokens, next + 1) is var (again, used) && again == value && Word(tokens, next + 1 + used) == ")"
            ? next + used + 2
            : next;

    /// <summary>What is multiplied, within the next words.</summary>
    private static string MultipleOf(IReadOnlyList<FigureToken> tokens, int next)
    {
        for (var at = next; at < Math.Min(next + 7, tokens.Count); at++)
        {
            if (tokens[at].Text is "uma" or "umas" or "unidad" or "unidades") return "uma";
            if (tokens[at].Text is "salario" or "salarios") return "salary";
        }
        return "times";
    }

    private static (Figure, int)? Make(IReadOnlyList<FigureToken> tokens, int at, int next, FigureKind kind, decimal value, string unit = "") =>
        (new Figure(tokens[at].Start, tokens[next - 1].End - tokens[at].Start, kind, value, unit), next);

    private static string Word(IReadOnlyList<FigureToken> tokens, int at) => at < tokens.Count ? tokens[at].Text : "";

    private static bool Is(IReadOnlyList<FigureToken> tokens, int at, string text) => Word(tokens, at) == text;
}
