using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using ParalegalBot.Inference.Gguf;
using ParalegalBot.Retrieval;
using ParalegalBot.Tuning.Dataset;
using ParalegalBot.Tuning.Dataset.Feedback;
using ParalegalBot.Tuning.Dataset.Teachers;

namespace ParalegalBot.Cli.Commands;

/// <summary><c>paralegal dataset …</c>: from statutes to examples that an engine learns from.</summary>
internal static class DatasetCommand
{
    private const string Rules = "rules";

    private static string Training => Path.Combine(AppContext.BaseDirectory, "manifests", "training");

    public static Command Create() => new("dataset", "Prepara ejemplos de entrenamiento a partir de las leyes.") { Generate(), Statistics(), FromFeedback() };

    private static Command Generate()
    {
        var destination = new Option<string>("--out") { Description = "Carpeta del conjunto; si ya lo tiene a medias, sigue.", HelpName = "CARPETA", Required = true };
        var laws = new Option<string?>("--laws") { Description = "Abreviaturas separadas por comas; sin ella, todas.", HelpName = "LFT,…" };
        var teacher = new Option<string>(CommonOptions.Teacher) { Description = "rules (sin modelo) o la dirección de un servidor con el protocolo de OpenAI.", HelpName = "rules|URL", DefaultValueFactory = _ => Rules };
        var seed = new Option<int>("--seed") { Description = "Semilla.", HelpName = "N", DefaultValueFactory = _ => 1 };
        var parallel = new Option<int?>("--parallel") { Description = "Artículos a la vez (predeterminado: uno por procesador).", HelpName = "N" };
        var pairs = new Option<int?>("--pairs") { Description = "Pares por artículo, cuando mucho.", HelpName = "N" };
        var tokens = new Option<long>("--token-budget") { Description = "Fichas que puede gastar el maestro; 0, sin límite.", HelpName = "N" };
        var cost = new Option<decimal>("--cost-budget") { Description = "Dinero que puede gastar el maestro; 0, sin límite.", HelpName = "MONTO" };
        var input = new Option<decimal>("--input-price") { Description = "Precio por millón de fichas leídas.", HelpName = "MONTO" };
        var output = new Option<decimal>("--output-price") { Description = "Precio por millón de fichas escritas.", HelpName = "MONTO" };
        var closedBook = new Option<string?>("--closed-book") { Description = "Modelo GGUF que no debe saber las respuestas sin leer la ley; las que sepa se descartan.", HelpName = "ARCHIVO" };
        var drafts = new Option<string>("--drafts") { Description = "Respuestas escritas de las preguntas del proyecto.", HelpName = "ARCHIVO", DefaultValueFactory = _ => Path.Combine(Training, "drafts.jsonl") };
        var cases = new Option<string[]>("--cases") { Description = "Archivos o carpetas con casos de evaluación que el conjunto no debe contener.", HelpName = "RUTA", DefaultValueFactory = _ => KnownCases() };
        return new Command("generate", "Escribe preguntas y respuestas comprobadas, artículo por artículo.") { destination, laws, teacher, seed, parallel, pairs, tokens, cost, input, output, closedBook, drafts, cases }
            .Runs(async (session, cancellationToken) =>
            {
                var options = new DatasetOptions { Laws = session.Value(laws)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [], Seed = session.Value(seed) };
                options = options with
                {
                    Parallel = session.Value(parallel) ?? options.Parallel, PairsPerArticle = session.Value(pairs) ?? options.PairsPerArticle,
                    TokenBudget = session.Value(tokens), CostBudget = session.Value(cost), InputPrice = session.Value(input), OutputPrice = session.Value(output),
                };
                using var known = session.Value(closedBook) is { } path ? new GgufChatClient(new GgufOptions { ModelPath = path }) : null;
                var sources = new DatasetSources
                {
                    Written = WrittenQuestions.Read(Path.Combine(Training, "questions.jsonl")), Drafts = WrittenDraft.Load(session.Value(drafts)!), Seeds = SeedTask.Load(Path.Combine(Training, "seeds.jsonl")),
                    Teacher = session.Value(teacher) == Rules ? null : session.Get<IChatClient>(), TeacherName = session.Value(teacher)!, ClosedBook = known, Cases = session.Value(cases)!,
                };
                var run = ActivatorUtilities.CreateInstance<DatasetRun>(session.Get<IServiceProvider>());
                var statistics = new DatasetStatistics();
                await session.Output.ProgressAsync("Generando", 2 * Math.Max(options.Laws.Count, session.Get<Statutes.StatuteStore>().Statutes().Count),
                    async step => statistics = await Task.Run(() => run.GenerateAsync(options, sources, session.Value(destination)!, session.Today, step, cancellationToken), cancellationToken));
                Print(session.Output, statistics);
                return 0;
            });
    }

