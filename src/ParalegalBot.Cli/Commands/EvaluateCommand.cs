using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ParalegalBot.Answering;
using ParalegalBot.Answering.Checks;
using ParalegalBot.Evaluation;
using ParalegalBot.Evaluation.Report;
using ParalegalBot.Inference;
using ParalegalBot.Statutes;

namespace ParalegalBot.Cli.Commands;

/// <summary><c>paralegal evaluate CASES.jsonl</c>: answers every case, writes the rows, prints the measures.</summary>
internal static class EvaluateCommand
{
    private static readonly JsonSerializerOptions Lines = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Create()
    {
        var cases = new Argument<string>("CASOS") { Description = "Archivo JSONL con los casos." };
        var asOf = CommonOptions.AsOf();
        var engine = AskCommand.EngineOption();
        var baseline = new Option<string?>("--baseline") { Description = "En lugar del asistente: closed-book, plain-rag o similarity.", HelpName = "NOMBRE" };
        baseline.AcceptOnlyFromAmong([.. Baselines.Names]);
        var answers = new Option<string?>("--answers") { Description = "Escribe una línea JSON por caso.", HelpName = "ARCHIVO" };
        var report = new Option<string?>("--report") { Description = "Escribe un informe HTML.", HelpName = "ARCHIVO" };
        var compare = new Option<string[]>("--compare") { Description = "Compara con las respuestas que otra corrida escribió con --answers; puede repetirse.", HelpName = "ARCHIVO" };
        return new Command("evaluate", "Responde un archivo de casos y mide.") { cases, asOf, engine, baseline, answers, report, compare }
            .Runs(async (session, cancellationToken) =>
            {
                var path = session.Value(cases)!;
                var rowsOfOthers = (session.Value(compare) ?? []).Select(file => (Name: Path.GetFileNameWithoutExtension(file), Rows: AnswerRow.Load(file))).ToList();
                await session.Get<EngineReport>().ExamineAsync(cancellationToken);
                var results = await RunAsync(session, EvaluationCase.Load(path), Answering(session, session.Value(baseline)), session.Value(asOf), cancellationToken);
                if (session.Value(answers) is { } rows) await File.WriteAllLinesAsync(rows, results.Select(result => JsonSerializer.Serialize(result.Row, Lines)), cancellationToken);
                var others = rowsOfOthers.Select(other => Comparison.Of(other.Name, results, other.Rows)).ToList();
                if (session.Value(report) is { } html)
                    await File.WriteAllTextAsync(html, HtmlReport.Render($"Evaluación de {Path.GetFileName(path)}", Facts(session, results.Count, session.Value(baseline)), results, others, session.Get<AnswerThresholds>().TargetRisk), cancellationToken);
                Print(session.Output, results, others);
                return 0;
            });
    }

    public static async Task<IReadOnlyList<CaseResult>> RunAsync(
        Session session, IReadOnlyList<EvaluationCase> cases, Func<Question, CancellationToken, Task<Answer>> answer, DateOnly? asOf, CancellationToken cancellationToken)
    {
        IReadOnlyList<CaseResult> results = [];
        await session.Output.ProgressAsync("Evaluando", cases.Count, async step => results = await EvaluationRun.RunAsync(cases, answer, asOf, step, cancellationToken));
        return results;
    }

    /// <summary>An assistant of the session's parts, with another check, other thresholds or another engine. Evaluation leaves no trace in the audit log.</summary>
    public static LegalAssistant Assistant(Session session, CitationCheck check, AnswerThresholds thresholds, DraftWriter? writer = null)
    {
        RecordAnswer nowhere = (_, _, _) => ValueTask.FromResult(Guid.CreateVersion7().ToString("N"));
        return ActivatorUtilities.CreateInstance<LegalAssistant>(session.Get<IServiceProvider>(), check, thresholds, nowhere, writer ?? session.Get<DraftWriter>());
    }

    private static Func<Question, CancellationToken, Task<Answer>> Answering(Session session, string? baseline)
    {
        if (baseline == "closed-book") return Baselines.ClosedBook(session.Get<IChatClient>(), session.Today);
        if (baseline is null)
        {
            var ours = Assistant(session, session.Get<CitationCheck>(), session.Get<AnswerThresholds>());
            return (question, cancellationToken) => ours.AnswerAsync(question, cancellationToken: cancellationToken);
        }
        var (check, thresholds) = Baselines.PlainRag(session.Get<SupportScore>());
        var plain = Assistant(session, check, thresholds);
        return async (question, cancellationToken) =>
        {
            var answer = await plain.AnswerAsync(question, cancellationToken: cancellationToken);
            return baseline == "similarity" ? Baselines.Similarity(answer) : answer;
        };
    }

    /// <summary>What was run on what, for the head of the report.</summary>
    private static IReadOnlyList<(string, string)> Facts(Session session, int cases, string? baseline)
    {
        var (laws, thresholds) = (session.Get<StatuteStore>().Statutes(), session.Get<AnswerThresholds>());
        return
        [
            ("Fecha", session.Today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)), ("Casos", cases.ToString(CultureInfo.InvariantCulture)),
            ("Motor", session.Get<IOptions<InferenceOptions>>().Value.Engine + (baseline is null ? "" : $", línea base {baseline}")),
            ("Leyes", $"{laws.Count}: {string.Join(' ', laws.Take(12).Select(law => law.Abbreviation))}{(laws.Count > 12 ? "…" : "")}"),
            ("Umbrales", string.Create(CultureInfo.InvariantCulture, $"respuesta {thresholds.Answer}, fuentes {thresholds.Sources}, sustento {thresholds.Support}; calibrados el {thresholds.Date:yyyy-MM-dd} con {thresholds.Provenance}")),
        ];
    }

    private static void Print(Output output, IReadOnlyList<CaseResult> results, IReadOnlyList<Comparison> others)
    {
        if (results.All(result => result.Case.Expected is null))
        {
            output.Line($"{results.Count} casos respondidos; no traen respuesta esperada, así que no se miden.");
            return;
        }
        if (output.AsJson)
        {
            output.Json(new
            {
                Cases = results.Count,
                Shares = ShareMeasures.Of(results).ToDictionary(share => share.Name, share => new { share.Value.Hits, share.Value.Count, share.Value.Interval.Low, share.Value.Interval.High }),
                Means = MeanMeasures.Of(results).ToDictionary(mean => mean.Name, mean => double.IsNaN(mean.Value) ? (double?)null : mean.Value),
                Compared = others.ToDictionary(other => other.Name, other => new
                {
                    Accurate = new { other.Accurate.OnlyOurs, other.Accurate.OnlyTheirs, other.Accurate.P }, Hallucinated = new { other.Hallucinated.OnlyOurs, other.Hallucinated.OnlyTheirs, other.Hallucinated.P },
                }),
            });
            return;
        }
        output.Table(["medida", "valor"], ShareMeasures.Of(results).Select(share => (IReadOnlyList<string>)[share.Title, share.Value.ToString()])
            .Concat(MeanMeasures.Of(results).Select(mean => (IReadOnlyList<string>)[mean.Title, mean.Value.ToString("0.000", CultureInfo.InvariantCulture)]))
            .Concat(others.Select(other => (IReadOnlyList<string>)[$"Acertadas sólo aquí / sólo en {other.Name}", string.Create(CultureInfo.InvariantCulture, $"{other.Accurate.OnlyOurs} / {other.Accurate.OnlyTheirs}, McNemar p = {other.Accurate.P:0.####}")])));
    }
}
