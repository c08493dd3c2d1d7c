using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using ParalegalBot.Answering.Checks;
using ParalegalBot.Evaluation;
using ParalegalBot.Statutes;

namespace ParalegalBot.Cli.Commands;

/// <summary><c>paralegal calibrate CASES.jsonl</c>: derives the thresholds by risk and coverage, five-fold, and writes their file.</summary>
internal static class CalibrateCommand
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Create()
    {
        var cases = new Argument<string>("CASOS") { Description = "Archivo JSONL con casos que traen respuesta esperada." };
        var risk = new Option<double>("--risk") { Description = "Parte de respuestas erróneas que se tolera entre las mostradas.", HelpName = "PARTE", DefaultValueFactory = _ => 0.05 };
        var destination = new Option<string>("--out") { Description = "Dónde escribir los umbrales.", HelpName = "ARCHIVO", DefaultValueFactory = _ => Path.Combine(AppContext.BaseDirectory, "manifests", "evaluation", "thresholds.json") };
        return new Command("calibrate", "Calcula los umbrales con un archivo de casos.") { cases, risk, destination }
            .Runs(async (session, cancellationToken) =>
            {
                var path = session.Value(cases)!;
                var read = EvaluationCase.Load(path);
                var support = session.Get<SupportScore>();
                var check = new Answering.CitationCheck(session.Get<IReadOnlyList<IClaimCheck>>(), new ClaimSupport(support, AnswerThresholds.ShowAll), AnswerThresholds.ShowAll);
                var assistant = EvaluateCommand.Assistant(session, check, AnswerThresholds.ShowAll);
                var results = await EvaluateCommand.RunAsync(session, read, (question, token) => assistant.AnswerAsync(question, cancellationToken: token), null, cancellationToken);
                var (thresholds, measure) = Calibration.Fit(
                    results, session.Get<StatuteStore>().Statutes(), Calibration.Hash(await File.ReadAllTextAsync(path, cancellationToken)),
                    session.Value(risk), Calibration.SupportLimit(results, support), session.Today);
                await File.WriteAllTextAsync(session.Value(destination)!, JsonSerializer.Serialize(thresholds, Indented) + "\n", cancellationToken);
                if (session.Output.AsJson) session.Output.Json(new { thresholds.Answer, thresholds.Sources, thresholds.Support, AnswerRate = measure.AnswerRate.Share, Risk = measure.Risk.Share });
                else session.Output.Line($"Respuesta desde {thresholds.Answer}, fuentes desde {thresholds.Sources}, sustento desde {thresholds.Support}. En cinco pliegues: responde {measure.AnswerRate}, yerra {measure.Risk}. Escrito en {session.Value(destination)}.");
                return 0;
            });
    }
}
