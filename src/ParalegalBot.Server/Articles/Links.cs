using System.Globalization;
using System.Text.RegularExpressions;
using ParalegalBot.Conversations;
using ParalegalBot.Statutes;

namespace ParalegalBot.Server.Articles;

/// <summary>Addresses of the law pages, and the few wordings that they share.</summary>
internal static partial class Links
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

    /// <summary>A label without the shouting of the official files: <c>TITULO PRIMERO</c> reads <c>Título Primero</c>, numerals stay.</summary>
    public static string LabelOf(Division division)
    {
        if (division.Label.Any(char.IsLower)) return division.Label;
        var kind = division.Kind switch
        {
            DivisionKind.Titulo => "Título",
            DivisionKind.Capitulo => "Capítulo",
            DivisionKind.Seccion => "Sección",
            _ => null,
        };
        var words = division.Label.Split(' ').Select(word => Numeral().IsMatch(word) || word.Length < 2 ? word : word[0] + word[1..].ToLowerInvariant()).ToList();
        if (kind is not null && string.Compare(words[0], kind, CultureInfo.InvariantCulture, CompareOptions.IgnoreNonSpace | CompareOptions.IgnoreCase) == 0) words[0] = kind;
        return string.Join(' ', words);
    }

    public static string OrderOf(Statute statute) => statute.Order switch
    {
        LegalOrder.Federal => "Federal",
        LegalOrder.State => $"Estatal: {statute.Entity}",
        LegalOrder.Municipal => $"Municipal: {statute.Entity}",
        _ => "Sin clasificar",
    };

    [GeneratedRegex(@"^[IVXLCDM]+\.?$")]
    private static partial Regex Numeral();
}
