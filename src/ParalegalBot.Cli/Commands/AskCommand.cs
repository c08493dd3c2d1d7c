using System.CommandLine;
using Microsoft.Extensions.Options;
using ParalegalBot.Answering;
using ParalegalBot.Configuration;
using ParalegalBot.Conversations;
using ParalegalBot.Inference;
using ParalegalBot.Ingestion;
using ParalegalBot.Statutes;

namespace ParalegalBot.Cli.Commands;

/// <summary><c>paralegal ask "…"</c>: one question, one answer or refusal; both end with exit code 0.</summary>
internal static class AskCommand
{
    public static Command Create()
    {
        var question = new Argument<string>("PREGUNTA") { Description = "La pregunta, entre comillas." };
        var asOf = CommonOptions.AsOf();
        var state = new Option<string?>("--state") { Description = "Estado en que ocurre.", HelpName = "NOMBRE" };
        var engine = EngineOption();
        return new Command("ask", "Responde una pregunta con citas, o dice por qué no.") { question, asOf, state, engine }
            .Runs(async (session, cancellationToken) =>
            {
                session.Get<StarterSet>().LoadIfEmpty(session.Get<StatuteStore>());
                await session.Get<EngineReport>().ExamineAsync(cancellationToken);
                var answer = await session.Get<LegalAssistant>().AnswerAsync(
                    new Question { Text = session.Value(question)!, AsOf = session.Value(asOf), State = session.Value(state), Channel = "cli" }, cancellationToken: cancellationToken);
                if (session.Output.AsJson) session.Output.Json(AnswerJson.From(answer));
                else Print(session.Output, answer, session.Get<IOptions<FirmOptions>>().Value);
                return 0;
            });
    }

    /// <summary>The engine for this run; <see cref="Session"/> makes it the setting <c>Inference:Engine</c>.</summary>
    public static Option<string?> EngineOption()
    {
        var engine = new Option<string?>(CommonOptions.Engine) { Description = "Motor: extractive, gguf (con Inference:ModelPath) u openai (con Inference:Endpoint).", HelpName = "NOMBRE" };
        engine.AcceptOnlyFromAmong([.. InferenceOptions.Engines]);
        return engine;
    }

    private static void Print(Output output, Answer answer, FirmOptions firm)
    {
        output.Line(answer.Text);
        foreach (var choice in (answer as Answer.Clarification)?.Choices ?? []) output.Line($"  • {choice}");
        if (answer is Answer.Refused)
            foreach (var source in answer.Sources) output.Line($"  • {source.PrintedCitation}");
        if (answer.Help is { } help) output.Line($"\n{help}");
        if (firm.Notice.Length > 0) output.Line($"\n{firm.Notice}");
    }
}
