using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using ParalegalBot.Answering;
using ParalegalBot.Answering.Checks;
using ParalegalBot.Evaluation;
using ParalegalBot.Inference;

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
        return new Command("evaluate", "Responde un archivo de casos y mide.") { cases, asOf, engine, baseline, answers, report }
            .Runs(async (session, cancellationToken) =>
            {
                var path = session.Value(cases)!;
                await session.Get<EngineReport>().ExamineAsync(cancellationToken);
                var results = await RunAsync(session, EvaluationCase.Load(path), Answering(session, session.Value(baseline)), session.Value(asOf), cancellationToken);
                if (session.Value(answers) is { } rows) await File.WriteAllLinesAsync(rows, results.Select(result => JsonSerializer.Serialize(result.Row, Lines)), cancellationToken);
                if (session.Value(report) is { } html)
                    await File.WriteAllTextAsync(html, HtmlReport.Render($"paralegal evaluate {Path.GetFileName(path)} {session.Value(baseline)}".Trim(), results), cancellationToken);
                Print(session.Output, results);
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

    private static void Print(Output output, IReadOnlyList<CaseResult> results)
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
                Shares = Measures.Shares(results).ToDictionary(share => share.Name, share => new { share.Value.Hits, share.Value.Count, share.Value.Interval.Low, share.Value.Interval.High }),
                Means = Measures.Means(results).ToDictionary(mean => mean.Name, mean => double.IsNaN(mean.Value) ? (double?)null : mean.Value),
            });
            return;
        }
        output.Table(["medida", "valor"], Measures.Shares(results).Select(share => (IReadOnlyList<string>)[share.Name, share.Value.ToString()])
            .Concat(Measures.Means(results).Select(mean => (IReadOnlyList<string>)[mean.Name, mean.Value.ToString("0.000", CultureInfo.InvariantCulture)])));
    }
}
