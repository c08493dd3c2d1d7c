using ParalegalBot.Conversations;
using ParalegalBot.Statutes;

namespace ParalegalBot.Server.Articles;

/// <summary>What the page of an article shows: one of its versions, with all there is to know around it.</summary>
public sealed record ArticleView(
    Statute Statute, Article Article, IReadOnlyList<Article> Versions, OutlineEntry? Previous, OutlineEntry? Next, IReadOnlySet<string> Cited, DateOnly Today)
{
    /// <summary>The version shown is not the newest.</summary>
    public bool Earlier => !SameVersion(Article, Versions[^1]);

    /// <summary>The official document, opened at the article's page where both are known.</summary>
    public string? OfficialSource => Statute.SourceUrl is { } url && Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "https" or "http"
        ? Article.Page is { } page && address.AbsolutePath.EndsWith(".pdf", StringComparison.OrdinalIgnoreCase) ? $"{url}#page={page}" : url
        : null;

    public bool Shows(Article version) => SameVersion(Article, version);

    /// <summary>What a reader must know before the text, most important first.</summary>
    public IEnumerable<(string Title, string Text)> Banners()
    {
        if (!Statute.Official || Article.Passages.Any(passage => !passage.Official))
            yield return ("Síntesis no oficial", "Es una demostración con síntesis en palabras propias; cargue el texto oficial con «paralegal fetch».");
        if (Statute.Validity is { Reason: ValidityReason.Abrogated } law)
            yield return ("Ley abrogada", Ended("Estuvo en vigor hasta el", law.To) + " Se conserva para consulta; no es derecho vigente.");
        else if (Statute.Validity.Condition is { } stages) yield return ("Vigencia condicionada de la ley", stages);
        if (Earlier) yield return ("Texto anterior", $"Esta versión rigió {Links.Span(Article.Validity)}. Hay un texto posterior.");
        if (Article.Validity is { Reason: ValidityReason.Derogated } repealed)
            yield return ("Artículo derogado", repealed.From is { } from ? $"Derogado desde el {SpanishDate.Long(from)}." : "Ya no forma parte de la ley vigente.");
        if (Article.Validity is { Reason: ValidityReason.DeclaredInvalid })
            yield return ("Declarado inválido", "La Suprema Corte de Justicia de la Nación invalidó este texto; no es derecho vigente.");
        if (Article.Validity is { Reason: ValidityReason.Revived })
            yield return ("Recupera su vigencia", "Es un texto anterior que volvió a estar en vigor.");
        if (Article.Validity.Condition is { } condition) yield return ("Vigencia condicionada", condition);
        if (Article.Validity.From is { } starts && starts > Today) yield return ("Todavía no está en vigor", $"Entra en vigor el {SpanishDate.Long(starts)}.");
    }

    private static string Ended(string words, DateOnly? date) => date is { } day ? $"{words} {SpanishDate.Long(day)}." : "Dejó de estar en vigor.";

    private static bool SameVersion(Article one, Article other) =>
        one.Validity == other.Validity && one.Passages.Select(passage => passage.Text).SequenceEqual(other.Passages.Select(passage => passage.Text));
}
