using System.Text.RegularExpressions;
using ParalegalBot.Statutes;

namespace ParalegalBot.Ingestion.Parsing;

/// <summary>What stands above the first article: title, publication, last reform, and notes on the fate of the law as a whole.</summary>
internal sealed partial record DocumentHead(string Title, DateOnly? Published, DateOnly? LastReform, Validity Validity, string Gazette)
{
    private const int Longest = 80;

    public static DocumentHead Read(IReadOnlyList<SourceParagraph> paragraphs, int firstArticle)
    {
        var head = paragraphs.Take(Math.Min(firstArticle, Longest)).ToList();
        var editorial = head.TakeWhile(paragraph => !Promulgation().IsMatch(paragraph.Text)).ToList();
        var text = string.Join(' ', editorial.Select(paragraph => paragraph.Text));
        var all = string.Join(' ', head.Select(paragraph => paragraph.Text));
        return new DocumentHead(
            ReadTitle(head),
            DateAfter(Publication(), text) ?? DateAfter(Publication(), all),
            DateAfter(LastReformLine(), text) ?? DateAfter(LastReformLine(), all),
            ReadValidity(head, editorial),
            GazetteName().Match(all) is { Success: true } gazette && !all.Contains("Diario Oficial de la Federaci", StringComparison.OrdinalIgnoreCase)
                ? (gazette.Value[0] is 'P' or 'p' ? "PO" : "GO") : "DOF");
    }

    private static string ReadTitle(List<SourceParagraph> head)
    {
        var start = Math.Max(0, head.FindIndex(paragraph => Kind().IsMatch(paragraph.Text)));
        var lines = new List<string>();
        foreach (var paragraph in head.Skip(start))
        {
            if (lines.Count > 0 && (EndsTitle().IsMatch(paragraph.Text) || lines.Count == 4 || DivisionHeading.Of(paragraph) is not null || ReformNoteParser.Of(paragraph).Count > 0 || paragraph.Text == lines[0])) break;
            lines.Add(paragraph.Text);
        }
        return SentenceCase(Former().Replace(string.Join(' ', lines), "").Trim('"', '“', '”', ' ', '.'));
    }

    /// <summary>Only a title that shouts is changed: words begin with a capital, the small ones do not.</summary>
    private static string SentenceCase(string title)
    {
        if (title.Count(char.IsLower) * 10 > title.Length) return title;
        var words = NumberWords.Capitalised(title).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        for (var i = 1; i < words.Length; i++)
            if (SmallWord().IsMatch(words[i])) words[i] = words[i].ToLowerInvariant();
            else if (RomanWord().IsMatch(words[i])) words[i] = words[i].ToUpperInvariant();
        return string.Join(' ', words);
    }

    private static DateOnly? DateAfter(Regex line, string text)
    {
        foreach (Match match in line.Matches(text))
            if (SpanishDates.First(text.Substring(match.Index, Math.Min(text.Length - match.Index, match.Length + 160))) is { } date) return date;
        return null;
    }

    /// <summary>The strongest statement wins: revived, then declared invalid, then ending by a date, then abrogated.</summary>
    private static Validity ReadValidity(List<SourceParagraph> head, List<SourceParagraph> editorial)
    {
        var notes = head.Select(paragraph => paragraph.Text).Where(text => text.Length < 500).ToList();
        if (notes.Find(text => Revival().IsMatch(text)) is { } revival)
            return new Validity(SpanishDates.InFigures(notes.FindLast(text => Revival().IsMatch(text)) ?? revival).Select(date => (DateOnly?)date).FirstOrDefault(), null, ValidityReason.Revived);
        if (notes.FindLast(text => Invalidity().IsMatch(text)) is { } invalidity)
            return SpanishDates.InFigures(invalidity) is [.., _] dates
                ? new Validity(null, dates[0].AddDays(-1), ValidityReason.DeclaredInvalid)
                : new Validity(null, null, ValidityReason.DeclaredInvalid, invalidity);
        if (editorial.Select(paragraph => paragraph.Text).FirstOrDefault(text => text.Length < 300 && Abrogated().IsMatch(text)) is not { } end) return Validity.Open;
        if (Latest().Match(end) is { Success: true } latest && SpanishDates.First(end[latest.Index..]) is { } limit) return new Validity(null, limit, ValidityReason.Abrogated, end);
        var date = SpanishDates.First(end);
        return new Validity(null, date, ValidityReason.Abrogated, date is null ? end : null);
    }

