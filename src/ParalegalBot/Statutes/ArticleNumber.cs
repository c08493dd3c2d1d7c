using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ParalegalBot.Statutes;

/// <summary>
/// An article's number as printed, with the key under which it is found: <c>2o-A</c> and <c>2 A</c> are one article,
/// <c>353-N</c> and <c>353-Ñ</c> are two. Two numbers are equal when their keys are.
/// </summary>
public sealed partial record ArticleNumber
{
    /// <summary>Reads a printed number; only surrounding blanks and final punctuation are removed from what is shown.</summary>
    public ArticleNumber(string printed)
    {
        Printed = printed.Trim().TrimEnd('.', '-', '–', ' ');
        Key = KeyOf(Printed);
    }

    /// <summary>As the law prints it: <c>2o-A</c>, <c>353-Ñ</c>, <c>17 Bis</c>, <c>Tercero transitorio (DOF 27-12-2022)</c>.</summary>
    public string Printed { get; }

    /// <summary>Lower case, no ordinal marks, no thousands separators, no accents but ñ, single spaces: <c>2 a</c>, <c>353 ñ</c>, <c>17 bis</c>.</summary>
    public string Key { get; }

    /// <summary>The leading number; null for a number in words.</summary>
    public int? Value => LeadingDigits().Match(Key) is { Success: true } match
        ? int.Parse(match.ValueSpan, CultureInfo.InvariantCulture) : null;

    /// <inheritdoc />
    public bool Equals(ArticleNumber? other) => other is not null && Key == other.Key;

    /// <inheritdoc />
    public override int GetHashCode() => Key.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc />
    public override string ToString() => Printed;

    /// <summary>The key of a number however it is written.</summary>
    public static string KeyOf(string written)
    {
        var text = OrdinalMark().Replace(written.Trim().Replace(",", "", StringComparison.Ordinal), "").ToLowerInvariant();
        var plain = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormC))
        {
            if (c == 'ñ') plain.Append(c);
            else if (char.IsLetterOrDigit(c)) plain.Append(c.ToString().Normalize(NormalizationForm.FormD)[0]);
            else plain.Append(' ');
        }
        text = DigitThenLetter().Replace(plain.ToString(), "$1 $2");
        return Blanks().Replace(text, " ").Trim();
    }

    /// <summary>The number as a path segment: blanks become hyphens, brackets go. <see cref="KeyOf"/> of a slug is the article's key.</summary>
    public static string Slug(string printed) => Blanks().Replace(printed.Replace("(", "", StringComparison.Ordinal).Replace(")", "", StringComparison.Ordinal), "-");

    /// <summary>After a blank a bare <c>o</c> is the letter of article 153 O, unless a full stop follows a small one.</summary>
    [GeneratedRegex(@"(?<=\d)(/?[oO]\.?|\s*/?[º°]\.?|\s+/?o\.)(?![A-Za-zñÑ])")]
    private static partial Regex OrdinalMark();

    [GeneratedRegex(@"(\d)([a-zñ])")]
    private static partial Regex DigitThenLetter();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"^\d+")]
    private static partial Regex LeadingDigits();
}
