namespace ParalegalBot.Ingestion;

/// <summary>The kinds of file that can be read.</summary>
public enum SourceKind
{
    /// <summary>PDF with a text layer.</summary>
    Pdf,

    /// <summary>Office Open XML document.</summary>
    Docx,

    /// <summary>HTML page.</summary>
    Html,

    /// <summary>Plain text or Markdown.</summary>
    Text,
}

/// <summary>A document as its reader yields it: paragraphs in reading order, page furniture removed.</summary>
/// <param name="Kind">What the file was.</param>
/// <param name="Paragraphs">Never empty; each has text.</param>
public sealed record SourceText(SourceKind Kind, IReadOnlyList<SourceParagraph> Paragraphs);

/// <summary>One paragraph, heading line or table row with what the layout tells about it.</summary>
/// <param name="Text">One line, blanks collapsed; the cells of a table row are joined by <c> | </c>.</param>
public sealed record SourceParagraph(string Text)
{
    /// <summary>Page on which it begins, from 1; null where the file has no pages.</summary>
    public int? Page { get; init; }

    /// <summary>Its first word is bold.</summary>
    public bool BoldStart { get; init; }

    /// <summary>All of it is bold.</summary>
    public bool Bold { get; init; }

    /// <summary>Centred between the margins.</summary>
    public bool Centered { get; init; }

    /// <summary>Set against the right margin.</summary>
    public bool RightAligned { get; init; }

    /// <summary>Where its first line begins, in points from the left margin; null where the file does not say.</summary>
    public double? Indent { get; init; }

    /// <summary>A row of a table.</summary>
    public bool TableRow { get; init; }
}