    [GeneratedRegex(@"^[""“]?(?:(?:NUEV[OA]\s+)?(?:LEY|C[ÓO]DIGO|REGLAMENTO|CONSTITUCI[ÓO]N|ESTATUTO|PRESUPUESTO|ORDENANZA|BANDO|DECRETO|LINEAMIENTOS|ACUERDO|REGLAS|NORMAS|TARIFA|IMPUESTO|ARANCEL)\b|(?:Ley|C[óo]digo|Reglamento|Constituci[óo]n|Estatuto|Ordenanza|Bando|Presupuesto)\s)")]
    private static partial Regex Kind();

    [GeneratedRegex(@"publicad[oa]|^texto\s|^[úu]ltima|^al margen|^nuev[oa]\s|^\W*decreto\b|vigente|^art[ií]culo|^\d|^disposiciones|^fe de erratas|^\W*(?:el|la) |DOF|oficial", RegexOptions.IgnoreCase)]
    private static partial Regex EndsTitle();

    [GeneratedRegex(@"^Al margen|habitantes,?\s+sabed|^\W*D\s?E\s?C\s?R\s?E\s?T\s?O", RegexOptions.IgnoreCase)]
    private static partial Regex Promulgation();

    [GeneratedRegex(@"(?<!reforma[s]?\s)(?:publicad[oa]s?|promulgad[oa])\s+(?:en|el|la|DOF|P)", RegexOptions.IgnoreCase)]
    private static partial Regex Publication();

    [GeneratedRegex(@"[úu]ltimas?\s+reformas?", RegexOptions.IgnoreCase)]
    private static partial Regex LastReformLine();

    [GeneratedRegex(@"^(?:Nuev[oa] )?(?:Ley|C[óo]digo|Reglamento|Decreto|Estatuto|Texto)\b.{0,40}\babrogad[oa]", RegexOptions.IgnoreCase)]
    private static partial Regex Abrogated();

    [GeneratedRegex(@"^Abrogaci[óo]n .*declarada inv[áa]lida|^Texto .?Que Recupera Vigencia", RegexOptions.IgnoreCase)]
    private static partial Regex Revival();

    [GeneratedRegex(@"^(?:Declaraci[óo]n|Declaratoria) de invalidez (?:total )?(?:de est[ea] (?:Ley|C[óo]digo|Reglamento)|del Decreto .{0,40}que expidi[óo])|^(?:Ley|C[óo]digo|Reglamento|Decreto que expide)\b.*declarad[oa] inv[áa]lid[oa]", RegexOptions.IgnoreCase)]
    private static partial Regex Invalidity();

    [GeneratedRegex(@"no exceda|a m[áa]s tardar|no podr[áa] exceder", RegexOptions.IgnoreCase)]
    private static partial Regex Latest();

    [GeneratedRegex(@"peri[óo]dico oficial|gaceta(?: oficial| del gobierno)|bolet[ií]n oficial", RegexOptions.IgnoreCase)]
    private static partial Regex GazetteName();

    [GeneratedRegex(@"^(?:de|del|la|las|el|los|y|e|en|a|al|o|u|para|por|con|su|sus|sobre|que|se|entre|sin|lo|una?|como|o/y|y/o|contra|bajo|ante|hacia|ni)$", RegexOptions.IgnoreCase)]
    private static partial Regex SmallWord();

    /// <summary>The name that the law had before: <c>(Antes “Ley Minera”)</c>.</summary>
    [GeneratedRegex(@"\s*\(antes .*\)\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex Former();

    [GeneratedRegex(@"^\(?(?:x{0,3}(?:i{1,3}|i[vx]|vi{0,3})|x{1,3})[),]?$", RegexOptions.IgnoreCase)]
    private static partial Regex RomanWord();
}
