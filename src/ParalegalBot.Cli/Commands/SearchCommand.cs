using System.CommandLine;
using ParalegalBot.Retrieval;

namespace ParalegalBot.Cli.Commands;

/// <summary><c>paralegal search "…"</c>: the ranked passages with each route's score.</summary>
internal static class SearchCommand
{
    public static Command Create()
    {
        var text = new Argument<string>("TEXTO") { Description = "Lo que se busca, en español." };
        var top = new Option<int>("--top") { Description = "Cuántos párrafos.", HelpName = "N", DefaultValueFactory = _ => 10 };
        top.Validators.Add(result => { if (result.GetValueOrDefault<int>() is < 1 or > 100) result.AddError("--top va de 1 a 100."); });
        var asOf = CommonOptions.AsOf();
        return new Command("search", "Busca párrafos en las leyes cargadas.") { text, top, asOf }
            .Runs(async (session, cancellationToken) =>
            {
                if (string.IsNullOrWhiteSpace(session.Value(text))) throw new ParalegalBotException("Escriba qué quiere buscar.");
                var found = await session.Get<PassageSearch>().SearchAsync(
                    new SearchRequest(session.Value(text)!, session.Value(asOf) ?? session.Today, session.Value(top)), cancellationToken);
                var rows = found.Passages.Take(session.Value(top)).ToList();
                if (session.Output.AsJson)
                    session.Output.Json(rows.Select(row => new
                    {
                        law = row.Passage.Law, article = row.Passage.Article, unit = row.Passage.Unit, passage = row.Passage.Id, score = row.Score, routes = row.Routes, text = row.Passage.Text,
                    }));
                else
                    foreach (var row in rows) session.Output.Line($"{row.Score:0.000}  {row.Passage.PrintedCitation}: {row.Passage.Text}");
                return 0;
            });
    }
}
