namespace ParalegalBot.Statutes;

/// <summary>One article in one of its versions: number, place in the hierarchy, text as passages, notes and validity.</summary>
public sealed record Article
{
    /// <summary>Abbreviation of the law.</summary>
    public required string Law { get; init; }

    /// <summary>The article's number.</summary>
    public required ArticleNumber Number { get; init; }

    /// <summary>The epígrafe, where the law gives one.</summary>
    public string? Heading { get; init; }

    /// <summary>The headings above the article, outermost first.</summary>
    public IReadOnlyList<Division> Place { get; init; } = [];

    /// <summary>The whole text in order; empty for a derogated article without text.</summary>
    public required IReadOnlyList<Passage> Passages { get; init; }

    /// <summary>Notes on the article as a whole.</summary>
    public IReadOnlyList<ReformNote> Notes { get; init; } = [];

    /// <summary>When this version is in force.</summary>
    public Validity Validity { get; init; } = Validity.Open;

    /// <summary>Page of the official PDF on which the article begins.</summary>
    public int? Page { get; init; }

    /// <summary>True for a transitorio, of the law itself or of a reform decree.</summary>
    public bool Transitory { get; init; }

    /// <summary>For a transitorio: publication date of the decree it belongs to.</summary>
    public DateOnly? Decree { get; init; }

    /// <summary>True where the whole article was repealed.</summary>
    public bool Derogated => Validity.Reason is ValidityReason.Derogated;

    /// <summary>The latest reform date named by the notes of the article or of its parts.</summary>
    public DateOnly? LastReform => Notes.Concat(Passages.SelectMany(passage => passage.Notes))
        .SelectMany(note => note.Dates).Select(date => (DateOnly?)date).Max();
}
