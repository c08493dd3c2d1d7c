using ParalegalBot.Statutes;

namespace ParalegalBot.Ingestion.Parsing;

/// <summary>A paragraph of an article with the notes that stand under it.</summary>
internal sealed class Block(SourceParagraph source, string text)
{
    public string Text { get; } = text;

    public int? Page { get; } = source.Page;

    public double? Indent { get; } = source.Indent;

    public bool Table { get; } = source.TableRow;

    /// <summary>May be an epígrafe: all of it is bold.</summary>
    public bool Bold { get; } = source.Bold;

    public List<ReformNote> Notes { get; } = [];
}

/// <summary>An article while its paragraphs are being gathered.</summary>
internal sealed class ArticleDraft(string number, int? page)
{
    public string Number { get; } = number;

    public int? Page { get; } = page;

    public string? Heading { get; set; }

    public IReadOnlyList<Division> Place { get; init; } = [];

    public bool Transitory { get; init; }

    public DateOnly? Decree { get; init; }

    public List<Block> Blocks { get; } = [];

    /// <summary>Notes on the article as a whole.</summary>
    public List<ReformNote> Notes { get; } = [];

    /// <summary>A note whose subject is the article belongs to the whole, every other to the unit above it.</summary>
    public void Attach(ReformNote note)
    {
        if (Blocks.Count == 0 || note.Subject is "Artículo" or "Articulo" or "Reforma" or "Denominación" or "Numeración") Notes.Add(note);
        else Blocks[^1].Notes.Add(note);
    }
}
