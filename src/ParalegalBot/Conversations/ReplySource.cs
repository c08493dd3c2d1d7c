using ParalegalBot.Statutes;

namespace ParalegalBot.Conversations;

/// <summary>A passage as a reply shows it, with what is known about its law.</summary>
public sealed record ReplySource
{
    /// <summary>Number of the citation, from 1; null for a source that no claim stands on.</summary>
    public int? Number { get; init; }

    /// <summary><c>art. 47, fr. II, LFT</c>.</summary>
    public required string Printed { get; init; }

    /// <summary>Abbreviation of the law.</summary>
    public required string Law { get; init; }

    /// <summary>Title of the law; its abbreviation where the store does not hold it.</summary>
    public required string LawTitle { get; init; }

    /// <summary>Path of the page that opens this very passage.</summary>
    public required string Url { get; init; }

    /// <summary>The cited sentences, or the whole passage, as the store holds them.</summary>
    public required string Text { get; init; }

    /// <summary>False for a síntesis of the starter set: its text is never shown between quotation marks.</summary>
    public bool Official { get; init; } = true;

    /// <summary>The latest reform that the passage's own notes name.</summary>
    public DateOnly? Amended { get; init; }

    /// <summary>The law's last reform.</summary>
    public DateOnly? LastReform { get; init; }

    /// <summary>The day up to which the law's text was verified.</summary>
    public DateOnly? VerifiedThrough { get; init; }

    /// <summary>The text between Spanish quotation marks, or the bare síntesis.</summary>
    public string Quoted => Official ? $"«{Text}»" : Text;

    /// <summary>Last reform and verification date as one line; empty where neither is known.</summary>
    public string Currency => string.Join(". ", new[]
    {
        Amended is { } amended ? $"Texto reformado: DOF {SpanishDate.Long(amended)}" : null,
        LastReform is { } reform ? $"Última reforma de la ley: {SpanishDate.Long(reform)}" : null,
        VerifiedThrough is { } verified ? $"Verificado hasta: {SpanishDate.Long(verified)}" : null,
    }.OfType<string>());

    internal static ReplySource From(Passage passage, string text, int? number, Func<string, Statute?> find)
    {
        var statute = find(passage.Law);
        return new ReplySource
        {
            Number = number,
            Printed = passage.PrintedCitation,
            Law = passage.Law,
            LawTitle = statute?.Title ?? passage.Law,
            Url = passage.Url,
            Text = text,
            Official = passage.Official,
            Amended = passage.Notes.SelectMany(note => note.Dates).Select(date => (DateOnly?)date).Max(),
            LastReform = statute?.LastReform,
            VerifiedThrough = statute?.VerifiedThrough,
        };
    }
}
