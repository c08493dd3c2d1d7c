using System.CommandLine;
using System.Globalization;
using ParalegalBot.Statutes;

namespace ParalegalBot.Cli.Commands;

/// <summary><c>paralegal article LFT 76</c>: one article with its place, notes and versions.</summary>
internal static class ArticleCommand
{
    public static Command Create()
    {
        var law = new Argument<string>("LEY") { Description = "Abreviatura de la ley." };
        var number = new Argument<string[]>("ARTÍCULO") { Description = "Número del artículo, como se imprime: 76, 2o-A, 17 Bis.", Arity = ArgumentArity.OneOrMore };
        var asOf = CommonOptions.AsOf();
        return new Command("article", "Muestra un artículo con su lugar, sus notas y sus versiones.") { law, number, asOf }
            .Runs(session =>
            {
                Show(session, session.Value(law)!, string.Join(' ', session.Value(number)!), session.Value(asOf));
                return 0;
            });
    }

    private static void Show(Session session, string law, string number, DateOnly? asOf)
    {
        var store = session.Get<StatuteStore>();
        var statute = LawsCommand.Need(store, law);
        var versions = store.Versions(law, number);
        if (versions.Count == 0)
            throw new ParalegalBotException($"La {statute.Title} no tiene artículo {number}; los más cercanos son {string.Join(", ", Nearest(store, law, number))}.");
        var article = store.Article(law, number, asOf)
            ?? throw new ParalegalBotException($"No consta un texto del artículo {versions[0].Number} de la {statute.Title} vigente el {asOf:yyyy-MM-dd}; consulte sus versiones sin --as-of.");
        if (session.Output.AsJson) session.Output.Json(Json(statute, article, versions));
        else Print(session.Output, statute, article, versions);
    }

    /// <summary>Three real articles around the number; the first ones where it has no value.</summary>
    private static IEnumerable<string> Nearest(StatuteStore store, string law, string number)
    {
        var wanted = new ArticleNumber(number).Value;
        return store.Articles(law).Where(article => wanted is null || article.Number.Value is not null)
            .OrderBy(article => wanted is { } value ? Math.Abs(article.Number.Value!.Value - value) : 0)
            .Take(3).Select(article => article.Number.Printed);
    }

    private static object Json(Statute statute, Article article, IReadOnlyList<Article> versions) => new
    {
        Law = statute.Abbreviation,
        Article = article.Number.Printed,
        article.Heading,
        Place = article.Place.Select(Printed),
        article.Page,
        article.Derogated,
        InForceFrom = article.Validity.From,
        InForceTo = article.Validity.To,
        article.Validity.Condition,
        statute.VerifiedThrough,
        statute.Official,
        Notes = article.Notes.Select(note => note.Text),
        Passages = article.Passages.Select(passage => new
        {
            Passage = passage.Id,
            passage.Unit,
            passage.Text,
            passage.Page,
            passage.Url,
            Notes = passage.Notes.Select(note => note.Text),
        }),
        Versions = versions.Select(version => new { InForceFrom = version.Validity.From, InForceTo = version.Validity.To, version.Validity.Reason }),
    };

    private static void Print(Output output, Statute statute, Article article, IReadOnlyList<Article> versions)
    {
        output.Title($"Artículo {article.Number}{(article.Heading is null ? "" : $". {article.Heading}")}");
        output.Line($"{statute.Title} ({statute.Abbreviation})");
        if (!statute.Official) output.Line("Síntesis no oficial; no es el texto de la ley.");
        foreach (var division in article.Place) output.Line(Printed(division));
        output.Line();
        if (article.Derogated) output.Line("(Derogado)");
        foreach (var passage in article.Passages)
        {
            output.Line(passage.Text);
            foreach (var note in passage.Notes) output.Line($"    [{note.Text}]");
        }
        output.Line();
        foreach (var note in article.Notes) output.Line(note.Text);
        output.Line(InForce(article.Validity, statute.VerifiedThrough));
        if (article.Page is { } page) output.Line($"Página {page} del documento oficial. {statute.SourceUrl}");
        if (versions.Count < 2) return;
        output.Line("Versiones que constan:");
        foreach (var version in versions) output.Line($"  {Iso(version.Validity.From) ?? "origen"} a {Iso(version.Validity.To) ?? "la fecha"}");
    }

    private static string InForce(Validity validity, DateOnly? verified)
    {
        var from = Iso(validity.From) is { } begin ? $"Texto que rige desde {begin}" : "Texto sin fecha de inicio conocida";
        var to = Iso(validity.To) is { } end ? $" y hasta {end}" : "";
        var condition = validity.Condition is null ? "" : $" Condición: {validity.Condition}";
        return $"{from}{to}. {(verified is null ? "Sin fecha de verificación." : $"Verificado al {Iso(verified)}.")}{condition}";
    }

    private static string Printed(Division division) => division.Title is null ? division.Label : $"{division.Label}. {division.Title}";

    private static string? Iso(DateOnly? date) => date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
