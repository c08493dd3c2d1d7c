using System.Globalization;
using System.Text.RegularExpressions;
using ParalegalBot.Statutes;

namespace ParalegalBot.Ingestion.Parsing;

/// <summary>Finds transitorios that abrogate another law, and computes from when by the same decree's rule of entry into force.</summary>
internal static partial class AbrogationParser
{
    public static IReadOnlyList<Abrogation> Of(IReadOnlyList<Article> articles)
    {
        var found = new List<Abrogation>();
        foreach (var decree in articles.Where(article => article.Transitory).GroupBy(article => article.Decree))
        {
            var texts = decree.SelectMany(article => article.Passages).Select(passage => passage.Text).ToList();
            var entry = texts.FirstOrDefault(text => Entry().IsMatch(text));
            var effective = entry is null ? null : Effective(entry, decree.Key);
            foreach (var text in texts)
                foreach (Match match in Abrogates().Matches(text))
                    foreach (var abrogation in Titles(text[match.Index..]))
                        found.Add(abrogation with { Effective = effective, Condition = effective is null ? entry : null });
        }
        return [.. found.DistinctBy(abrogation => (abrogation.Title, abrogation.Effective))];
    }

    private static IEnumerable<Abrogation> Titles(string text)
    {
        var match = Law().Match(text);
        if (!match.Success || match.Index > 120) yield break;
        var title = Tail().Replace(match.Groups["title"].Value, "").Trim().TrimEnd(',', '.', ';');
        var after = text[(match.Index + match.Length)..];
        yield return new Abrogation(title, Publication().IsMatch(after) ? SpanishDates.First(after[..Math.Min(after.Length, 220)]) : null, null, null);
    }

    /// <summary>The first day without the old law: the day on which the decree enters into force. Null where it depends on anything else.</summary>
    private static DateOnly? Effective(string entry, DateOnly? decree)
    {
        var match = Entry().Match(entry);
        var rule = entry[match.Index..];
        rule = rule[..(SentenceEnd().Match(rule) is { Success: true } end ? end.Index : rule.Length)];
        if (Conditional().IsMatch(rule) || Exceptions().IsMatch(entry)) return null;
        if (decree is { } published)
        {
            if (NextDay().IsMatch(rule)) return published.AddDays(1);
            if (SameDay().IsMatch(rule)) return published;
            if (Count(Days().Match(rule)) is { } days) return published.AddDays(days);
            if (Count(Months().Match(rule)) is { } months) return published.AddMonths(months);
            if (Count(Years().Match(rule)) is { } years) return published.AddYears(years);
        }
        return SpanishDates.First(rule);
    }

    private static int? Count(Match match)
    {
        if (!match.Success) return null;
        var written = match.Groups["n"].Value;
        return int.TryParse(written, NumberStyles.Integer, CultureInfo.InvariantCulture, out var digits) ? digits : Cardinal(written);
    }

    private static int? Cardinal(string words)
    {
        if (NumberWords.Plain(words) is "un" or "uno") return 1;
        if (NumberWords.Plain(words) is "ciento veinte") return 120;
        if (NumberWords.Plain(words) is "ciento ochenta") return 180;
        var parts = words.Split(" y ", 2);
        return NumberWords.Read(parts[0], out _) is { } first ? first + (parts.Length > 1 ? NumberWords.Read(parts[1], out _) ?? 0 : 0) : null;
    }

    private const string Amount = @"(?<n>\d{1,3}|ciento ochenta|ciento veinte|[a-záéíóú]+(?: y [a-z]+)?)";

    [GeneratedRegex(@"entrar[áa]n?\s+en\s+vigor|entra\s+en\s+vigor|surtir[áa]\s+(?:sus\s+)?efectos|comenzar[áa]\s+a\s+regir|iniciar[áa]\s+su\s+vigencia", RegexOptions.IgnoreCase)]
    private static partial Regex Entry();

    [GeneratedRegex(@"\b(?:se\s+abrogan?|quedan?\s+abrogad[oa]s?|abroga(?:ndo)?\s+(?:la|el|al))\b", RegexOptions.IgnoreCase)]
    private static partial Regex Abrogates();

    [GeneratedRegex(@"\b(?:la|el|al|a la)\s+(?<title>(?:Ley|C[óo]digo|Reglamento|Estatuto|Ordenanza|LEY|C[ÓO]DIGO|REGLAMENTO|Decreto)\s[^.;""“”]*?)(?=,?\s+publicad|,?\s+(?:de fecha|promulgad|expedid|contenid)|,\s+(?:y\s+)?(?:así como|salvo|con excepci[óo]n|en lo|quedando|sin perjuicio|los|las)|\s+(?:y se|y sus|y todas|y las dem[áa]s|que se opongan|a partir)|\s+de\s+\d{1,2}[oº]?\s+de\s|[.;:]|$)")]
    private static partial Regex Law();

    [GeneratedRegex(@",?\s+(?:as[ií] como|y se derogan|y dem[áa]s).*$", RegexOptions.IgnoreCase)]
    private static partial Regex Tail();

    [GeneratedRegex(@"^[\s,]*(?:publicad|de fecha|promulgad|expedid|de\s+\d|contenid)", RegexOptions.IgnoreCase)]
    private static partial Regex Publication();

    [GeneratedRegex(@"d[ií]a\s+siguiente", RegexOptions.IgnoreCase)]
    private static partial Regex NextDay();

    [GeneratedRegex(@"mismo\s+d[ií]a|(?:el|al)\s+d[ií]a\s+de\s+su\s+publicaci|en\s+la\s+fecha\s+de\s+su\s+publicaci|a\s+partir\s+de\s+su\s+publicaci", RegexOptions.IgnoreCase)]
    private static partial Regex SameDay();

    [GeneratedRegex(@"(?:a\s+los|dentro\s+de)\s+" + Amount + @"\s+d[ií]as\s+(?!h[áa]biles)", RegexOptions.IgnoreCase)]
    private static partial Regex Days();

    [GeneratedRegex(@"(?:a\s+los|al)\s+" + Amount + @"\s+mes(?:es)?", RegexOptions.IgnoreCase)]
    private static partial Regex Months();

    [GeneratedRegex(@"(?:a\s+los|al)\s+" + Amount + @"\s+años?", RegexOptions.IgnoreCase)]
    private static partial Regex Years();

    [GeneratedRegex(@"declaratoria|gradual|conforme|en los t[ée]rminos|siempre que|una vez", RegexOptions.IgnoreCase)]
    private static partial Regex Conditional();

    [GeneratedRegex(@"con excepci[óo]n|salvo|a excepci[óo]n|excepto", RegexOptions.IgnoreCase)]
    private static partial Regex Exceptions();

    [GeneratedRegex(@"(?<!\b[A-Z])[.;](?:\s|$)")]
    private static partial Regex SentenceEnd();
}
