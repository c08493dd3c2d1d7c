using System.CommandLine;
using System.Globalization;
using ParalegalBot.Ingestion;

namespace ParalegalBot.Cli.Commands;

/// <summary><c>paralegal ingest PATH…</c>: files and folders into the store.</summary>
internal static class IngestCommand
{
    public static Command Create()
    {
        var paths = new Argument<string[]>("RUTA") { Description = "Archivos o carpetas (PDF, DOCX, HTML, TXT, MD).", Arity = ArgumentArity.OneOrMore };
        var law = new Option<string?>("--law") { Description = "Abreviatura de la ley; sin ella se busca por título y fecha de publicación.", HelpName = "ABREVIATURA" };
        var verified = CommonOptions.Date("--verified-through", "Día hasta el que consta que el texto es el vigente.");
        return new Command("ingest", "Carga leyes desde archivos o carpetas.") { paths, law, verified }
            .Runs((session, cancellationToken) => IngestAsync(
                session, session.Value(paths)!, new IngestionChoices(session.Value(law), session.Value(verified)), cancellationToken));
    }

    private static async Task<int> IngestAsync(Session session, string[] paths, IngestionChoices choices, CancellationToken cancellationToken)
    {
        var files = IngestionRun.Files(paths);
        var results = new List<IngestionResult>(files.Count);
        await session.Output.ProgressAsync("Cargando leyes", files.Count, async step =>
        {
            await foreach (var result in session.Get<IngestionRun>().RunAsync(files, choices, cancellationToken: cancellationToken))
            {
                results.Add(result);
                step(Sentence(result));
            }
        });
        Report(session.Output, results);
        if (results.Exists(Changed)) await IndexCommand.FollowAsync(session, cancellationToken);
        return results.Exists(result => result.Outcome is not IngestionOutcome.Failed) ? 0 : CommandLine.Failed;
    }

    /// <summary>Prints what became of each file; <c>fetch</c> prints the same.</summary>
    public static void Report(Output output, IReadOnlyList<IngestionResult> results)
    {
        if (output.AsJson) output.Json(results);
        else
            output.Table(["Archivo", "Ley", "Resultado", "Artículos", "Pasajes", "Última reforma"], results.Select(result => (IReadOnlyList<string>)
            [
                result.File, result.Law ?? "", Outcome(result.Outcome), result.Articles.ToString(CultureInfo.InvariantCulture),
                result.Passages.ToString(CultureInfo.InvariantCulture), result.LastReform?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "",
            ]));
        foreach (var result in results)
        {
            if (result.Error is not null) output.Aside(result.Error);
            foreach (var warning in result.Warnings) output.Aside($"{result.Law}: {warning}");
        }
    }

    /// <summary>Whether the store holds something new.</summary>
    public static bool Changed(IngestionResult result) => result.Outcome is not (IngestionOutcome.Failed or IngestionOutcome.Unchanged);

    private static string Sentence(IngestionResult result) => $"{Path.GetFileName(result.File)}: {result.Law ?? ""} {Outcome(result.Outcome)}";

    private static string Outcome(IngestionOutcome outcome) => outcome switch
    {
        IngestionOutcome.Added => "agregada",
        IngestionOutcome.Updated => "actualizada",
        IngestionOutcome.Older => "texto anterior agregado",
        IngestionOutcome.Unchanged => "sin cambios",
        _ => "no se pudo cargar",
    };
}
