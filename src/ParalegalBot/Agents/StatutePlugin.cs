using System.ComponentModel;
using System.Globalization;
using Microsoft.SemanticKernel;
using ParalegalBot.Statutes;

namespace ParalegalBot.Agents;

/// <summary>The loaded laws as functions of a Semantic Kernel plugin. What they return is printed from the store; a law that is not loaded is not found, never invented.</summary>
public sealed class StatutePlugin(StatuteTextSearch search, StatuteStore store)
{
    private const int MostPassages = 20;

    /// <summary>Searches the laws.</summary>
    [KernelFunction("search_statutes"), Description("Busca párrafos y fracciones en las leyes mexicanas cargadas, los mejores primero.")]
    public async Task<IReadOnlyList<StatuteExcerpt>> SearchAsync(
        [Description("La pregunta o las palabras, en español.")] string query,
        [Description("Cuántos párrafos, de 1 a 20.")] int top = 5,
        [Description("Fecha AAAA-MM-DD para la que se consulta; sin ella, hoy.")] string? asOf = null,
        CancellationToken cancellationToken = default)
    {
        var found = await search.FindAsync(query, Date(asOf), Math.Clamp(top, 1, MostPassages), cancellationToken).ConfigureAwait(false);
        return [.. found.Take(Math.Clamp(top, 1, MostPassages)).Select(scored => StatuteExcerpt.Of(scored.Passage))];
    }

    /// <summary>Reads an article.</summary>
    [KernelFunction("read_article"), Description("Devuelve el texto completo de un artículo, párrafo por párrafo; vacío si la ley cargada no lo tiene.")]
    public IReadOnlyList<StatuteExcerpt> Article(
        [Description("Abreviatura de la ley: LFT, CPEUM…")] string law,
        [Description("Número como está impreso: 76, 17 Bis, 2o-A.")] string article,
        [Description("Fecha AAAA-MM-DD; sin ella, la última versión.")] string? asOf = null) =>
        [.. store.Article(law, article, Date(asOf))?.Passages.Select(StatuteExcerpt.Of) ?? []];

    private static DateOnly? Date(string? written) =>
        DateOnly.TryParseExact(written, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;
}

/// <summary>What the plugin tells of a passage.</summary>
/// <param name="Passage">Its id.</param>
/// <param name="Citation">As printed.</param>
/// <param name="Text">Verbatim, the introducing sentence first where it is a fracción.</param>
/// <param name="Official">False for an unofficial synopsis.</param>
/// <param name="Url">Its page.</param>
public sealed record StatuteExcerpt(string Passage, string Citation, string Text, bool Official, string Url)
{
    internal static StatuteExcerpt Of(Passage passage) => new(passage.Id, passage.PrintedCitation, string.Join(' ', passage.Sentences), passage.Official, passage.Url);
}
