using System.Globalization;
using System.Text.RegularExpressions;
using ParalegalBot.Statutes;

namespace ParalegalBot.Ingestion.Parsing;

/// <summary>
/// Everything after the last article: the law's own transitorios and those of each reform decree. What a decree orders (its own
/// articles, which start again at one) is not law of this statute and is passed over; only what stands under TRANSITORIOS is kept.
/// </summary>
internal sealed partial class TransitorioParser(string gazette, DateOnly? published)
{
    private readonly List<ArticleDraft> _drafts = [];
    private readonly Dictionary<string, int> _seen = new(StringComparer.OrdinalIgnoreCase);
    private DateOnly? _decree = published;
    private bool _inside;
    private ArticleDraft? _open;
    private int _last;

    /// <summary>True for the line that heads transitorios: <c>TRANSITORIOS</c>, <c>Artículos Transitorios</c>.</summary>
    public static bool IsHeading(SourceParagraph paragraph) =>
        !paragraph.TableRow && !paragraph.RightAligned && (Heading().IsMatch(paragraph.Text) || SpacedHeading().IsMatch(paragraph.Text));

    public IReadOnlyList<ArticleDraft> Parse(IReadOnlyList<SourceParagraph> paragraphs, int from)
    {
        for (var i = from; i < paragraphs.Count; i++) Read(paragraphs[i]);
        return [.. _drafts.Where(draft => draft.Blocks.Count > 0)];
    }

    private void Read(SourceParagraph paragraph)
    {
        var text = paragraph.Text;
        if (ReformNoteParser.Of(paragraph) is { Count: > 0 } notes)
        {
            foreach (var note in notes) _open?.Attach(note);
        }
        else if (Collection().IsMatch(text)) End(null);
        else if (Published().IsMatch(text) && text.Length < 300 && SpanishDates.First(text) is { } date)
        {
            End(date);
            _inside = text[1] == '.'; // collections that print "P.O. 3 DE MARZO DE 2010." list the decree's transitorios right below
        }
        else if (IsHeading(paragraph)) (_inside, _open, _last) = (true, null, 0);
        else if (DecreeTitle().IsMatch(text) && (paragraph.BoldStart || paragraph.Centered || !_inside)) End(_decree);
        else if (Signature().IsMatch(text)) End(_decree);
        else if (_inside && !Ellipsis().IsMatch(text)) Keep(paragraph, text);
    }

    private void End(DateOnly? decree) => (_inside, _open, _last, _decree) = (false, null, 0, decree);

    private void Keep(SourceParagraph paragraph, string text)
    {
        if (Item(text) is { } item && (item.Value == _last + 1 || item.Value == 1 || (item.Value > _last && item.Value - _last <= 40) || item.Suffixed))
        {
            _last = item.Value;
            _open = Draft(item.Number, paragraph);
            if (item.Rest.Length > 0 && !Ellipsis().IsMatch(item.Rest)) _open.Blocks.Add(new Block(paragraph, item.Rest));
            return;
        }
        if (_open is null)
        {
            if (paragraph.Centered && paragraph.Text.Length < 160) return; // a subtitle under the heading
            _open = Draft("Único", paragraph);
        }
        _open.Blocks.Add(new Block(paragraph, text));
    }

