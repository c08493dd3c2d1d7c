using System.Globalization;
using ParalegalBot.Server.Pages;
using ParalegalBot.Statutes;

namespace ParalegalBot.Server.Articles;

/// <summary>The law pages. What is not held is said to be so, with what is near; another article is never shown in its place.</summary>
public static class ArticlesApi
{
    private const int MaxSegment = 120;

    public static void MapArticles(this IEndpointRouteBuilder routes)
    {
        var laws = routes.MapGroup("/leyes");
        laws.MapGet("/", (StatuteStore store) => PageResults.Page<LawsPage>(200, (nameof(LawsPage.Statutes), store.Statutes())));
        laws.MapGet("/{law}", Law);
        laws.MapGet("/{law}/articulos/{article}", Article);
    }

    private static IResult Law(string law, StatuteStore store, LawOutlines outlines) => Find(store, law) is { } statute
        ? PageResults.Page<LawPage>(200, (nameof(LawPage.Statute), statute), (nameof(LawPage.Outline), outlines.Of(statute.Abbreviation)))
        : UnknownLaw(law, store);

    private static IResult Article(string law, string article, string? fecha, string? cita, StatuteStore store, LawOutlines outlines, TimeProvider time)
    {
        if (Find(store, law) is not { } statute) return UnknownLaw(law, store);
        if (!TryReadDate(fecha, out var date))
            return PageResults.Failure(400, "Fecha incorrecta", "La fecha se escribe AAAA-MM-DD, por ejemplo ?fecha=2020-01-31.");
        var versions = article.Length <= MaxSegment ? store.Versions(statute.Abbreviation, article) : [];
        if (versions.Count == 0) return UnknownArticle(statute, article, outlines.Of(statute.Abbreviation));
        if (store.Article(statute.Abbreviation, article, date) is not { } shown) return NotInForce(statute, versions, date!.Value);

        var (previous, next) = outlines.Of(statute.Abbreviation).Beside(shown.Number);
        var cited = (cita ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToHashSet();
        var today = DateOnly.FromDateTime(time.GetLocalNow().DateTime);
        return PageResults.Page<ArticlePage>(200, (nameof(ArticlePage.View), new ArticleView(statute, shown, versions, previous, next, cited, today)));
    }

    private static Statute? Find(StatuteStore store, string law) => law.Length <= MaxSegment ? store.Find(law) : null;

    private static IResult UnknownLaw(string law, StatuteStore store) => PageResults.Page<UnknownLawPage>(
        404, (nameof(UnknownLawPage.Written), Shorten(law)), (nameof(UnknownLawPage.Statutes), store.Statutes()));

    private static IResult UnknownArticle(Statute statute, string article, LawOutline outline) => PageResults.Page<UnknownArticlePage>(
        404, (nameof(UnknownArticlePage.Statute), statute), (nameof(UnknownArticlePage.Written), Shorten(article)),
        (nameof(UnknownArticlePage.Nearest), outline.Nearest(article)));

    private static IResult NotInForce(Statute statute, IReadOnlyList<Article> versions, DateOnly date) => PageResults.Page<UnknownArticlePage>(
        404, (nameof(UnknownArticlePage.Statute), statute), (nameof(UnknownArticlePage.Written), versions[^1].Number.Printed),
        (nameof(UnknownArticlePage.Date), date), (nameof(UnknownArticlePage.Versions), versions));

    private static bool TryReadDate(string? text, out DateOnly? date)
    {
        date = null;
        if (string.IsNullOrEmpty(text)) return true;
        if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var read)) return false;
        date = read;
        return true;
    }

    private static string Shorten(string text) => text.Length <= MaxSegment ? text : text[..MaxSegment] + "…";
}
