namespace ParalegalBot.Ingestion.Readers;

/// <summary>One line of a PDF page. Coordinates are points; <see cref="Baseline"/> grows upwards, as PDF has it.</summary>
internal sealed record PdfLine(int Page, string Text, double Left, double Right, double Baseline, double Size)
{
    public bool BoldStart { get; init; }

    public bool Bold { get; init; }

    /// <summary>Width of the first word, which decides whether it would still have fitted on the line before.</summary>
    public double FirstWord { get; init; }

    /// <summary>Two or more wide gaps: columns of a table.</summary>
    public bool Columns { get; init; }
}
