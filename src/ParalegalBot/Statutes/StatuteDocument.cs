namespace ParalegalBot.Statutes;

/// <summary>A law as one source document yields it, before it meets the store.</summary>
public sealed record StatuteDocument
{
    /// <summary>Title as printed, in sentence case where the file shouts.</summary>
    public required string Title { get; init; }

    /// <summary>First publication in the DOF (or the state's gazette).</summary>
    public DateOnly? Published { get; init; }

    /// <summary>The last reform that the text contains.</summary>
    public DateOnly? LastReform { get; init; }

    /// <summary>Body articles and then transitorios, in the order of the document.</summary>
    public required IReadOnlyList<Article> Articles { get; init; }

    /// <summary>What the head of the document says of the law's fate as a whole: abrogated, declared invalid, ending step by step.</summary>
    public Validity Validity { get; init; } = Validity.Open;

    /// <summary>Other laws that a transitorio of this one abrogates.</summary>
    public IReadOnlyList<Abrogation> Abrogations { get; init; } = [];

    /// <summary>What the parser was unsure of, one sentence each.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}

/// <summary>A transitorio's statement that another law ceases to be in force.</summary>
/// <param name="Title">Title of the abrogated law as printed.</param>
/// <param name="Published">Publication date of the abrogated law, where the transitorio gives it.</param>
/// <param name="Effective">First day on which the abrogated law is no longer in force; null where it cannot be told.</param>
/// <param name="Condition">A condition or staged entry, verbatim, where there is one.</param>
public sealed record Abrogation(string Title, DateOnly? Published, DateOnly? Effective, string? Condition);
