using System.Globalization;
using System.Text.RegularExpressions;
using ParalegalBot.Retrieval;

namespace ParalegalBot.Statutes;

/// <summary>
/// Finds references such as <c>artículo 47, fracción II, de la LFT</c> in any word order. It finds and does not resolve:
/// whether the article exists is <see cref="ReferenceResolver"/>'s business.
/// </summary>
public sealed partial class StatuteReferenceParser(LawNames names)
{
    /// <summary>The references in order. A law that is named without any article is a reference with a null article.</summary>
    public IReadOnlyList<StatuteReference> Parse(string text)
    {
        var laws = names.Find(text);
        var found = new List<StatuteReference>();
        foreach (Match match in ArticlePattern().Matches(text).Concat(BareNumberPattern().Matches(text)).OrderBy(match => match.Index))
        {
            if (!match.Groups["article"].Success || Overlaps(found, match)) continue;
            if (!match.Groups["word"].Success && !FollowedByLaw(laws, text, match)) continue;
            var law = LawOf(laws, text, match);
            var qualifiers = Qualifiers.Around(text, match);
            foreach (var number in Numbers(match))
                found.Add(new StatuteReference(
                    qualifiers.Start, qualifiers.End - qualifiers.Start, law?.Abbreviation, law?.AsWritten, number,
                    qualifiers.Apartado, qualifiers.Fraccion, qualifiers.Inciso, qualifiers.Parrafo));
        }
        foreach (var law in laws)
            if (!found.Any(reference => reference.LawAsWritten == law.AsWritten))
                found.Add(new StatuteReference(law.Start, law.Length, law.Abbreviation, law.AsWritten, null));
        return [.. found.OrderBy(reference => reference.Start)];
    }

    private static bool Overlaps(List<StatuteReference> found, Match match) =>
        found.Any(reference => match.Index < reference.Start + reference.Length && reference.Start < match.Index + match.Length);

    /// <summary>A number without "artículo" is a reference only directly before a law: <c>123 constitucional</c>, <c>47 LFT</c>.</summary>
    private static bool FollowedByLaw(IReadOnlyList<LawMention> laws, string text, Match match)
    {
        var end = match.Index + match.Length;
        return laws.Any(law => law.Start >= end && BetweenNumberAndLaw().IsMatch(text[end..law.Start]));
    }

    /// <summary>The law that follows within the same phrase, else the only law that the text names.</summary>
    private static LawMention? LawOf(IReadOnlyList<LawMention> laws, string text, Match match)
    {
        var end = match.Index + match.Length;
        var next = laws.FirstOrDefault(law => law.Start >= end);
        if (next is not null && !AnotherArticle().IsMatch(text[end..next.Start]) && next.Start - end < 80) return next;
        return laws.DistinctBy(law => law.Abbreviation ?? law.AsWritten).Count() == 1 ? laws[0] : next ?? laws.LastOrDefault(law => law.Start < match.Index);
    }

    private static IEnumerable<string> Numbers(Match match) =>
        match.Groups["article"].Captures.Select(capture => TrailingDot().Replace(capture.Value.Trim(), ""));

    private sealed record Qualifiers(int Start, int End, string? Apartado, string? Fraccion, string? Inciso, int? Parrafo)
    {
        public static Qualifiers Around(string text, Match match)
        {
            var before = QualifierBefore().Match(text[..match.Index]);
            var after = QualifierAfter().Match(text, match.Index + match.Length);
            var start = before.Success ? before.Index : match.Index;
            var end = match.Index + match.Length + (after.Success ? after.Length : 0);
            var apartado = Value("apartado");
            var fraccion = Value("fraccion");
            var parrafo = Value("parrafo");
            return new Qualifiers(start, end, apartado?.ToUpperInvariant(), fraccion is null ? null : Roman(fraccion), Value("inciso")?.ToLowerInvariant(), parrafo is null ? null : Ordinal(parrafo));

            string? Value(string group) =>
                after.Groups[group] is { Success: true } found ? found.Value
                : before.Groups[group] is { Success: true } earlier ? earlier.Value : null;
        }
    }

