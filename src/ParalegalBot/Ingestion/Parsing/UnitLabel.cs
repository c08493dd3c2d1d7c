using System.Globalization;
using System.Text.RegularExpressions;

namespace ParalegalBot.Ingestion.Parsing;

/// <summary>How a paragraph of an article is labelled: <c>XIV Bis.</c>, <c>a)</c>, <c>B.</c>, <c>3.</c>. A capital such as C may be read in two ways.</summary>
internal sealed partial record UnitLabel
{
    /// <summary>As printed, without punctuation: <c>XIV Bis</c>.</summary>
    public required string Printed { get; init; }

    /// <summary>Value as a roman numeral; null where it is none.</summary>
    public int? Roman { get; init; }

    /// <summary>A capital letter, which may name an apartado.</summary>
    public char? Capital { get; init; }

    /// <summary>A small letter: an inciso.</summary>
    public string? Small { get; init; }

    /// <summary>An arabic number.</summary>
    public int? Number { get; init; }

    /// <summary>Bis, Ter or a hyphenated letter follows.</summary>
    public bool Suffixed { get; init; }

    /// <summary>The word Apartado stands before the letter.</summary>
    public bool Explicit { get; init; }

    /// <summary>Last numeral of a range: <c>I a III. (Se derogan)</c>.</summary>
    public int? RangeEnd { get; init; }

    public static UnitLabel? Of(string text)
    {
        if (ApartadoWord().Match(text) is { Success: true } named)
            return new UnitLabel { Printed = named.Groups["letter"].Value, Capital = named.Groups["letter"].Value[0], Explicit = true };
        if (Range().Match(text) is { Success: true } range && NumberWords.Roman(range.Groups["first"].ValueSpan) is { } first && NumberWords.Roman(range.Groups["last"].ValueSpan) is { } last && last > first)
            return new UnitLabel { Printed = $"{range.Groups["first"].Value} a {range.Groups["last"].Value}", Roman = first, RangeEnd = last };
        var match = Pattern().Match(text);
        if (!match.Success) return null;
        var label = match.Groups["label"].Value;
        var suffix = match.Groups["suffix"].Value.Trim();
        var common = new UnitLabel { Printed = suffix.Length == 0 ? label : suffix[0] is '-' or '–' ? label + "-" + suffix.TrimStart('-', '–', ' ') : $"{label} {suffix}", Suffixed = suffix.Length > 0 };
        if (char.IsAsciiDigit(label[0])) return common with { Number = int.Parse(label, CultureInfo.InvariantCulture) };
        if (char.IsLower(label[0])) return common with { Small = label };
        return common with { Roman = NumberWords.Roman(label), Capital = label.Length == 1 ? label[0] : null } is { Roman: null, Capital: null } ? null
            : common with { Roman = NumberWords.Roman(label), Capital = label.Length == 1 ? label[0] : null };
    }

    [GeneratedRegex(
        @"^\[?(?<label>[IVXLCDM]+|[A-ZÑ]|[a-zñ]{1,2}|\d{1,2})(?<suffix>[\s\-]*(?i:Bis|Ter|Qu[aá]ter|Quintus|Quinquies|Sextus|Sexies|Septimus|Septies|Octavus|Octies|Nonies|Decies)(?![a-z])(?:[\s\-]\d{1,2}(?!\d))?|\s?[-–]\s?[A-Z](?=[.)\s]))?" +
        @"(?:\s?\.\s?[-–—]+|[.)]+\s?[-–—]*|\s?[-–]+(?=\s)|\s\)|\s[.])(?=\s|$|[A-ZÁÉÍÓÚ(\[])(?!\s*[A-Z]\.\s?[A-Z]\.)")]
    private static partial Regex Pattern();

    [GeneratedRegex(@"^\[?(?:APARTADO|Apartado)\s+(?<letter>[A-ZÑ])\s?(?:\.\s?[-–]?|[-–:)]|$)")]
    private static partial Regex ApartadoWord();

    [GeneratedRegex(@"^\[?(?<first>[IVXLC]+)\.?-?\s*(?:al?|y)\s+(?:la\s+)?(?<last>[IVXLC]+)\s?[.\-)]+\s*(?=\(?\s*(?:Se|SE|Derogad|DEROGAD|\.|…))")]
    private static partial Regex Range();
}
