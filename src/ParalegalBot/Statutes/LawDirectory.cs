namespace ParalegalBot.Statutes;

/// <summary>
/// Reads references with every law name that is known: those of the catalogue, those of laws that are known and not held, and the titles
/// in the store, which may hold laws that no catalogue lists.
/// </summary>
public sealed class LawDirectory(StatuteStore store, IEnumerable<(string Name, string Abbreviation)> known)
{
    private readonly Lock gate = new();
    private readonly List<(string Name, string Abbreviation)> known = [.. known];
    private (long Generation, StatuteReferenceParser Parser)? current;

    /// <summary>The references in a text.</summary>
    public IReadOnlyList<StatuteReference> Parse(string text)
    {
        var generation = store.Generation;
        StatuteReferenceParser parser;
        lock (gate)
        {
            if (current?.Generation != generation) current = (generation, new StatuteReferenceParser(new LawNames(Names())));
            parser = current.Value.Parser;
        }
        return parser.Parse(text);
    }

    private IEnumerable<(string, string)> Names() =>
        store.Statutes().SelectMany(statute => new[] { (statute.Title, statute.Abbreviation), (statute.Abbreviation, statute.Abbreviation) }).Concat(known);
}
