using System.Globalization;
using System.Text.RegularExpressions;

namespace ParalegalBot.Evaluation.Perturbation;

/// <summary>
/// Finds and writes numbers by its own small lists: what the checked code cannot read must still be changed, or the measure would be blind to it.
/// </summary>
internal static partial class NumberSwap
{
    private static readonly string[] Words =
    [
        "cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez", "once", "doce", "trece", "catorce", "quince", "dieciséis",
        "diecisiete", "dieciocho", "diecinueve", "veinte", "veintiuno", "veintidós", "veintitrés", "veinticuatro", "veinticinco", "veintiséis", "veintisiete",
        "veintiocho", "veintinueve",
    ];

    private static readonly Dictionary<string, int> Tens = new()
    {
        ["treinta"] = 30, ["cuarenta"] = 40, ["cincuenta"] = 50, ["sesenta"] = 60, ["setenta"] = 70, ["ochenta"] = 80, ["noventa"] = 90, ["cien"] = 100,
        ["doscientos"] = 200, ["trescientos"] = 300, ["cuatrocientos"] = 400, ["quinientos"] = 500, ["seiscientos"] = 600, ["ochocientos"] = 800,
    };

    private static readonly Dictionary<string, int> Simple = Words.Skip(2).Select((word, index) => (word, Value: index + 2)).Concat(Tens.Select(ten => (ten.Key, ten.Value)))
        .ToDictionary(entry => entry.Item1, entry => entry.Item2);

    /// <summary>Another number in the place of one; null where the text has none that stands alone.</summary>
    public static string? Change(string text, Random random)
    {
        var all = Amounts(text);
        if (all.Count == 0) return null;
        var match = all[random.Next(all.Count)];
        return text.Remove(match.Index, match.Length).Insert(match.Index, Other(match.Value, text, random));
    }

    /// <summary>Words for digits below a hundred, and digits for words; null where there is neither.</summary>
    public static string? Rewrite(string text)
    {
        var all = Amounts(text);
        if (all.Count == 0) return null;
        foreach (var match in all.Reverse<Match>())
        {
            var written = int.TryParse(match.Value, CultureInfo.InvariantCulture, out var digits)
                ? Simple.FirstOrDefault(word => word.Value == digits).Key
                : Simple[match.Value.ToLowerInvariant()].ToString(CultureInfo.InvariantCulture);
            if (written is not null) text = text.Remove(match.Index, match.Length).Insert(match.Index, written);
        }
        return text;
    }

    /// <summary>A number unlike the old one and unlike any that the text already has.</summary>
    private static string Other(string old, string text, Random random)
    {
        while (true)
        {
            var value = random.Next(2, 29);
            var word = Words[value];
            if (Regex.IsMatch(text, $@"\b({word}|{value})\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)) continue;
            return char.IsAsciiDigit(old[0]) ? value.ToString(CultureInfo.InvariantCulture) : word;
        }
    }

    /// <summary>Amounts that are one word or one run of digits: no part of a longer number, a date, or a place in a law.</summary>
    private static List<Match> Amounts(string text)
    {
        var barred = Barred().Matches(text);
        return [.. Candidates().Matches(text)
            .Where(match => (char.IsAsciiDigit(match.Value[0]) || Simple.ContainsKey(match.Value.ToLowerInvariant())) && !barred.Any(other => other.Index <= match.Index && match.Index < other.Index + other.Length))];
    }

    [GeneratedRegex(@"(?<![\w.,$/-])(?:\d{1,3}|\p{L}+)(?![\w/$]|[.,-]\d)")]
    private static partial Regex Candidates();

    // places in a law with what is listed after them | dates | numbers of several words | "uno o varios" keeps its sense
    [GeneratedRegex(@"\b(?:art[íi]culos?|fracci[óo]n(?:es)?|incisos?|apartados?|p[áa]rrafos?|cap[íi]tulos?|t[íi]tulos?|libros?|numeral(?:es)?|base|anexo|n[úu]mero)\s+[^.;]*|\b(?:\w+\s+){1,6}de\s+(?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)\b[^.;,]*|\b(?:a[ñn]o\s+(?:de\s+)?)\d+|\b\p{L}+(?:\s+y\s+(?:un[oa]?|dos|tres|cuatro|cinco|seis|siete|ocho|nueve))\b|\b(?:\p{L}+\s+)?mil(?:l[óo]n(?:es)?)?\b(?:\s+\p{L}+){0,3}|\b(?:cien(?:to)?|\p{L}*cient[oa]s|quinient[oa]s|treinta|cuarenta|cincuenta|sesenta|setenta|ochenta|noventa)\s+(?:y\s+)?(?:un[oa]?|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|trece|catorce|quince|veinti\p{L}+|veinte|treinta|cuarenta|cincuenta|sesenta|setenta|ochenta|noventa)\b|por\s+cien(?:to)?\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Barred();
}
