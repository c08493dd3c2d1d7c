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
            var passages = decree.SelectMany(article => article.Passages).ToList();
            var entry = passages.Select(passage => passage.Text).FirstOrDefault(text => Entry().IsMatch(text));
            var effective = entry is null ? null : Effective(entry, decree.Key);
            foreach (var abrogation in passages.SelectMany(Named))
                found.Add(abrogation with { Effective = effective, Condition = effective is null ? entry : null });
        }
        return [.. found.DistinctBy(abrogation => (abrogation.Title, abrogation.Effective))];
    }

    /// <summary>The laws that a passage abrogates, itself or as an item of a list that its introduction opens.</summary>
    private static IEnumerable<Abrogation> Named(Passage passage)
    {
        var verb = Abrogates().Match(passage.Text);
        var listed = !verb.Success && passage.Introduction is { } introduction && Abrogates().IsMatch(introduction);
        if (!verb.Success && !listed) yield break;
        var text = passage.Text[verb.Index..];
        if (SentenceEnd().Match(text, Math.Min(text.Length, 12)) is { Success: true } end) text = text[..end.Index];
        if (Derogates().Match(text) is { Success: true } derogation) text = text[..derogation.Index];
        foreach (Match match in Law().Matches(text))
        {
            var after = text[(match.Index + match.Length)..];
            var title = match.Groups["title"].Value.Trim().TrimEnd(',', '.', ';');
            yield return new Abrogation(title, Publication().IsMatch(after) ? SpanishDates.First(after[..Math.Min(after.Length, 220)]) : null, null, null);
            if (listed) break;
        }
    }

    /// <summary>The first day without the old law: the day on which the decree enters into force. Null where it depends on anything else.</summary>
    private static DateOnly? Effective(string entry, DateOnly? decree)
    {
        var match = Entry().Match(entry);
        var rule = entry[match.Index..];
        rule = rule[..(SentenceEnd().Match(rule) is { Success: true } end ? end.Index : rule.Length)];
        if (Conditional().IsMatch(rule) || Staged().IsMatch(rule)) return null;
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
        return NumberWords.Read(parts[0], out _) is { } first ? first + (parts.Length > 1 ? NumberWords.Read(parts[1], out _) ?? 1 : 0) : null; // "treinta y un"
    }

    private const string Amount = @"(?<n>\d{1,3}|ciento ochenta|ciento veinte|[a-záéíóú]+(?: y [a-z]+)?)";

    [GeneratedRegex(@"entrar[áa]n?\s+en\s+vigor|entra\s+en\s+vigor|surtir[áa]\s+(?:sus\s+)?efectos|comenzar[áa]\s+a\s+regir|iniciar[áa]\s+su\s+vigencia", RegexOptions.IgnoreCase)]
    private static partial Regex Entry();

    [GeneratedRegex(@"\b(?:se\s+abrogan?|quedan?\s+abrogad[oa]s?|abroga(?:ndo)?\s+(?:la|el|al))\b", RegexOptions.IgnoreCase)]
    private static partial Regex Abrogates();

    [GeneratedRegex(@"(?<!\b(?:de|en|por|con|a)\s)\b(?:[Ll]a|[Ee]l|al)\s+(?<title>(?:Ley|C[óo]digo|Reglamento|Estatuto|Ordenanza|LEY|C[ÓO]DIGO|REGLAMENTO|Decreto)\s[^.;""“”]*?)(?=,?\s+(?:publicad|de fecha|promulgad|expedid|contenid)|,\s+(?:y\s+)?(?:as[ií] como|ambas|salvo|con excepci[óo]n|en lo|quedando|sin perjuicio|los|las|la Ley|el C)|\s+y\s+(?:la|el)\s+(?:Ley|C[óo]digo|Reglamento)|\s+(?:y sus|y todas|y las dem[áa]s|que se opongan|a partir)|\s+de\s+\d{1,2}[oº]?\s+de\s|[.;:,]?\s*$)")]
    private static partial Regex Law();

    [GeneratedRegex(@"(?:,|\by)?\s*\bse\s+(?:derogan?|reforman?|adicionan?)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Derogates();

    [GeneratedRegex(@"^[\s,]*(?:publicad|de fecha|promulgad|expedid|de\s+\d|contenid)", RegexOptions.IgnoreCase)]
    private static partial Regex Publication();

    [GeneratedRegex(@"d[ií]a\s+siguiente", RegexOptions.IgnoreCase)]
    private static partial Regex NextDay();

    [GeneratedRegex(@"mismo\s+d[ií]a|(?:el|al)\s+d[ií]a\s+de\s+su\s+publicaci|en\s+la\s+fecha\s+de\s+su\s+publicaci|a\s+partir\s+de\s+su\s+publicaci", RegexOptions.IgnoreCase)]
    private static partial Regex SameDay();

    [GeneratedRegex(@"(?:a\s+los\s+|dentro\s+de\s+|\b)" + Amount + @"\s+d[ií]as\s+(?:naturales\s+)?(?:despu[ée]s|siguientes|posteriores|contados|de\s+(?:la|su|haber))", RegexOptions.IgnoreCase)]
    private static partial Regex Days();

    [GeneratedRegex(@"(?:a\s+los\s+|al\s+|\b)" + Amount + @"\s+mes(?:es)?\s+(?:despu[ée]s|siguientes?|posteriores|contados|de\s+(?:la|su|haber))", RegexOptions.IgnoreCase)]
    private static partial Regex Months();

    [GeneratedRegex(@"(?:a\s+los\s+|al\s+|\b)" + Amount + @"\s+años?\s+(?:despu[ée]s|siguientes?|posteriores|contados|de\s+(?:la|su|haber))", RegexOptions.IgnoreCase)]
    private static partial Regex Years();

    [GeneratedRegex(@"declaratoria|gradual|conforme|en los t[ée]rminos|siempre que|una vez", RegexOptions.IgnoreCase)]
    private static partial Regex Conditional();

    /// <summary>Exceptions for named articles leave the general date as it is; anything else is a staged entry.</summary>
    [GeneratedRegex(@"(?:con\s+excepci[óo]n|a\s+excepci[óo]n|salvo|excepto)(?!.{0,60}\b(?:art[ií]culos?|transitorios?|fracci[óo]n|fracciones|p[áa]rrafos?|cap[ií]tulos?|t[ií]tulos?)\b)", RegexOptions.IgnoreCase)]
    private static partial Regex Staged();

    [GeneratedRegex(@"[.;](?=\s+[A-ZÁÉÍÓÚ]|\s*$)")]
    private static partial Regex SentenceEnd();
}
