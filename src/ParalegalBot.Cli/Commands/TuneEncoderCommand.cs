using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using ParalegalBot.Inference.StaticEmbeddings;
using ParalegalBot.Retrieval;
using ParalegalBot.Statutes;
using ParalegalBot.Tuning.Encoder;

namespace ParalegalBot.Cli.Commands;

/// <summary><c>paralegal tune encoder --out DIR</c>: trains the encoder over the laws of the store and fits the fusion weights, from a seed.</summary>
internal static class TuneEncoderCommand
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Create()
    {
        var defaults = new EncoderTrainerOptions();
        var destination = new Option<string>("--out") { Description = "Carpeta para encoder.bin y fusion.json.", HelpName = "CARPETA", Required = true };
        var questions = new Option<string>("--questions")
        {
            Description = "Preguntas escritas con su artículo (JSONL).", HelpName = "ARCHIVO",
            DefaultValueFactory = _ => Path.Combine(AppContext.BaseDirectory, "manifests", "training", "questions.jsonl"),
        };
        var kept = new Option<string>("--kept")
        {
            Description = "Preguntas apartadas del codificador, para ajustar con ellas los pesos (JSONL).", HelpName = "ARCHIVO",
            DefaultValueFactory = _ => Path.Combine(AppContext.BaseDirectory, "manifests", "training", "kept.jsonl"),
        };
        var trained = new Option<string?>("--encoder") { Description = "Codificador ya entrenado con esas preguntas: sólo ajusta los pesos.", HelpName = "ARCHIVO" };
        var steps = new Option<int>("--steps") { Description = "Lotes de entrenamiento.", HelpName = "N", DefaultValueFactory = _ => defaults.Steps };
        var seed = new Option<int>("--seed") { Description = "Semilla.", HelpName = "N", DefaultValueFactory = _ => defaults.Seed };
        return new Command("encoder", "Entrena el codificador de la búsqueda y ajusta los pesos de sus rutas.") { destination, questions, kept, trained, steps, seed }.Runs(async (session, cancellationToken) =>
        {
            var options = defaults with { Steps = session.Value(steps), Seed = session.Value(seed) };
            var written = WrittenQuestions.Read(session.Value(questions)!);
            var store = session.Get<StatuteStore>();
            var training = new RetrievalTraining(store, session.Get<Vocabulary>(), written, session.Get<LawDirectory>());
            var folder = Directory.CreateDirectory(session.Value(destination)!).FullName;
            var apart = WrittenQuestions.Read(session.Value(kept)!);
            FusionFitReport? report = null;
            await session.Output.ProgressAsync("Entrenando", options.Steps / EncoderTrainer.ReportEvery, step => Task.Run(async () =>
            {
                if (session.Value(trained) is not { } source)
                {
                    source = Path.Combine(folder, "encoder.bin");
                    await using var file = File.Create(source);
                    training.TrainEncoder(options, new EncoderSteps(step)).Save(file);
                }
                var provenance = string.Create(
                    CultureInfo.InvariantCulture,
                    $"{session.Today:yyyy-MM-dd}: {store.Statutes().Count} laws; encoder: {written.Count} written questions, {options.Steps} steps, seed {options.Seed}; weights: {apart.Count} questions kept from it, in few laws and in all, with and without written questions of their articles and laws");
                var (weights, fitted) = await training.FitFusionAsync(StaticEncoder.Load(source), apart, session.Today, options.Seed, provenance, cancellationToken);
                report = fitted;
                await File.WriteAllTextAsync(Path.Combine(folder, "fusion.json"), JsonSerializer.Serialize(weights, Indented) + "\n", cancellationToken);
            }, cancellationToken));
            if (session.Output.AsJson) session.Output.Json(report);
            else session.Output.Line(string.Create(
                CultureInfo.InvariantCulture,
                $"R@5 con candidatos: {report!.Fitted:P1} ajustado, {report.HeldOut:P1} apartado, {report.HeldOutHidden:P1} sin preguntas escritas de la ley; {report.Missed} de {report.Cases + report.Missed} preguntas sin su artículo entre los candidatos. Escrito en {folder}."));
            return 0;
        });
    }

    /// <summary>In order and at once: a console needs no other thread.</summary>
    private sealed class EncoderSteps(Action<string> step) : IProgress<EncoderProgress>
    {
        public void Report(EncoderProgress value) => step(string.Create(CultureInfo.InvariantCulture, $"lote {value.Step} de {value.Steps}, pérdida {value.Loss:F3}"));
    }
}