    private static Command Statistics()
    {
        var folder = new Argument<string>("CARPETA") { Description = "Carpeta de «dataset generate»." };
        return new Command("stats", "Cuenta lo generado, lo que descartó cada filtro y lo que quedó.") { folder }.Runs(session =>
        {
            Print(session.Output, DatasetStatistics.Read(session.Value(folder)!));
            return 0;
        });
    }

    private static Command FromFeedback()
    {
        var reviews = new Argument<string>("REVISIONES") { Description = "Archivo JSONL de los abogados: answer (id), consent (fecha), approved_by y, si corrige, question y claims." };
        var destination = new Option<string>("--out") { Description = "Carpeta donde se escribe feedback.jsonl.", HelpName = "CARPETA", Required = true };
        return new Command("from-feedback", "Convierte respuestas revisadas y consentidas en ejemplos.") { reviews, destination }.Runs(async (session, cancellationToken) =>
        {
            var (kept, dropped) = await ActivatorUtilities.CreateInstance<FeedbackExamples>(session.Get<IServiceProvider>()).CollectAsync(session.Value(reviews)!, session.Value(destination)!, session.Today, cancellationToken);
            if (session.Output.AsJson) session.Output.Json(new { kept, dropped });
            else session.Output.Line($"{kept} ejemplos en {Path.Combine(session.Value(destination)!, "feedback.jsonl")}; descartados: {(dropped.Count == 0 ? "ninguno" : string.Join(", ", dropped.Select(pair => $"{pair.Key} {pair.Value}")))}. Siguen siendo datos personales: guárdelos como la bitácora.");
            return 0;
        });
    }

    /// <summary>What this project is measured with, as far as it is here.</summary>
    private static string[] KnownCases() =>
        [.. new[] { Path.Combine(AppContext.BaseDirectory, "manifests", "evaluation", "held-out.jsonl"), Path.Combine("manifests", "evaluation"), Path.Combine("..", "shared", "questions") }.Where(path => File.Exists(path) || Directory.Exists(path))];

    private static void Print(Output output, DatasetStatistics statistics)
    {
        if (output.AsJson)
        {
            output.Json(statistics);
            return;
        }
        IReadOnlyList<string> Row(string name, long value) => [name, value.ToString(CultureInfo.InvariantCulture)];
        output.Table(["qué", "cuántos"],
        [
            Row("generados", statistics.Generated), .. statistics.Gates.Select(gate => Row($"descartados: {gate.Key}", gate.Value)), Row("comprobados", statistics.Proved), Row("en los archivos", statistics.Kept),
            .. statistics.Kinds.Select(kind => Row($"tipo: {kind.Key}", kind.Value)), .. statistics.Splits.Select(split => Row($"parte: {split.Key}", split.Value)), .. statistics.Origins.Select(origin => Row($"origen: {origin.Key}", origin.Value)),
            Row("diálogos", statistics.Dialogues), Row("leyes", statistics.Laws), Row("fichas leídas", statistics.InputTokens), Row("fichas escritas", statistics.OutputTokens), Row("segundos", (long)statistics.Seconds),
        ]);
    }
}
