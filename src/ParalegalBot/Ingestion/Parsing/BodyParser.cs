using System.Globalization;
using System.Text.RegularExpressions;
using ParalegalBot.Statutes;

namespace ParalegalBot.Ingestion.Parsing;

/// <summary>Walks the body once: headings of the hierarchy open places, headings of articles open articles, notes go where they belong.</summary>
internal sealed partial class BodyParser(IReadOnlyList<SourceParagraph> paragraphs, IReadOnlyDictionary<int, ArticleHeading> headings)
{
    private readonly List<ArticleDraft> _drafts = [];
    private readonly List<Division> _place = [];
    private readonly List<ReformNote> _ahead = [];
    private ArticleDraft? _open;
    private bool _titleExpected;
    private bool _afterNote;

    public IReadOnlyList<ArticleDraft> Parse(int first, int end)
    {
        for (var i = FirstDivision(first); i < end; i++)
        {
            if (_drafts.Count > 0 && IsPromulgation(i)) break;
            Read(i);
        }
        return _drafts;
    }

    private void Read(int i)
    {
        var paragraph = paragraphs[i];
        if (headings.TryGetValue(i, out var heading)) OpenArticle(i, heading);
        else if (TakeNote(paragraph)) return;
        else if (DivisionHeading.Of(paragraph) is { } division) OpenDivision(division);
        else if (_titleExpected && IsTitleLine(paragraph)) _place[^1] = _place[^1] with { Title = _place[^1].Title is { } title ? $"{title} {paragraph.Text}" : paragraph.Text };
        else if (IsRubric(i)) OpenDivision(new Division(DivisionKind.Subseccion, paragraph.Text, null));
        else AddText(paragraph);
        _afterNote = false;
    }

    private bool TakeNote(SourceParagraph paragraph)
    {
        var notes = ReformNoteParser.Of(paragraph);
        if (notes.Count == 0) return _afterNote && ReformNoteParser.IsContinuation(paragraph);
        _afterNote = true;
        if (ReformNoteParser.Precedes(paragraph)) _ahead.AddRange(notes.Where(note => !note.Text.Contains("DENOMINACI", StringComparison.OrdinalIgnoreCase)));
        else if (!_titleExpected || _open is not null) foreach (var note in notes) Attach(note);
        return true;
    }

    /// <summary>Notes on a division are not kept: they speak of no text.</summary>
    private void Attach(ReformNote note)
    {
        if (note.Subject is "Capítulo" or "Capitulo" or "Título" or "Titulo" or "Sección" or "Libro" or "Subsección") return;
        _open?.Attach(note);
    }

    private void OpenArticle(int i, ArticleHeading heading)
    {
        var paragraph = paragraphs[i];
        _titleExpected = false;
        for (var value = heading.Value; value < heading.RangeEnd; value++)
            OpenDraft(value.ToString(CultureInfo.InvariantCulture), paragraph).Blocks.Add(new Block(paragraph, heading.Rest));
        _open = OpenDraft(heading.RangeEnd?.ToString(CultureInfo.InvariantCulture) ?? heading.Number, paragraph);
        foreach (var note in _ahead) _open.Notes.Add(note);
        _ahead.Clear();
        if (heading.Rest.Length == 0) return;
        if (Epigraph.IsEpigraph(heading.Rest, paragraph, Next(i))) _open.Heading = heading.Rest.Trim().TrimEnd('.');
        else _open.Blocks.Add(new Block(paragraph, heading.Rest));
    }

    private ArticleDraft OpenDraft(string number, SourceParagraph paragraph)
    {
        var draft = new ArticleDraft(number, paragraph.Page) { Place = [.. _place] };
        _drafts.Add(draft);
        return draft;
    }

    private void OpenDivision(Division division)
    {
        _place.RemoveAll(above => above.Kind >= division.Kind);
        _place.Add(division);
        _titleExpected = division.Title is null && (division.Kind is not DivisionKind.Subseccion || DivisionLabel().IsMatch(division.Label));
        _open = null;
        _ahead.Clear();
    }

    private void AddText(SourceParagraph paragraph)
    {
        _titleExpected = false;
        if (_open is null) return;
        if (_open.Heading is null && _open.Blocks.Count == 0 && Epigraph.IsLine(paragraph)) { _open.Heading = paragraph.Text.TrimEnd('.'); return; }
        var block = new Block(paragraph, paragraph.Text);
        block.Notes.AddRange(_ahead);
        _ahead.Clear();
        _open.Blocks.Add(block);
    }

    /// <summary>The title of a division below its label: centred, or short and without a full stop where the file has no layout.</summary>
    private bool IsTitleLine(SourceParagraph paragraph) =>
        !paragraph.TableRow && paragraph.Text.Length < 300 && UnitLabel.Of(paragraph.Text) is null
        && (paragraph.Centered || paragraph.Bold || (paragraph.Text.Length < 140 && !paragraph.Text.EndsWith('.')));

    /// <summary>A centred line without label between articles: a heading of its own, such as <c>Disposiciones Preliminares</c>.</summary>
    private bool IsRubric(int i)
    {
        var paragraph = paragraphs[i];
        if (!paragraph.Centered || paragraph.TableRow || paragraph.Text.Length > 160 || paragraph.Text[^1] is '.' or ':' or ';' or ',' || !paragraph.Text.Any(char.IsLetter)) return false;
        return Next(i) is not null && (headings.ContainsKey(i + 1) || (DivisionHeading.Of(paragraphs[i + 1]) is not null) || (ReformNoteParser.Of(paragraphs[i + 1]).Count > 0 && headings.ContainsKey(i + 2)));
    }

    private SourceParagraph? Next(int i)
    {
        for (var j = i + 1; j < paragraphs.Count && j < i + 5; j++)
            if (ReformNoteParser.Of(paragraphs[j]).Count == 0) return headings.ContainsKey(j) ? null : paragraphs[j];
        return null;
    }

    /// <summary>Divisions above the first article: those right before it, after title and promulgation.</summary>
    private int FirstDivision(int first)
    {
        for (var i = 0; i < first; i++)
            if (DivisionHeading.Of(paragraphs[i]) is not null) return i;
        return first;
    }

    /// <summary>The signatures and the formula of promulgation close a body that has no transitorios.</summary>
    private bool IsPromulgation(int i) => !headings.ContainsKey(i) && Promulgation().IsMatch(paragraphs[i].Text);

    [GeneratedRegex(@"^(?:En cumplimiento (?:de|a) lo dispuesto (?:por|en) la fracci[óo]n I del Art[ií]culo 89)|R[úu]bricas?\.?[""”]?$", RegexOptions.IgnoreCase)]
    private static partial Regex Promulgation();

    [GeneratedRegex(@"^(?:APARTADO|Apartado|SUBSECCI|Subsecci)")]
    private static partial Regex DivisionLabel();
}
