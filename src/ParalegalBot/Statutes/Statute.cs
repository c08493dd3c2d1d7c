namespace ParalegalBot.Statutes;

/// <summary>A law as the store holds it.</summary>
public sealed record Statute
{
    /// <summary><c>LFT</c>.</summary>
    public required string Abbreviation { get; init; }

    /// <summary><c>Ley Federal del Trabajo</c>.</summary>
    public required string Title { get; init; }

    /// <summary>Order of government.</summary>
    public LegalOrder Order { get; init; }

    /// <summary><c>México</c> for federal law, else the state or municipality.</summary>
    public string? Entity { get; init; }

    /// <summary>Subject matter in Spanish: <c>laboral</c>, <c>civil</c>, <c>penal</c>, <c>consumo</c>…</summary>
    public string? Matter { get; init; }

    /// <summary>First publication.</summary>
    public DateOnly? Published { get; init; }

    /// <summary>Publication of the last reform that the text contains.</summary>
    public DateOnly? LastReform { get; init; }

    /// <summary>The day up to which the text is known to be the one in force; no claim of being in force goes beyond it.</summary>
    public DateOnly? VerifiedThrough { get; init; }

    /// <summary>When the law as a whole is in force; ends where another law abrogated it.</summary>
    public Validity Validity { get; init; } = Validity.Open;

    /// <summary>Official address of the source document.</summary>
    public string? SourceUrl { get; init; }

    /// <summary>False for a law of which only the starter set's síntesis are loaded.</summary>
    public bool Official { get; init; } = true;

    /// <summary>Number of body articles.</summary>
    public int Articles { get; init; }

    /// <summary>Number of passages in the current version, transitorios included.</summary>
    public int Passages { get; init; }
}
