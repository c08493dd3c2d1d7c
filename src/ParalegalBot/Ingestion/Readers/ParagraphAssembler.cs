using System.Text;
using System.Text.RegularExpressions;

namespace ParalegalBot.Ingestion.Readers;

/// <summary>
/// Joins the lines of a PDF into paragraphs, across pages too. A line begins a paragraph when layout says so: a wider gap above,
/// another type size, a new indent, or a line before it on which its first word would still have fitted.
/// </summary>
internal sealed partial class ParagraphAssembler
{
    private const double Slack = 3;

    private readonly double _body;
    private readonly double _left;
    private readonly double _right;
    private readonly bool _hyphenates;
    private readonly Dictionary<double, double> _spacing;
    private readonly List<SourceParagraph> _paragraphs = [];
    private readonly List<PdfLine> _open = [];

    private ParagraphAssembler(IReadOnlyList<IReadOnlyList<PdfLine>> pages)
    {
        var lines = pages.SelectMany(page => page).ToList();
        _body = Mode(lines.Select(line => Math.Round(line.Size)), 10);
        var text = lines.Where(line => Math.Abs(line.Size - _body) < 1).ToList();
        _right = Mode(text.Select(line => Math.Round(line.Right)), 540);
        _left = text.Where(line => line.Right > _right - 40).Select(line => Math.Round(line.Left)).GroupBy(x => x)
            .Where(group => group.Count() * 25 > text.Count).Select(group => group.Key).DefaultIfEmpty(72).Min();
        _hyphenates = lines.Count(EndsInHyphen) * 60 > lines.Count;
        _spacing = Spacings(pages);
    }

    public static IReadOnlyList<SourceParagraph> Assemble(IReadOnlyList<IReadOnlyList<PdfLine>> pages)
    {
        var assembler = new ParagraphAssembler(pages);
        foreach (var line in pages.SelectMany(page => page)) assembler.Add(line);
        assembler.Close();
        return assembler._paragraphs;
    }

    private void Add(PdfLine line)
    {
        if (_open.Count > 0 && Begins(line)) Close();
        _open.Add(line);
    }

    private bool Begins(PdfLine line)
    {
        var before = _open[^1];
        var first = _open[0];
        if (Math.Abs(line.Size - before.Size) > 1.2 || before.Columns || line.Columns) return true;
        if (line.Page == before.Page && before.Baseline - line.Baseline > 1.3 * _spacing.GetValueOrDefault(Math.Round(line.Size), 1.15 * line.Size)) return true;
        if (IsRight(line) != IsRight(before)) return true;
        if (IsRight(before)) return ReformNoteStart().IsMatch(line.Text);
        if (line.BoldStart && !before.Bold && (line.Bold || before.Text[^1] is '.' or ';' or ':') && (line.Page != before.Page || ArticleStart().IsMatch(line.Text))) return true;
        if (IsCentered(before) && IsCentered(line)) return before.Right - before.Left + line.FirstWord + (0.3 * line.Size) < 0.93 * (_right - _left);
        if (IsCentered(before) || !Wraps(before, line)) return true;
        return Indents(first, before, line);
    }

    /// <summary>The left edges tell: a first line that is set in, a hanging label, or a block without either.</summary>
    private bool Indents(PdfLine first, PdfLine before, PdfLine line)
    {
        if (_open.Count > 1) return Math.Abs(line.Left - before.Left) > Slack;
        if (line.Left > first.Left + Slack) return !Label().IsMatch(first.Text);
        return line.Left > first.Left - Slack && line.Left > _left + Slack && (line.Page != before.Page || Label().IsMatch(line.Text)) && before.Text[^1] is '.' or ';' or ':';
    }

    /// <summary>True where the first word of the next line would not have fitted any more.</summary>
    private bool Wraps(PdfLine before, PdfLine line) => before.Right + line.FirstWord + (0.25 * line.Size) > _right - 1;

