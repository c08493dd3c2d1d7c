namespace ParalegalBot.Answering.Figures;

/// <summary>Ranks (<c>vigésimo quinto</c>, <c>1o.</c>, <c>2ª</c>) and the fractions made of them (<c>la quinta parte</c>, <c>dos terceras partes</c>).</summary>
internal static class OrdinalReader
{
    private static readonly HashSet<string> Ranked =
        ["parrafo", "titulo", "capitulo", "transitorio", "grado", "dia", "lugar", "ano", "libro", "seccion", "punto", "inciso", "periodo", "trimestre"];

    public static (Figure Figure, int Next)? Read(IReadOnlyList<FigureToken> tokens, int at)
    {
        var word = tokens[at].Text;
        if (tokens[at].IsDigits) return Abbreviated(tokens, at) ?? FractionAt(tokens, at);
        if (word is "mitad") return (Make(tokens, at, at + 1, FigureKind.Fraction, 0.5m), at + 1);
        if (FractionAt(tokens, at) is { } fraction) return fraction;
        if (!NumberWords.Ordinals.TryGetValue(word, out var value) || !IsRank(tokens, at)) return null;
        var next = at + 1;
        if (value % 10 == 0 && next < tokens.Count && NumberWords.Ordinals.TryGetValue(tokens[next].Text, out var low) && low < 10 && value >= 10)
        {
            value += low;
            next++;
        }
        return (Make(tokens, at, next, FigureKind.Ordinal, value), next);
    }

    private static (Figure, int)? Abbreviated(IReadOnlyList<FigureToken> tokens, int at)
    {
        // "1o", "2ª", "3er": the mark touches the digits.
        if (at + 1 >= tokens.Count || tokens[at + 1].Start != tokens[at].End || NumberReader.Digits(tokens[at].Text) is not { } value) return null;
        return tokens[at + 1].Text is "o" or "a" or "er" or "ra" or "ro" or "da" or "do" or "ta" or "to" or "º" or "°" or "ª"
            ? (Make(tokens, at, at + 2, FigureKind.Ordinal, value), at + 2)
            : null;
    }

    private static (Figure, int)? FractionAt(IReadOnlyList<FigureToken> tokens, int at)
    {
        // "un tercio", "dos tercios", "tres cuartas partes", "una quinta parte", "la décima parte"
        var (count, next) = NumberReader.Read(tokens, at) is var (number, used) && number is > 0 and < 100 ? (number, at + used) : (1m, at);
        if (next >= tokens.Count) return null;
        if (tokens[next].Text is "tercio" or "tercios") return (Make(tokens, at, next + 1, FigureKind.Fraction, count / 3), next + 1);
        if (next > at && tokens[next].Text is "cuartos") return (Make(tokens, at, next + 1, FigureKind.Fraction, count / 4), next + 1);
        return NumberWords.Ordinals.TryGetValue(tokens[next].Text, out var divisor) && divisor > 1
            && next + 1 < tokens.Count && tokens[next + 1].Text is "parte" or "partes" && (next > at || tokens[next + 1].Text == "parte" && divisor > 2)
            ? (Make(tokens, at, next + 2, FigureKind.Fraction, count / divisor), next + 2)
            : null;
    }

    /// <summary>A third person is no rank, and nor is a second that is counted.</summary>
    private static bool IsRank(IReadOnlyList<FigureToken> tokens, int at)
    {
        var word = tokens[at].Text;
        var before = at > 0 ? tokens[at - 1].Text : "";
        var after = at + 1 < tokens.Count ? tokens[at + 1].Text : "";
        return word switch
        {
            "terceros" or "cuartos" => false,
            "tercero" => Ranked.Contains(before) || after is "transitorio" or "grado" || NumberWords.Ordinals.ContainsKey(before),
            "tercera" or "terceras" => after is not ("persona" or "personas" or "edad"),
            "primera" => after is not ("necesidad" or "instancia"),
            "segunda" => after is not "instancia",
            "sexto" or "quinto" or "cuarto" => before is not ("un" or "el") || Ranked.Contains(after),
            _ => true,
        };
    }

    private static Figure Make(IReadOnlyList<FigureToken> tokens, int at, int next, FigureKind kind, decimal value) =>
        new(tokens[at].Start, tokens[next - 1].End - tokens[at].Start, kind, value);
}
