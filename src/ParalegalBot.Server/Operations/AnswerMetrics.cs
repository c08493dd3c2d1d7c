using System.Diagnostics.Metrics;
using ParalegalBot.Answering;
using ParalegalBot.Conversations;
using ParalegalBot.Records;

namespace ParalegalBot.Server.Operations;

/// <summary>What is counted of every answer on every channel. Tags are words of ours, never of people.</summary>
public sealed class AnswerMetrics
{
    /// <summary>The meter's name, for whoever exports it.</summary>
    public const string Meter = "ParalegalBot";

    private readonly Counter<long> answers, claims;
    private readonly Histogram<double> duration, stops;

    public AnswerMetrics(IMeterFactory meters, Inbox inbox, Outbox outbox, ServiceSwitch service, Readiness readiness)
    {
        var meter = meters.Create(Meter);
        answers = meter.CreateCounter<long>("paralegal.answers", "{answer}", "Answers by channel, outcome and reason.");
        claims = meter.CreateCounter<long>("paralegal.claims", "{claim}", "Claims by the check that dropped them; none for proved ones.");
        duration = meter.CreateHistogram<double>("paralegal.answer.duration", "s", "From the question at the door to the answer.");
        stops = meter.CreateHistogram<double>("paralegal.stop.duration", "s", "Time of each stop.");
        meter.CreateObservableGauge("paralegal.inbox.waiting", () => inbox.Waiting(), "{message}", "Messages accepted and not answered.");
        meter.CreateObservableGauge("paralegal.outbox.waiting", () => outbox.Waiting(), "{message}", "Messages not sent.");
        meter.CreateObservableGauge("paralegal.mode", () => (int)service.Mode, null, "0 normal, 1 sources only, 2 closed.");
        meter.CreateObservableGauge("paralegal.ready", () => readiness.Reason is null ? 1 : 0, null, "1 while questions can be answered.");
    }

    public void Answered(string channel, Answer answer, TimeSpan took)
    {
        var json = (Outcome: AnswerJson.OutcomeOf(answer), Reason: (answer as Answer.Refused)?.Reason.ToString() ?? "none");
        answers.Add(1, new("channel", channel), new("outcome", json.Outcome), new("reason", json.Reason));
        duration.Record(took.TotalSeconds, new("channel", channel), new("outcome", json.Outcome));
        foreach (var (stop, milliseconds) in answer.Timings) stops.Record(milliseconds / 1000, new KeyValuePair<string, object?>("stop", stop));
        foreach (var verdict in answer.Trace?.Verdicts ?? []) claims.Add(1, new KeyValuePair<string, object?>("check", verdict.Finding?.Check ?? "none"));
    }

    public void Failed(string channel) => answers.Add(1, new("channel", channel), new("outcome", "failed"), new("reason", "none"));
}
