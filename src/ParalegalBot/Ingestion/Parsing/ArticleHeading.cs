using System.Globalization;
using System.Text.RegularExpressions;
using ParalegalBot.Statutes;

namespace ParalegalBot.Ingestion.Parsing;

/// <summary>The beginning of an article as a paragraph shows it: <c>Artículo 69 C Bis.- </c> and the text after it.</summary>
/// <param name="Number">As printed, without final punctuation.</param>
/// <param name="Value">The number itself; for a number in words its value.</param>
/// <param name="Rest">What follows on the same paragraph; may be empty.</param>
internal sealed partial record ArticleHeading(string Number, int Value, string Rest)
{
    /// <summary>Last number of a derogated range: <c>Artículos 60 al 68</c>.</summary>
    public int? RangeEnd { get; init; }

    /// <summary>The number is written in words.</summary>
    public bool InWords { get; init; }

    /// <summary>Nothing but a blank stands between number and text, so only the expected number may be believed.</summary>
    public bool Weak { get; init; }

    /// <summary>True where a suffix such as Bis or -A follows the number.</summary>
    public bool Suffixed { get; init; }

    public string Key => ArticleNumber.KeyOf(Number);

    public static ArticleHeading? Of(string text)
    {
        if (text.Length < 6 || !Start().IsMatch(text)) return null;
        return Digits().Match(text) is { Success: true } digits ? FromDigits(digits, text)
            : Range().Match(text) is { Success: true } range ? FromRange(range, text)
            : FromWords(text);
    }

    private static ArticleHeading? FromDigits(Match match, string text)
    {
        var rest = Unbracketed(text, match.Index + match.Length);
        var separator = match.Groups["sep"].Value;
        var weak = separator.Length == 0 && rest.Length > 0;
        if (rest.Length > 0 && char.IsLower(rest[0]) && !separator.Contains('-', StringComparison.Ordinal) && !Derogation().IsMatch(rest)) return null;
        if (weak && !(char.IsUpper(rest[0]) || rest[0] is '(' or '[' or '"' or '“' or '¿')) return null;
        if (rest.StartsWith(',') || rest.StartsWith(';')) return null;
        var number = match.Groups["number"].Value + match.Groups["ordinal"].Value + match.Groups["suffix"].Value;
        return new ArticleHeading(Blanks().Replace(number, " ").Trim().TrimEnd('.', '-', '–', ' '), Parsed(match.Groups["number"]), rest)
        {
            Weak = weak,
            Suffixed = match.Groups["suffix"].ValueSpan.Trim().Length > 0,
        };
    }

    private static ArticleHeading? FromRange(Match match, string text)
    {
        var (first, last) = (Parsed(match.Groups["first"]), Parsed(match.Groups["last"]));
        if (last <= first || last - first > 400) return null;
        return new ArticleHeading(match.Groups["first"].Value, first, Unbracketed(text, match.Index + match.Length)) { RangeEnd = last };
    }

    private static ArticleHeading? FromWords(string text)
    {
        var start = Start().Match(text).Length;
        if (NumberWords.Read(text.AsSpan(start), out var length) is not { } value) return null;
        var end = start + length;
        var suffix = WordSuffix().Match(text[end..]);
        var rest = text[(end + suffix.Length)..];
        if (rest.Length > 0 && !Separator().IsMatch(rest)) return null;
        return new ArticleHeading((NumberWords.Capitalised(text[start..end]) + suffix.Value).Trim(), value, Separator().Replace(rest, "")) { InWords = true, Suffixed = suffix.Length > 0 };
    }

    /// <summary>The bracket of suppressed or revived text may open before the heading: <c>[Artículo 3 Bis.- Suprimido]</c>.</summary>
    private static string Unbracketed(string text, int from)
    {
        var rest = text[from..].TrimStart();
        return text[0] == '[' && rest.EndsWith(']') ? "[" + rest : rest;
    }

    private static int Parsed(Group group) => int.Parse(group.Value.Replace(",", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);

    private const string Latin =
        "(?:Bis|Ter|Qu[aá]ter|Cu[aá]ter|Quintus|Quinquies|Quinties|S[eé]xtus|Sex[ií]es|S[eé]xies|Sexties|S[eé]ptimus|S[eé]pties|Octavus|Octies|Octaver|Nonus|Novenus|Nonies|Novies|" +
        "Decimus|Decies|Undecies|Duodecies|Terdecies|Tredecies|Quaterdecies|Quattuordecies|Quinquiesdecies|Quindecies|Sexiesdecies|Sexdecies|Septdecies|Septendecies|Octodecies|Novodecies|Noviesdecies|Vicies|Unvicies)(?![a-záéíóúñ])";

    [GeneratedRegex(@"^\[?(?:ART[IÍ]CULOS?|Art[ií]culos?|ART\.|Art\.)\s*")]
    private static partial Regex Start();

    /// <summary>Number, ordinal mark, suffixes, separator. A single letter counts as a suffix only where it cannot begin a sentence.</summary>
    [GeneratedRegex(
        @"^\[?(?:ART[IÍ]CULO|Art[ií]culo|ART\.|Art\.)\s*(?<number>\d{1,3}(?:,\d{3})+|\d{1,4})(?![\d,])(?<ordinal>\s?/?[oºO°](?![A-Za-záéíóúñ])\.?|\s?\.?[º°]\.?)?" +
        @"(?<suffix>(?:[\s\-–]*(?i:" + Latin + @")|\s?[-–]\s?[A-ZÑ]{1,2}(?=[.\-–:\s]|$)(?!\s+[a-záéíóúñ])|\s[A-ZÑ](?=\s?[.\-–:]|$|\s+(?i:" + Latin + @"))|\s[a-zñ](?=\s+(?i:" + Latin + @"))|[A-ZÑ](?=[.\-–:]|$)|\s?[-–]\d{1,2}(?!\d)|(?<=[a-z]|[BTRS]IS|TER)[\s\-–]\d{1,2}(?!\d)|\s?[-–]\s?(?<=\d.*)[A-ZÑ]\d?(?=[.\-–]))*)" +
        @"(?<sep>\s*(?:\.\s*[-–—−]+|[-–—−]+|[.:])[.\s]*)?")]
    private static partial Regex Digits();

    [GeneratedRegex(@"^\[?(?:ART[IÍ]CULOS|Art[ií]culos)\s+(?<first>\d{1,4})\s?[oº°]?\.?\s*(?:al?|A|AL|-)\s*(?<last>\d{1,4})\s?[oº°]?\s*(?:[.\-–:]+\s*|\s(?=\())(?=[(\[]?\s*(?:Se\s+derog|Derog|SE\s+DEROG|DEROG|Suprim|Se\s+suprim))")]
    private static partial Regex Range();

    [GeneratedRegex(@"^\s?[-–]?\s?(?i:" + Latin + @")|^\s?-[A-ZÑ](?=[.\-])")]
    private static partial Regex WordSuffix();

    [GeneratedRegex(@"^\s*(?:\.\s*[-–—]+|[-–—]+|[.:])[.\s]*")]
    private static partial Regex Separator();

    [GeneratedRegex(@"^\(?\s*(?:se\s+derog|derogad|se\s+suprim|suprimid)", RegexOptions.IgnoreCase)]
    private static partial Regex Derogation();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
