using System.CommandLine;
using System.Globalization;
using ParalegalBot.Tuning.Formats;
using ParalegalBot.Tuning.Training.Runs;

namespace ParalegalBot.Cli.Commands;

/// <summary><c>paralegal tune …</c>: from data to a model that the engine loads.</summary>
internal static class TuneCommand
{
    public static Command Create() => new("tune", "Entrena, exporta y evalúa modelos propios.") { Train(), Export(), TuneEncoderCommand.Create(), TuneGateCommands.Eval(), TuneGateCommands.Promote() };

    private static Command Train()
    {
        var data = new Option<string>("--data") { Description = "Carpeta de «dataset generate».", HelpName = "CARPETA", Required = true };
        var destination = new Option<string>("--out") { Description = "Carpeta de la corrida; si ya la tiene a medias, sigue.", HelpName = "CARPETA", Required = true };
        var preset = new Option<string>("--preset") { Description = "tiny, mini, nano o lora.", HelpName = "NOMBRE", DefaultValueFactory = _ => "nano" };
        preset.AcceptOnlyFromAmong([.. Presets.Names]);
        var stage = new Option<TrainingStage>("--stage") { Description = "pretrain (seguir textos) o sft (responder).", HelpName = "ETAPA", DefaultValueFactory = _ => TrainingStage.Sft };
        var from = new Option<string?>("--base") { Description = "Modelo del que se parte: carpeta de Hugging Face o archivo GGUF.", HelpName = "RUTA" };
        var steps = new Option<int?>("--steps") { Description = "Pasos.", HelpName = "N" };
        var rate = new Option<float?>("--learning-rate") { Description = "Tasa de aprendizaje máxima.", HelpName = "TASA" };
        var seed = new Option<int>("--seed") { Description = "Semilla.", HelpName = "N", DefaultValueFactory = _ => 1 };
        var threads = new Option<int>("--threads") { Description = "Hilos; 0, uno por procesador.", HelpName = "N" };
        return new Command("train", "Entrena un modelo LLaMA o un adaptador.") { data, destination, preset, stage, from, steps, rate, seed, threads }.Runs(async (session, cancellationToken) =>
        {
            var options = Presets.Of(session.Value(preset)!, session.Value(stage), session.Value(from)) with { Seed = session.Value(seed) };
            options = options with { Steps = session.Value(steps) ?? options.Steps, LearningRate = session.Value(rate) ?? options.LearningRate };
            var (folder, last) = ("", default(TrainingFigures));
            await session.Output.ProgressAsync("Entrenando", options.Steps, step => Task.Run(() => folder = new TrainingRun(session.Get<TimeProvider>()).Train(
                options, session.Value(data)!, session.Value(destination)!, session.Value(threads), figures => step(Sentence(last = figures)), cancellationToken), cancellationToken));
            if (session.Output.AsJson) session.Output.Json(new { model = folder, options.Steps, last?.Loss, last?.Validation });
            else session.Output.Line($"Entrenado en {folder}. Expórtelo con «paralegal tune export {session.Value(destination)} --out modelo.gguf».");
            return 0;
        });
    }

    private static Command Export()
    {
        var folder = new Argument<string>("CARPETA") { Description = "Corrida de «tune train», modelo de Hugging Face o adaptador de PEFT." };
        var destination = new Option<string>("--out") { Description = "Archivo GGUF.", HelpName = "ARCHIVO", Required = true };
        var type = new Option<string>("--type") { Description = "f32, f16, q8_0 o q4_0.", HelpName = "TIPO", DefaultValueFactory = _ => "q8_0" };
        type.AcceptOnlyFromAmong([.. ModelExport.Types]);
        var adapter = new Option<bool>("--adapter") { Description = "El adaptador solo, sin unirlo a su base." };
        var from = new Option<string?>("--base") { Description = "Carpeta del modelo base del adaptador.", HelpName = "CARPETA" };
        return new Command("export", "Escribe un modelo o un adaptador como GGUF.") { folder, destination, type, adapter, from }.Runs(session =>
        {
            var path = session.Value(destination)!;
            ModelExport.Run(session.Value(folder)!, path, session.Value(type)!, session.Value(adapter), session.Value(from));
            var bytes = new FileInfo(path).Length;
            if (session.Output.AsJson) session.Output.Json(new { file = path, bytes, type = session.Value(type) });
            else session.Output.Line(string.Create(CultureInfo.InvariantCulture, $"Escrito {path} ({bytes / 1048576.0:F1} MiB, {session.Value(type)})."));
            return 0;
        });
    }

    private static string Sentence(TrainingFigures figures) => string.Create(
        CultureInfo.InvariantCulture,
        $"pérdida {figures.Loss:F3}{(figures.Validation is { } validation ? $", validación {validation:F3}" : "")}, {figures.Tokens / Math.Max(1e-3, figures.Seconds):F0} fichas/s");
}
