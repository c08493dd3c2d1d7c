using System.Diagnostics.Metrics;

namespace ParalegalBot.Inference.Serving;

/// <summary>What is measured of every answer: meter <see cref="Meter"/>, tagged with the engine.</summary>
internal sealed class EngineMetrics
{
    /// <summary>The meter's name, for whoever exports it.</summary>
    public const string Meter = "ParalegalBot.Inference";

    private readonly Histogram<double> queueTime, firstToken, rate;
    private readonly Counter<long> tokens, answers;
    private readonly Counter<double> cost;

    public EngineMetrics(IMeterFactory meters, FairQueue queue)
    {
        var meter = meters.Create(Meter);
        queueTime = meter.CreateHistogram<double>("paralegal.engine.queue_time", "s", "Time between asking and the turn.");
        firstToken = meter.CreateHistogram<double>("paralegal.engine.first_token", "s", "Time between the turn and the first text.");
        rate = meter.CreateHistogram<double>("paralegal.engine.token_rate", "{token}/s", "Tokens written a second, from the first text on.");
        tokens = meter.CreateCounter<long>("paralegal.engine.tokens", "{token}", "Tokens read and written.");
        answers = meter.CreateCounter<long>("paralegal.engine.answers", "{answer}", "Answers by outcome: done, left, or the trouble.");
        cost = meter.CreateCounter<double>("paralegal.engine.cost", null, "Cost in the configured currency.");
        meter.CreateObservableGauge("paralegal.engine.waiting", () => queue.Waiting, "{person}", "People in the line.");
    }

    public void Waited(string engine, TimeSpan time) => queueTime.Record(time.TotalSeconds, Tag(engine));

    public void Began(string engine, TimeSpan time) => firstToken.Record(time.TotalSeconds, Tag(engine));

    public void Wrote(string engine, long input, long output, TimeSpan writing)
    {
        tokens.Add(input, Tag(engine), new("direction", "input"));
        tokens.Add(output, Tag(engine), new("direction", "output"));
        if (output > 1 && writing > TimeSpan.Zero) rate.Record((output - 1) / writing.TotalSeconds, Tag(engine));
    }

    public void Ended(string engine, string outcome) => answers.Add(1, Tag(engine), new("outcome", outcome));

    public void Cost(string engine, decimal amount) => cost.Add((double)amount, Tag(engine));

    private static KeyValuePair<string, object?> Tag(string engine) => new("engine", engine);
}