    private bool IsCentered(PdfLine line) => line.Left > _left + 18 && line.Right < _right - 6 && IsSymmetric(line, 9);

    private bool IsSymmetric(PdfLine line, double tolerance) => Math.Abs(line.Left + line.Right - _left - _right) < tolerance;

    /// <summary>Set against the right margin; a long note of small type fills the line from the left margin on.</summary>
    private bool IsRight(PdfLine line) =>
        (line.Left > _left + (0.3 * (_right - _left)) || line.Size < 0.85 * _body) && Math.Abs(line.Right - _right) < 4;

    private void Close()
    {
        if (_open.Count == 0) return;
        var first = _open[0];
        _paragraphs.Add(new SourceParagraph(Join())
        {
            Page = first.Page,
            BoldStart = first.BoldStart,
            Bold = _open.All(line => line.Bold),
            Centered = _open.All(IsCentered) || (_open.Count > 1 && _open.All(line => IsSymmetric(line, 17)) && _open[^1].Left > _left + 18),
            RightAligned = _open.All(line => IsRight(line) || line.Size < 0.85 * _body) && _open.Any(IsRight),
            Indent = Math.Round(first.Left - _left),
        });
        _open.Clear();
    }

    private string Join()
    {
        if (_open.Count == 1) return _open[0].Text;
        var text = new StringBuilder(_open[0].Text);
        foreach (var line in _open.Skip(1))
        {
            if (!EndsInHyphen(text)) text.Append(' ');
            else if (_hyphenates && char.IsLower(line.Text[0])) text.Length--;
            text.Append(line.Text);
        }
        return text.ToString();
    }

    private static bool EndsInHyphen(PdfLine line) => line.Text is [.., var letter, '-'] && char.IsLetterOrDigit(letter);

    private static bool EndsInHyphen(StringBuilder text) => text.Length > 1 && text[^1] == '-' && char.IsLetterOrDigit(text[^2]);

    /// <summary>The usual distance between two lines of each type size.</summary>
    private static Dictionary<double, double> Spacings(IReadOnlyList<IReadOnlyList<PdfLine>> pages) => pages
        .SelectMany(page => page.Zip(page.Skip(1)))
        .Where(pair => Math.Abs(pair.First.Size - pair.Second.Size) < 0.3 && pair.First.Baseline - pair.Second.Baseline is > 0 and var gap && gap < 2 * pair.First.Size)
        .GroupBy(pair => Math.Round(pair.First.Size))
        .ToDictionary(group => group.Key, group => Mode(group.Select(pair => Math.Round((pair.First.Baseline - pair.Second.Baseline) * 2) / 2), 1.15 * group.Key));

    private static double Mode(IEnumerable<double> values, double otherwise) =>
        values.GroupBy(value => value).MaxBy(group => group.Count())?.Key ?? otherwise;

    [GeneratedRegex(@"^(\(?[IVXLCDM]+(\s(Bis|BIS|Ter|TER))?[.\-)]|\(?[A-Za-zñÑ][.\-)]|\d{1,2}[.\-)]|[ivx]+[.)])")]
    private static partial Regex Label();

    [GeneratedRegex(@"^(ART[IÍ]CULO|Art[ií]culo)\s")]
    private static partial Regex ArticleStart();

    [GeneratedRegex(@"^(Art[ií]culo|P[áa]rrafos?|Fracci[óo]n(es)?|Incisos?|Apartados?|Reforma|Fe de erratas|Cap[ií]tulo|T[ií]tulo|Secci[óo]n|Libro|Numeral|Denominaci[óo]n|Reubicad|Adici[óo]n|Suspensi[óo]n|Disposici[óo]n|Multas?|Cantidad(es)?|Monto|Sustancia|Lista|Ep[ií]grafe|Encabezado|Aclaraci[óo]n|Derogaci[óo]n|Referencia|Base|Tabla|Recorrido|Numeraci[óo]n|Principio|Declaratoria)\b")]
    private static partial Regex ReformNoteStart();
}
