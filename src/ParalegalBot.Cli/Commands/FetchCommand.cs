using System.CommandLine;
using ParalegalBot.Ingestion;
using ParalegalBot.Ingestion.Fetch;
using ParalegalBot.Statutes;

namespace ParalegalBot.Cli.Commands;

/// <summary><c>paralegal fetch LFT</c>: official texts from the official site.</summary>
internal static class FetchCommand
{
    public static Command Create()
    {
        var laws = new Argument<string[]>("LEY") { Description = "Abreviaturas de las leyes.", Arity = ArgumentArity.ZeroOrMore };
        var all = new Option<bool>("--all") { Description = "Todas las del catálogo; con --check, todas las cargadas." };
        var check = new Option<bool>("--check") { Description = "Sólo dice qué cambió en el sitio oficial." };
        var command = new Command("fetch", "Descarga textos oficiales y los carga.") { laws, all, check };
        command.Validators.Add(result =>
        {
            if (result.GetValue(all) == (result.GetValue(laws) is { Length: > 0 })) result.AddError("Indique una o más leyes, o bien --all.");
        });
        return command.Runs((session, cancellationToken) => session.Value(check)
            ? CheckAsync(session, session.Value(all) ? Loaded(session) : session.Value(laws)!, cancellationToken)
            : FetchAsync(session, session.Value(all) ? Known(session) : session.Value(laws)!, cancellationToken));
    }

    private static async Task<int> FetchAsync(Session session, IReadOnlyList<string> laws, CancellationToken cancellationToken)
    {
        var fetch = session.Get<StatuteFetch>();
        var results = new List<IngestionResult>();
        await session.Output.ProgressAsync("Descargando leyes", laws.Count, async step =>
        {
            foreach (var law in laws)
            {
                results.Add(await fetch.FetchAsync(law, cancellationToken));
                step(law);
            }
        });
        IngestCommand.Report(session.Output, results);
        if (results.Exists(IngestCommand.Changed)) await IndexCommand.FollowAsync(session, cancellationToken);
        return results.Exists(result => result.Outcome is not IngestionOutcome.Failed) ? 0 : CommandLine.Failed;
    }

    private static async Task<int> CheckAsync(Session session, IReadOnlyList<string> laws, CancellationToken cancellationToken)
    {
        var fetch = session.Get<StatuteFetch>();
        var checks = new List<FetchCheck>();
        await session.Output.ProgressAsync("Consultando el sitio oficial", laws.Count, async step =>
        {
            foreach (var law in laws)
            {
                checks.Add(await fetch.CheckAsync(law, cancellationToken));
                step(law);
            }
        });
        if (session.Output.AsJson) session.Output.Json(checks);
        else foreach (var check in checks.Where(check => check.Changed)) session.Output.Line(check.Held ? $"{check.Law}: hay un texto nuevo" : $"{check.Law}: no está cargada");
        foreach (var check in checks.Where(check => check.Error is not null)) session.Output.Aside(check.Error!);
        return checks.Count == 0 || checks.Exists(check => check.Error is null) ? 0 : CommandLine.Failed;
    }

    private static IReadOnlyList<string> Known(Session session) => [.. session.Get<StatuteCatalogue>().Entries.Select(entry => entry.Law)];

    private static IReadOnlyList<string> Loaded(Session session) => [.. session.Get<StatuteStore>().Statutes().Select(statute => statute.Abbreviation)];
}
