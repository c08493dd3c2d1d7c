using System.Text.RegularExpressions;
using ParalegalBot.Statutes;

namespace ParalegalBot.Ingestion;

/// <summary>Finds which law a document is: the abbreviation, and what the catalogue or the title says of order, entity and matter.</summary>
internal sealed partial class StatuteIdentity(StatuteStore store, StatuteCatalogue catalogue)
{
    public Statute Of(StatuteDocument document, string file, IngestionChoices choices)
    {
        var entry = choices.Law is { } law ? catalogue.Find(law) : catalogue.Match(document.Title, document.Published);
        var abbreviation = Legal(choices.Law ?? entry?.Law ?? Held(document) ?? FromFile(file, document));
        var held = store.Find(abbreviation);
        var (order, entity) = entry is null ? StatuteJurisdiction.Of(document.Title) : (Enum.Parse<LegalOrder>(entry.Order, ignoreCase: true), entry.Entity);
        return new Statute
        {
            Abbreviation = abbreviation,
            // The catalogue's title is written with care; a file's may be shouted or cut.
            Title = entry?.Title ?? document.Title,
            Order = order,
            Entity = entity,
            Matter = entry?.Matter ?? StatuteMatter.Of(document.Title),
            Published = entry?.Published ?? document.Published,
            SourceUrl = choices.SourceUrl ?? entry?.Url,
            VerifiedThrough = choices.VerifiedThrough ?? Later(held?.Official == true ? held.VerifiedThrough : null, document.LastReform ?? document.Published),
        };
    }

    private string? Held(StatuteDocument document) => store.Statutes().FirstOrDefault(statute => SameLaw(statute, document))?.Abbreviation;

    /// <summary>The file's name, unless another law has it already.</summary>
    private string FromFile(string file, StatuteDocument document)
    {
        var name = NotInAnId().Replace(Path.GetFileNameWithoutExtension(file), "-").Trim('-');
        if (name.Length == 0) name = "LEY";
        var candidates = Enumerable.Range(2, 1_000).Select(number => $"{name}_{number}");
        if (document.Published is { } published) candidates = candidates.Prepend($"{name}_{published.Year}");
        return candidates.Prepend(name).First(candidate => catalogue.Find(candidate) is null && (store.Find(candidate) is not { } statute || SameLaw(statute, document)));
    }

    private static bool SameLaw(Statute statute, StatuteDocument document) =>
        StatuteText.TitleKey(statute.Title) == StatuteText.TitleKey(document.Title)
        && (statute.Published is null || document.Published is null || statute.Published == document.Published);

    private static string Legal(string abbreviation) => NotInAnId().IsMatch(abbreviation)
        ? throw new ParalegalBotException($"La abreviatura «{abbreviation}» no sirve; use letras, cifras, guiones y guiones bajos.")
        : abbreviation;

    private static DateOnly? Later(DateOnly? one, DateOnly? other) => one is null || other > one ? other : one;

    [GeneratedRegex(@"[^\p{L}\p{N}_\-]+")]
    private static partial Regex NotInAnId();
}
