using System.Text.Json;
using ParalegalBot.Statutes;

namespace ParalegalBot.Ingestion;

/// <summary>
/// What is known of laws without holding their text: abbreviation, title, publication, official address, matter and the names that
/// people use. Data in <c>manifests/corpora/laws.json</c>; a law that is missing there is ingested all the same.
/// </summary>
public sealed class StatuteCatalogue
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private readonly Dictionary<string, CatalogueEntry> byAbbreviation;
    private readonly ILookup<string, CatalogueEntry> byTitle;

    /// <summary>A catalogue of these entries.</summary>
    public StatuteCatalogue(IReadOnlyList<CatalogueEntry> entries)
    {
        Entries = entries;
        byAbbreviation = entries.ToDictionary(entry => entry.Law, StringComparer.OrdinalIgnoreCase);
        byTitle = entries.SelectMany(entry => entry.Titles.Prepend(entry.Title).Select(StatuteText.TitleKey).Distinct().Select(title => (title, entry)))
            .ToLookup(pair => pair.title, pair => pair.entry);
    }

    /// <summary>Every law known, in the order of the file.</summary>
    public IReadOnlyList<CatalogueEntry> Entries { get; }

    /// <summary>Every name of every law with its abbreviation: titles first, then nicknames.</summary>
    public IEnumerable<(string Name, string Abbreviation)> Names =>
        Entries.SelectMany(entry => entry.Titles.Prepend(entry.Title).Select(name => (name, entry.Law)))
            .Concat(Entries.SelectMany(entry => entry.Nicknames.Select(name => (name, entry.Law))));

    /// <summary>The catalogue that travels with the program.</summary>
    public static StatuteCatalogue Load() => Load(Path.Combine(AppContext.BaseDirectory, "manifests", "corpora", "laws.json"));

    /// <summary>A catalogue from a file.</summary>
    public static StatuteCatalogue Load(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return new StatuteCatalogue(JsonSerializer.Deserialize<List<CatalogueEntry>>(stream, Json) ?? []);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or JsonException or ArgumentException)
        {
            throw new ParalegalBotException($"No se pudo leer el catálogo de leyes en {path}; reinstale el programa o corrija el archivo.", cause);
        }
    }

    /// <summary>The entry of an abbreviation, whatever its case; null where it is not known.</summary>
    public CatalogueEntry? Find(string law) => byAbbreviation.GetValueOrDefault(law.Trim());

    /// <summary>The law of this title and publication date. Namesakes differ by date; one entry alone may differ in the day (laws published in parts), not in the year.</summary>
    public CatalogueEntry? Match(string title, DateOnly? published)
    {
        var namesakes = byTitle[StatuteText.TitleKey(title)].ToList();
        // «Ley de Minería (Antes "Ley Minera")»
        if (namesakes.Count == 0 && title.IndexOf('(', StringComparison.Ordinal) is > 0 and var bracket) return Match(title[..bracket], published);
        if (published is null) return namesakes is [var only] ? only : null;
        return namesakes.Find(entry => entry.Published == published)
            ?? (namesakes is [var one] && (one.Published is null || one.Published.Value.Year == published.Value.Year) ? one : null);
    }
}

/// <summary>One law of the catalogue.</summary>
public sealed record CatalogueEntry
{
    /// <summary>Abbreviation: <c>LFT</c>.</summary>
    public required string Law { get; init; }

    /// <summary>Name of the official file without extension.</summary>
    public required string Code { get; init; }

    /// <summary>Title.</summary>
    public required string Title { get; init; }

    /// <summary>Other forms of the title that official files print.</summary>
    public IReadOnlyList<string> Titles { get; init; } = [];

    /// <summary>First publication; null where it is not known.</summary>
    public DateOnly? Published { get; init; }

    /// <summary>The last reform known when the catalogue was made.</summary>
    public DateOnly? LastReform { get; init; }

    /// <summary>Official address of the text.</summary>
    public string? Url { get; init; }

    /// <summary>Digest of the official file when the catalogue was made, lower-case hexadecimal.</summary>
    public string? Sha256 { get; init; }

    /// <summary><c>federal</c>, <c>state</c> or <c>municipal</c>.</summary>
    public string Order { get; init; } = "federal";

    /// <summary><c>México</c>, or the state.</summary>
    public string? Entity { get; init; }

    /// <summary>Subject matter in Spanish.</summary>
    public string? Matter { get; init; }

    /// <summary>What people call it, lower case.</summary>
    public IReadOnlyList<string> Nicknames { get; init; } = [];
}