    private static string Roman(string written)
    {
        if (!int.TryParse(written, CultureInfo.InvariantCulture, out var number)) return written.ToUpperInvariant();
        (int Value, string Letters)[] steps = [(100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")];
        var roman = "";
        foreach (var (value, letters) in steps)
            for (; number >= value; number -= value) roman += letters;
        return roman;
    }

    private static int? Ordinal(string written) => SpanishAnalysis.Fold(written) switch
    {
        "primer" or "primero" => 1, "segundo" => 2, "tercer" or "tercero" => 3, "cuarto" => 4, "quinto" => 5, "sexto" => 6, "septimo" => 7,
        "octavo" => 8, "noveno" => 9, "decimo" => 10, "ultimo" => null,
        var digits when int.TryParse(digits, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };

    private const string Suffix = @"(?:[\s-]*(?:bis|ter|qu[aá]ter|quinquies|quintus|sexies|sextus|septies|s[eé]ptimus|octies|octavus|nonies|novenus|decies|undecies|duodecies)\b(?:[\s-]*\d{1,2}\b)?)";
    private const string Number = @"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\s*/?[oº°](?![\p{L}])\.?)?(?:[-–\s]?[A-ZÑ](?![\p{L}])(?!\s*[).])(?:-\d{1,2})?|-[a-zñ](?![\p{L}])|-\d{1,2}\b)?" + Suffix + "?";
    private const string Words = @"(?:d[eé]cimo|vig[eé]simo|trig[eé]simo)?\s?(?:primero|segundo|tercero|cuarto|quinto|sexto|s[eé]ptimo|octavo|noveno|d[eé]cimo|[uú]nico)(?:\s+transitorio)?";
    private const string Ordinals = @"primer|segundo|tercer|cuarto|quinto|sexto|s[eé]ptimo|octavo|noveno|d[eé]cimo|[uú]ltimo";

    [GeneratedRegex(@"(?<![\p{L}])(?<word>art[ií]culos?|arts?\.?|numerales?)\s*(?:n[uú]m(?:ero)?\.?\s*)?(?<article>" + Number + @"|" + Words + @")(?:\s*(?:,|y|e|o)\s+(?:el\s+)?(?<article>\d+" + Suffix + @"?)(?!\s*(?:d[ií]as|meses|años|horas|pesos|por ciento|%)))*", RegexOptions.IgnoreCase)]
    private static partial Regex ArticlePattern();

    [GeneratedRegex(@"(?<![\p{L}\d.,$/-])(?<article>" + Number + @")", RegexOptions.IgnoreCase)]
    private static partial Regex BareNumberPattern();

    [GeneratedRegex(@"^\s*(?:(?:de|del|la|el|,)\s*){0,3}$", RegexOptions.IgnoreCase)]
    private static partial Regex BetweenNumberAndLaw();

    [GeneratedRegex(@"\b(?:art[ií]culos?|arts?\.)\s", RegexOptions.IgnoreCase)]
    private static partial Regex AnotherArticle();

    [GeneratedRegex(@"[.,\s]+$")]
    private static partial Regex TrailingDot();

    [GeneratedRegex(@"(?:(?:(?:fracci[oó]n|fracc?\.?)\s+(?<fraccion>[IVXLC]+|\d{1,3})|inciso\s+(?<inciso>[a-zñ])\)?|apartado\s+[""“]?(?<apartado>[A-D])[""”]?|p[aá]rrafo\s+(?<parrafo>" + Ordinals + @")o?|(?<parrafo>" + Ordinals + @")\s+p[aá]rrafo)\s*,?\s*(?:(?:de|del|el|la)\s+)*)+$", RegexOptions.IgnoreCase)]
    private static partial Regex QualifierBefore();

    [GeneratedRegex(@"\G(?:\s*(?:constitucional)?\s*,?\s*(?:(?:en|su|sus|de|del|y|la|el)\s+)*(?:(?:fracci[oó]n|fracc?\.?|fr\.)\s*(?<fraccion>[IVXLC]+\b|\d{1,3}\b)|inciso\s+(?<inciso>[a-zñ])\b\)?|(?:apartado|apdo\.?)\s+[""“]?(?<apartado>[A-D])\b[""”]?|p[aá]rrafo\s+(?<parrafo>" + Ordinals + @")o?\b|(?<parrafo>" + Ordinals + @")\s+p[aá]rrafo))+", RegexOptions.IgnoreCase)]
    private static partial Regex QualifierAfter();
}
