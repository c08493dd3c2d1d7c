using System.Text.RegularExpressions;

namespace ParalegalBot.Answering.Figures;

/// <summary>Article, fracción, inciso, apartado and párrafo numbers: they are places, never amounts.</summary>
internal static partial class ReferenceReader
{
    public static (IReadOnlyList<Figure> References, int Next)? Read(string text, IReadOnlyList<FigureToken> tokens, int at)
    {
        var unit = UnitOf(tokens[at].Text);
        if (unit is null) return null;
        var start = tokens[at].End;
        var list = List(unit).Match(text, start);
        if (!list.Success || list.Length == 0)
        {
            return unit == "parrafo" && at + 1 < tokens.Count && NumberWords.Ordinals.TryGetValue(tokens[at + 1].Text, out var rank)
                ? ([Make(tokens[at].Start, tokens[at + 1].End, unit, rank.ToString(System.Globalization.CultureInfo.InvariantCulture))], at + 2)
                : null;
        }
        var references = list.Groups["n"].Captures
            .Select((number, index) => Make(index == 0 ? tokens[at].Start : number.Index, number.Index + number.Length, unit, Key(unit, number.Value)))
            .ToList();
        var end = references[^1].Start + references[^1].Length;
        var next = at + 1;
        while (next < tokens.Count && tokens[next].Start < end) next++;
        return (references, next);
    }

    private static string? UnitOf(string word) => word switch
    {
        "articulo" or "articulos" or "art" or "arts" => "article",
        "fraccion" or "fracciones" or "frac" or "fracc" or "fr" => "fraccion",
        "inciso" or "incisos" or "inc" => "inciso",
        "apartado" or "apartados" => "apartado",
        "parrafo" or "parrafos" => "parrafo",
        _ => null,
    };

    private static Regex List(string unit) => unit switch
    {
        "article" => Articles(),
        "fraccion" => Fracciones(),
        "parrafo" => Parrafos(),
        _ => Letters(),
    };

    private static string Key(string unit, string written) => unit is "article" ? Statutes.ArticleNumber.KeyOf(written) : written.Trim().ToLowerInvariant();

    private static Figure Make(int start, int end, string unit, string label) => new(start, end - start, FigureKind.Reference, 0, unit, Label: label);

    private const string Suffix = @"(?:\s*[oº°]\.?(?![a-zñ]))?(?:\s*-\s*[a-zñ]\b(?:-\d+)?)?(?-i:\s+(?![YOE]\s+(?:\d|\p{Lu}))[A-ZÑ]\b|\s+[a-hj-xz]\b(?=\s+(?:bis|Bis|BIS|ter|Ter|TER)\b))?(?:\s+(?:bis|ter|quater|quinquies|quintus|sexies|sextus|septies|octies)\b)*";

    [GeneratedRegex(@"\G\.?\s*(?<n>\d+(?:,\d{3})*" + Suffix + @")(?:\s*(?:,|y|e|o|al?|hasta(?:\s+el)?)\s*(?<n>\d+(?!\d*\s*(?:d[ií]as|horas|meses|a[ñn]os|%|por))" + Suffix + @"))*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Articles();

    [GeneratedRegex(@"\G\.?\s*(?<n>[ivxlcdm]+\b)(?:\s*(?:,|y|e|o|al?)\s*(?<n>[ivxl]+\b))*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Fracciones();

    [GeneratedRegex(@"\G\.?\s*(?<n>\d+)(?=\D|$)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Parrafos();

    [GeneratedRegex(@"\G\.?\s*[""“]?(?<n>[a-zñ])\b[""”]?\)?(?:\s*(?:,|y|e|o|al?)\s*(?<n>[a-zñ])\b\)?)*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Letters();
}
