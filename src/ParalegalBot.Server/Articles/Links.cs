using System.Globalization;
using ParalegalBot.Conversations;
using ParalegalBot.Statutes;

namespace ParalegalBot.Server.Articles;

/// <summary>Addresses of the law pages, and the few wordings that they share.</summary>
internal static class Links
{
    public static string Law(string law) => $"/leyes/{Uri.EscapeDataString(law)}";

    public static string Article(string law, ArticleNumber number) =>
        $"{Law(law)}/articulos/{Uri.EscapeDataString(ArticleNumber.Slug(number.Printed))}";

    /// <summary>The version in force on a day.</summary>
    public static string Version(Article article) => (article.Validity.From ?? article.Validity.To) is { } day
        ? string.Create(CultureInfo.InvariantCulture, $"{Article(article.Law, article.Number)}?fecha={day:yyyy-MM-dd}")
        : Article(article.Law, article.Number);

    /// <summary><c>del 1.º de enero de 2020 al 5 de mayo de 2021</c>, or what is known of it.</summary>
    public static string Span(Validity validity) => (validity.From, validity.To) switch
    {
        ({ } from, { } to) => $"del {SpanishDate.Long(from)} al {SpanishDate.Long(to)}",
        ({ } from, null) => $"desde el {SpanishDate.Long(from)}",
        (null, { } to) => $"hasta el {SpanishDate.Long(to)}",
        _ => "sin fechas conocidas",
    };

    /// <summary><c>Artículo 76</c>; a transitorio carries its own name.</summary>
    public static string NameOf(ArticleNumber number) =>
        number.Key.Contains("transitorio", StringComparison.Ordinal) ? number.Printed : $"Artículo {number.Printed}";

    public static string OrderOf(Statute statute) => statute.Order switch
    {
        LegalOrder.Federal => "Federal",
        LegalOrder.State => $"Estatal: {statute.Entity}",
        LegalOrder.Municipal => $"Municipal: {statute.Entity}",
        _ => "Sin clasificar",
    };
}