    private ArticleDraft Draft(string number, SourceParagraph paragraph)
    {
        var printed = _decree is { } date ? $"{number} transitorio ({gazette} {date.ToString("dd-MM-yyyy", CultureInfo.InvariantCulture)})" : $"{number} transitorio";
        var key = ArticleNumber.KeyOf(printed);
        _seen[key] = _seen.GetValueOrDefault(key) + 1;
        if (_seen[key] > 1) printed = $"{printed.TrimEnd(')')}, {_seen[key]}{(printed.EndsWith(')') ? ")" : "")}";
        var draft = new ArticleDraft(printed, paragraph.Page) { Transitory = true, Decree = _decree };
        _drafts.Add(draft);
        return draft;
    }

    private static ArticleHeading? Item(string text)
    {
        if (ArticleHeading.Of(text) is { } heading) return heading.Weak ? null : heading;
        var match = Bare().Match(text);
        if (!match.Success) return null;
        var written = match.Groups["words"].Success ? match.Groups["words"].Value : match.Groups["digits"].Value;
        if (match.Groups["digits"].Success)
            return new ArticleHeading(written.Trim(), int.Parse(match.Groups["value"].ValueSpan, CultureInfo.InvariantCulture), text[match.Length..].Trim());
        if (NumberWords.Read(written, out var length) is not { } value || length < written.TrimEnd().Length) return null;
        return new ArticleHeading(NumberWords.Capitalised(written.Trim()), value, text[match.Length..].Trim()) { InWords = true };
    }

    [GeneratedRegex(@"^\W*(?:(?:ART[IÍ]CULOS?|Art[ií]culos?)\s+)?(?:TRANSITORI[OA]S?|Transitori[oa]s?)(?:\s+(?:DEL?|DE LA|DE LAS|Del?)\s.*|\s*[.:]?)\W*$")]
    private static partial Regex Heading();

    [GeneratedRegex(@"^T\s?R\s?A\s?N\s?S\s?I\s?T\s?O\s?R\s?I\s?[OA]\s?S?\s?[.:]?$|^(?:DISPOSICIONES|Disposiciones)\s+(?:TRANSITORIAS|transitorias|Transitorias)$")]
    private static partial Regex SpacedHeading();

    [GeneratedRegex(@"^\W*(?:ART[IÍ]CULOS?\s+)?TRANSITORIOS\s+DE\s+(?:LOS\s+)?DECRETOS?\s+DE\s+REFORMA", RegexOptions.IgnoreCase)]
    private static partial Regex Collection();

    [GeneratedRegex(@"^\(?(?:Publicad[oa]s?|PUBLICAD[OA]S?|(?:P\.\s?O\.|G\.\s?O\.|B\.\s?O\.|D\.\s?O\.))\s")]
    private static partial Regex Published();

    [GeneratedRegex(@"^[""“]?(?:DECRETO|D\s?E\s?C\s?R\s?E\s?T\s?O|ACUERDO|LEY|REFORMAS?|FE DE ERRATAS|ACLARACI[ÓO]N|SENTENCIA|RESOLUCI[ÓO]N|C[ÓO]DIGO|Decreto|Ley)\b(?:\s+(?:por|que|de|para|mediante|n[úu]mero|n[úu]m)\b|\s*$)", RegexOptions.IgnoreCase)]
    private static partial Regex DecreeTitle();

    [GeneratedRegex(@"R[úu]bricas?\W*$|^(?:En cumplimiento (?:de|a) lo dispuesto|En cumplimiento (?:de|a|por) la fracci|Dad[oa] en (?:el|la) |Salón de Sesiones|Sal[óo]n de Sesiones)|^(?:M[ée]xico|Ciudad de M[ée]xico|M[ÉE]XICO)[^.]{0,20},.{0,40}\d{4}\.?-?\s?[–-]?\s?(?:Dip|Sen|Lic|C\.|El|$)", RegexOptions.IgnoreCase)]
    private static partial Regex Signature();

    [GeneratedRegex(@"^[\s.…·]+$")]
    private static partial Regex Ellipsis();

    [GeneratedRegex(@"^(?:(?:TRANSITORIO|Transitorio)\s+)?(?:(?<words>[A-ZÁÉÍÓÚÑ][A-Za-záéíóúñÁÉÍÓÚÑ]+(?:\s[A-ZÁÉÍÓÚa-záéíóú][A-Za-záéíóúÁÉÍÓÚ]+)?)\s?(?:\.\s?[-–—]+|[.:]|[-–—]+)|(?<digits>(?<value>\d{1,3})\s?[oº°]?)\.?\s?(?:\.\s?[-–—]*|[-–—)]+))\s*(?=\S)")]
    private static partial Regex Bare();
}
