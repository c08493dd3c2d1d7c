using System.Security.Cryptography;
using System.Text.Json;
using ParalegalBot.Statutes;

namespace ParalegalBot.Ingestion;

/// <summary>
/// Síntesis of widely used articles in our own words, for the first minute without a network. They are no statute text: the laws that they
/// stand for are <c>Official = false</c>, and ingesting a law's official text removes its síntesis.
/// </summary>
public sealed class StarterSet(string folder, StatuteCatalogue catalogue, TimeProvider time)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>The starter set that travels with the program.</summary>
    public StarterSet(StatuteCatalogue catalogue, TimeProvider time) : this(Path.Combine(AppContext.BaseDirectory, "manifests", "corpora", "starter"), catalogue, time) { }

    /// <summary>Writes the síntesis into a store that holds no law; says whether it did.</summary>
    public bool LoadIfEmpty(StatuteStore store)
    {
        if (!Directory.Exists(folder) || store.Statutes().Count > 0) return false;
        foreach (var file in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal)) Write(store, file);
        return store.Statutes().Count > 0;
    }

    private void Write(StatuteStore store, string file)
    {
        var bytes = File.ReadAllBytes(file);
        StarterLaw law;
        try
        {
            law = JsonSerializer.Deserialize<StarterLaw>(bytes, Json)!;
        }
        catch (JsonException cause)
        {
            throw new ParalegalBotException($"El archivo de síntesis {file} no es JSON válido; reinstale el programa o corríjalo.", cause);
        }
        var entry = catalogue.Find(law.Law) ?? throw new ParalegalBotException($"El archivo de síntesis {file} nombra la ley «{law.Law}», que no está en el catálogo; agréguela o retírelo.");
        var statute = new Statute
        {
            Abbreviation = entry.Law, Title = entry.Title, Order = Enum.Parse<LegalOrder>(entry.Order, ignoreCase: true), Entity = entry.Entity, Matter = entry.Matter,
            Published = entry.Published, VerifiedThrough = entry.LastReform ?? entry.Published, SourceUrl = entry.Url, Official = false,
        };
        var document = new StatuteDocument { Title = entry.Title, Published = entry.Published, LastReform = entry.LastReform, Articles = [.. law.Articles.Select(article => Article(entry.Law, article))] };
        store.Write(statute, document, new StatuteSource(Convert.ToHexStringLower(SHA256.HashData(bytes)), "starter", IngestionRun.ParserVersion, time.GetUtcNow()));
    }

    private static Article Article(string law, StarterArticle article) => new()
    {
        Law = law,
        Number = new ArticleNumber(article.Article),
        Heading = article.Heading,
        Passages = [.. article.Paragraphs.Select((paragraph, index) => new Passage
        {
            Id = $"{law}/{article.Article}/p{index + 1}", Law = law, Article = article.Article, Unit = article.Paragraphs.Count > 1 ? $"p{index + 1}" : null,
            Text = paragraph, Official = false,
        })],
    };

    private sealed record StarterLaw(string Law, IReadOnlyList<StarterArticle> Articles);

    private sealed record StarterArticle(string Article, string? Heading, IReadOnlyList<string> Paragraphs);
}
