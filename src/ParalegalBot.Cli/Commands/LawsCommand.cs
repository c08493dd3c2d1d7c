using System.CommandLine;
using System.Globalization;
using ParalegalBot.Statutes;

namespace ParalegalBot.Cli.Commands;

/// <summary><c>paralegal laws</c>: what is loaded; <c>paralegal laws LFT</c>: its articles.</summary>
internal static class LawsCommand
{
    public static Command Create()
    {
        var law = new Argument<string?>("LEY") { Description = "Abreviatura de una ley; sin ella se listan todas.", Arity = ArgumentArity.ZeroOrOne };
        var asOf = CommonOptions.AsOf();
        var transitorios = new Option<bool>("--transitorios") { Description = "Incluye los artículos transitorios." };
        return new Command("laws", "Lista las leyes cargadas o los artículos de una.") { law, asOf, transitorios }
            .Runs(session =>
            {
                if (session.Value(law) is { } name) ListArticles(session, name, session.Value(asOf), session.Value(transitorios));
                else ListLaws(session, session.Value(asOf));
                return 0;
            });
    }

    /// <summary>The law, or a failure that names what is loaded.</summary>
    public static Statute Need(StatuteStore store, string law)
    {
        if (store.Find(law) is { } statute) return statute;
        var loaded = store.Statutes().Select(held => held.Abbreviation).ToList();
        throw new ParalegalBotException(loaded.Count switch
        {
            0 => $"La ley «{law}» no está cargada, ni ninguna otra; cárguela con «paralegal ingest ARCHIVO» o «paralegal fetch {law}».",
            <= 20 => $"La ley «{law}» no está cargada; están cargadas {string.Join(", ", loaded)}. Cárguela con «paralegal ingest ARCHIVO» o «paralegal fetch {law}».",
            _ => $"La ley «{law}» no está cargada; vea las {loaded.Count} cargadas con «paralegal laws» o cárguela con «paralegal fetch {law}».",
        });
    }

    private static void ListLaws(Session session, DateOnly? asOf)
    {
        var date = asOf ?? session.Today;
        var statutes = session.Get<StatuteStore>().Statutes();
        if (session.Output.AsJson)
            session.Output.Json(statutes.Select(statute => new
            {
                Law = statute.Abbreviation,
                statute.Title,
                statute.Order,
                statute.Entity,
                statute.LastReform,
                statute.VerifiedThrough,
                InForce = statute.Validity.InForceOn(date),
                statute.Articles,
                statute.Passages,
                statute.Official,
            }));
        else if (statutes.Count == 0)
            session.Output.Line("No hay leyes cargadas; cargue textos oficiales con «paralegal ingest RUTA» o «paralegal fetch LFT».");
        else
            session.Output.Table(["Ley", "Título", "Última reforma", "Verificada al", "Vigente", "Artículos"], statutes.Select(statute => (IReadOnlyList<string>)
            [
                statute.Abbreviation, statute.Title, Iso(statute.LastReform), Iso(statute.VerifiedThrough),
                statute.Official ? InForce(statute.Validity.InForceOn(date)) : "síntesis", statute.Articles.ToString(CultureInfo.InvariantCulture),
            ]));
    }

    private static void ListArticles(Session session, string law, DateOnly? asOf, bool transitorios)
    {
        var store = session.Get<StatuteStore>();
        var statute = Need(store, law);
        var articles = store.Articles(law, asOf, transitorios);
        if (session.Output.AsJson)
        {
            session.Output.Json(new
            {
                Law = statute.Abbreviation,
                statute.Title,
                statute.LastReform,
                Articles = articles.Select(article => new
                {
                    Article = article.Number.Printed,
                    article.Heading,
                    article.Page,
                    article.Derogated,
                    InForceFrom = article.Validity.From,
                    InForceTo = article.Validity.To,
                }),
            });
            return;
        }
        session.Output.Title($"{statute.Title} ({statute.Abbreviation})");
        session.Output.Table(["Artículo", "Epígrafe", "Página", "Desde", "Hasta"], articles.Select(article => (IReadOnlyList<string>)
        [
            article.Number.Printed, article.Derogated ? "(derogado)" : article.Heading ?? "", article.Page?.ToString(CultureInfo.InvariantCulture) ?? "",
            Iso(article.Validity.From), Iso(article.Validity.To),
        ]));
    }

    private static string InForce(bool? inForce) => inForce switch { true => "sí", false => "no", null => "condicionada" };

    private static string Iso(DateOnly? date) => date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
}
