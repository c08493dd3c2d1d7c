using System.Text.RegularExpressions;

namespace ParalegalBot.Answering.Screen;

/// <summary>Masks what identifies a person before a question is logged or sent to an engine. Numbers count only when their check digit is right.</summary>
public static partial class PersonalData
{
    /// <summary>The text with CURP, RFC, NSS, CLABE, card, phone, e-mail, and the names that introduce a person or stand beside one of these, replaced by their kinds in brackets.</summary>
    public static string Mask(string text)
    {
        text = Email().Replace(text, "[correo]");
        text = Curp().Replace(text, "[CURP]");
        text = Rfc().Replace(text, "[RFC]");
        text = LongNumber().Replace(text, match => Digits(match.Value) switch
        {
            { Length: 18 } digits when IsClabe(digits) => "[CLABE]",
            { Length: >= 13 and <= 19 } digits when IsLuhn(digits) => "[tarjeta]",
            { Length: 11 } digits when IsLuhn(digits) => "[NSS]",
            _ => match.Value,
        });
        text = Phone().Replace(text, "[teléfono]");
        text = OwnName().Replace(text, "[nombre]");
        return Beside().Replace(text, "[nombre]");
    }

    private static string Digits(string text) => string.Concat(text.Where(char.IsAsciiDigit));

    private static bool IsLuhn(string digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[^(i + 1)] - '0';
            if (i % 2 == 1 && (digit *= 2) > 9) digit -= 9;
            sum += digit;
        }
        return sum % 10 == 0;
    }

    private static bool IsClabe(string digits)
    {
        int[] weights = [3, 7, 1];
        var sum = digits[..17].Select((digit, place) => (digit - '0') * weights[place % 3] % 10).Sum();
        return (10 - (sum % 10)) % 10 == digits[17] - '0';
    }

    [GeneratedRegex(@"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")]
    private static partial Regex Email();

    [GeneratedRegex(@"\b[A-Z][AEIOUX][A-Z]{2}\d{6}[HMX][A-Z]{5}[A-Z0-9]\d\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Curp();

    [GeneratedRegex(@"\b[A-ZÑ&]{3,4}-?\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])-?[A-Z0-9]{3}\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Rfc();

    [GeneratedRegex(@"(?<![\d$.,])\d(?:[ -]?\d){10,18}(?![\d])")]
    private static partial Regex LongNumber();

    [GeneratedRegex(@"(?<![\d$.,])(?:\+?52[ -]?)?(?:1[ -]?)?(?:\(\d{2,3}\)[ -]?\d{3,4}[ -]?\d{4}|\d{2}[ -]\d{4}[ -]\d{4}|\d{3}[ -]\d{3}[ -]?\d{4}|\d{2}[ -]\d{2}[ -]\d{2}[ -]\d{2}[ -]\d{2}|\d{10})(?![\d.,]*\d)")]
    private static partial Regex Phone();

    /// <summary>Two words or more, capitalised; a law or an office is no person.</summary>
    private const string FullName = @"(?!Ley|Código|Constitución|Reglamento|Artículo|Suprema|Instituto|Secretaría)\p{Lu}\p{Ll}+(?:\s+(?:(?:de|del|la|las|los|y)\s+){0,2}\p{Lu}\p{Ll}+){1,4}";

    private const string Masked = @"\[(?:CURP|RFC|NSS|CLABE|tarjeta|teléfono|correo)\]";

    // after "me llamo" people write small letters; the name ends where the sentence goes on | after "soy" and titles only a full name is one
    [GeneratedRegex(@"(?<=\b(?i:me llamo|mi nombre(?: completo)? es)\s+)(?:(?!(?i:y|e|con|que|tengo|trabajo|soy|me|mi|vivo|quiero|quisiera|necesito|fui|estoy|el|los|en|por|para)\b)\p{L}+(?:\s+(?:de la|del|de)(?=\s))?(?:\s+(?=\p{L})|(?=\P{L}|$))){1,5}(?<!\s)|(?<=\b(?i:soy|se llama|señora?|sra?\.|don|doña|licenciad[oa]|lic\.|atentamente,?|a nombre de)\s+)" + FullName, RegexOptions.CultureInvariant)]
    private static partial Regex OwnName();

    [GeneratedRegex(FullName + @"(?=[\s,;:(-]{1,3}(?:(?:con|mi|su|y|es|de|número|RFC|CURP|NSS|CLABE|tarjeta|tel\p{L}*\.?|cel\p{L}*\.?|correo)[\s:,]+){0,4}" + Masked + @")|(?<=" + Masked + @"[\s,;:-]{1,3}(?:a nombre de\s+|de\s+)?)" + FullName, RegexOptions.CultureInvariant)]
    private static partial Regex Beside();
}
