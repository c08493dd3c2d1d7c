using System.Globalization;
using System.Text;

namespace ParalegalBot.Ingestion.Parsing;

/// <summary>Spanish ordinals in words (<c>Vigésimo Primero</c>, <c>DECIMOSEGUNDO</c>, <c>ÚNICO</c>) and roman numerals.</summary>
internal static class NumberWords
{
    private static readonly Dictionary<string, int> _units = new(StringComparer.Ordinal)
    {
        ["unico"] = 1, ["unica"] = 1, ["primero"] = 1, ["primera"] = 1, ["primer"] = 1, ["segundo"] = 2, ["segunda"] = 2, ["tercero"] = 3, ["tercera"] = 3, ["tercer"] = 3,
        ["cuarto"] = 4, ["cuarta"] = 4, ["quinto"] = 5, ["quinta"] = 5, ["sexto"] = 6, ["sexta"] = 6, ["septimo"] = 7, ["septima"] = 7, ["setimo"] = 7,
        ["octavo"] = 8, ["octava"] = 8, ["noveno"] = 9, ["novena"] = 9,
        ["uno"] = 1, ["dos"] = 2, ["tres"] = 3, ["cuatro"] = 4, ["cinco"] = 5, ["seis"] = 6, ["siete"] = 7, ["ocho"] = 8, ["nueve"] = 9,
    };

    private static readonly Dictionary<string, int> _tens = new(StringComparer.Ordinal)
    {
        ["decimo"] = 10, ["decima"] = 10, ["undecimo"] = 11, ["undecima"] = 11, ["duodecimo"] = 12, ["duodecima"] = 12, ["vigesimo"] = 20, ["vigesima"] = 20,
        ["trigesimo"] = 30, ["trigesima"] = 30, ["cuadragesimo"] = 40, ["cuadragesima"] = 40, ["quincuagesimo"] = 50, ["quincuagesima"] = 50,
        ["sexagesimo"] = 60, ["sexagesima"] = 60, ["septuagesimo"] = 70, ["septuagesima"] = 70, ["octogesimo"] = 80, ["octogesima"] = 80,
        ["nonagesimo"] = 90, ["nonagesima"] = 90, ["centesimo"] = 100, ["centesima"] = 100, ["ducentesimo"] = 200, ["ducentesima"] = 200,
        ["diez"] = 10, ["once"] = 11, ["doce"] = 12, ["trece"] = 13, ["catorce"] = 14, ["quince"] = 15, ["dieciseis"] = 16, ["diecisiete"] = 17,
        ["dieciocho"] = 18, ["diecinueve"] = 19, ["veinte"] = 20, ["treinta"] = 30, ["cuarenta"] = 40, ["cincuenta"] = 50, ["sesenta"] = 60, ["setenta"] = 70, ["ochenta"] = 80, ["noventa"] = 90,
    };

    /// <summary>Reads as many number words as stand at the start. <paramref name="length"/> counts characters of <paramref name="text"/>.</summary>
    public static int? Read(ReadOnlySpan<char> text, out int length)
    {
        var total = 0;
        var lastStep = int.MaxValue;
        length = 0;
        var at = 0;
        while (at < text.Length)
        {
            var end = at;
            while (end < text.Length && char.IsLetter(text[end])) end++;
            if (end == at || WordValue(Plain(text[at..end])) is not { } value) break;
            var step = value >= 100 ? 100 : value >= 10 ? 10 : 1;
            if (step >= lastStep) break;
            total += value;
            lastStep = value % 10 == 0 ? step : 1;
            length = end;
            at = end;
            while (at < text.Length && text[at] == ' ') at++;
        }
        return total > 0 ? total : null;
    }

    /// <summary>The value of a roman numeral written in capitals; null where the letters are not one.</summary>
    public static int? Roman(ReadOnlySpan<char> text)
    {
        var total = 0;
        var last = 1000;
        var repeated = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var value = RomanDigit(text[i]);
            if (value == 0) return null;
            repeated = value == last ? repeated + 1 : 1;
            if (repeated > 4) return null;
            total += value > last ? value - (2 * last) : value;
            last = value;
        }
        return total > 0 ? total : null;
    }

    /// <summary>Lower case without accents, but with ñ.</summary>
    public static string Plain(ReadOnlySpan<char> text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in text)
            plain.Append(char.ToLowerInvariant(c) switch { 'á' or 'à' => 'a', 'é' or 'è' => 'e', 'í' => 'i', 'ó' or 'ò' => 'o', 'ú' or 'ü' => 'u', var other => other });
        return plain.ToString();
    }

    /// <summary>First letter of each word upper case, the rest lower: <c>DÉCIMO PRIMERO</c> as <c>Décimo Primero</c>.</summary>
    public static string Capitalised(string words) => CultureInfo.InvariantCulture.TextInfo.ToTitleCase(words.ToLowerInvariant());

    /// <summary>One word, also run together: <c>decimosegundo</c>, <c>vigesimoquinto</c>.</summary>
    private static int? WordValue(string word)
    {
        if (_units.TryGetValue(word, out var unit)) return unit;
        if (_tens.TryGetValue(word, out var tens)) return tens;
        foreach (var (head, value) in _tens)
            if (value is 10 or 20 or 30 && word.StartsWith(head, StringComparison.Ordinal) && _units.TryGetValue(word[head.Length..], out unit)) return value + unit;
        return null;
    }

    private static int RomanDigit(char c) => c switch { 'I' => 1, 'V' => 5, 'X' => 10, 'L' => 50, 'C' => 100, 'D' => 500, 'M' => 1000, _ => 0 };
}
