using System.CommandLine;
using Microsoft.Extensions.AI;
using ParalegalBot.Answering;
using ParalegalBot.Answering.Checks;
using ParalegalBot.Evaluation;
using ParalegalBot.Inference.Extractive;
using ParalegalBot.Inference.Gguf;
using ParalegalBot.Statutes;
using ParalegalBot.Tuning.Gate;

namespace ParalegalBot.Cli.Commands;

/// <summary><c>paralegal tune eval</c> and <c>tune promote</c>: what a model is worth beside the engine without one, and whether it may take its place.</summary>
internal static class TuneGateCommands
{
    public static Command Eval()
    {
        var model = Model();
        var from = new Option<string?>("--base") { Description = "El modelo del que se partió, para comparar.", HelpName = "ARCHIVO" };
        var cases = new Option<string[]>("--cases") { Description = "Archivos JSONL con casos.", HelpName = "ARCHIVO", DefaultValueFactory = _ => KnownCases() };
        var every = new Option<int>("--every") { Description = "Sólo uno de cada N casos.", HelpName = "N", DefaultValueFactory = _ => 1 };
        return new Command("eval", "Mide un modelo GGUF con los mismos casos que el motor extractivo y escribe su ficha.") { model, from, cases, every }.Runs(async (session, cancellationToken) =>
        {
            var path = session.Value(model)!;
            var files = session.Value(cases)!;
            if (files.Length == 0) throw new ParalegalBotException("No encontré casos de evaluación; señálelos con --cases ARCHIVO.");
            var all = files.SelectMany(EvaluationCase.Load).ToList();
            List<EvaluationCase> asked = [.. all.Where((_, place) => place % Math.Max(1, session.Value(every)) == 0)];
            using var tuned = new GgufChatClient(new GgufOptions { ModelPath = Existing(path) });
            using var plain = session.Value(from) is { } file ? new GgufChatClient(new GgufOptions { ModelPath = Existing(file) }) : null;
            var extractive = new ExtractiveChatClient(session.Get<SentenceChoice>());
            var columns = new Dictionary<string, IReadOnlyDictionary<string, ModelCard.Share>> { [ModelCard.Extractive] = await WithRetrievalAsync(session, extractive, asked, cancellationToken) };
            if (plain is not null) columns[ModelCard.Base] = await WithRetrievalAsync(session, plain, asked, cancellationToken);
            columns[ModelCard.ClosedBook] = ModelCard.Column(await EvaluateCommand.RunAsync(session, asked, Baselines.ClosedBook(tuned, session.Today), null, cancellationToken));
            columns[ModelCard.Tuned] = await WithRetrievalAsync(session, tuned, asked, cancellationToken);
            var card = new ModelCard
            {
                Model = Path.GetFileName(path), Sha256 = ModelCard.Hash(path), Date = session.Today, Cases = [.. files.Select(Path.GetFileName).OfType<string>()], Count = asked.Count,
                Laws = session.Get<StatuteStore>().Statutes().Count, Columns = columns,
            };
            card.Write(path);
            if (session.Output.AsJson) session.Output.Json(card);
            else session.Output.Line($"Ficha escrita en {path}.card.md. {(card.Worse() is { Count: > 0 } worse ? $"Menos seguro que el motor extractivo: {string.Join("; ", worse)}." : "En ninguna medida de seguridad es peor que el motor extractivo.")}");
            return 0;
        });
    }

    public static Command Promote()
    {
        var model = Model();
        var force = new Option<bool>("--force") { Description = "Aunque sea menos seguro que el motor extractivo; queda registrado." };
        return new Command("promote", "Hace de un modelo evaluado el motor de esta instalación.") { model, force }.Runs(session =>
        {
            var worse = Promotion.Run(session.Value(model)!, session.Value(force), Path.GetFullPath("appsettings.json"), session.Get<TimeProvider>().GetUtcNow());
            if (session.Output.AsJson) session.Output.Json(new { model = session.Value(model), worse });
            else session.Output.Line($"{session.Value(model)} es ahora el motor (appsettings.json).{(worse.Count > 0 ? $" Promovido a pesar de: {string.Join("; ", worse)}." : "")}");
            return 0;
        });
    }

    private static Argument<string> Model() => new("ARCHIVO") { Description = "Modelo GGUF." };

    private static string Existing(string path) => File.Exists(path) ? path : throw new ParalegalBotException($"No encontré el modelo «{path}».");

    private static async Task<IReadOnlyDictionary<string, ModelCard.Share>> WithRetrievalAsync(Session session, IChatClient engine, IReadOnlyList<EvaluationCase> cases, CancellationToken cancellationToken)
    {
        var assistant = EvaluateCommand.Assistant(session, session.Get<CitationCheck>(), session.Get<AnswerThresholds>(), new DraftWriter(engine));
        return ModelCard.Column(await EvaluateCommand.RunAsync(session, cases, (question, token) => assistant.AnswerAsync(question, cancellationToken: token), null, cancellationToken));
    }

    /// <summary>The cases that nothing learns from, as far as they are here.</summary>
    private static string[] KnownCases() =>
        [.. new[] { Path.Combine(AppContext.BaseDirectory, "manifests", "evaluation", "held-out.jsonl"), Path.Combine("..", "shared", "questions", "dev.jsonl") }.Where(File.Exists)];
}
