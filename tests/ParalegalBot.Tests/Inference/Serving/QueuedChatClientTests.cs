using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using ParalegalBot.Answering;
using ParalegalBot.Inference.Serving;

namespace ParalegalBot.Tests.Inference.Serving;

/// <summary>The line before an engine that takes two seconds; the clock is the test's own.</summary>
public sealed class QueuedChatClientTests : IDisposable
{
    private readonly FakeTimeProvider time = new();
    private readonly GatedEngine engine;
    private readonly ServiceProvider meters = new ServiceCollection().AddMetrics().BuildServiceProvider();

    public QueuedChatClientTests() => engine = new GatedEngine(time);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Fifty_people_at_once_are_all_served_never_more_than_four_at_a_time()
    {
        using var client = Client(new QueueOptions { Concurrency = 4 });

        var answers = Enumerable.Range(0, 50).Select(person => Ask(client, $"persona {person}")).ToList();
        await ServeAsync(answers, places: 4);

        Assert.All(await Task.WhenAll(answers), answer => Assert.Equal("listo", answer));
        Assert.Equal((50, 50, 4), (engine.Begun.Count, engine.Begun.Distinct().Count(), engine.Most));
        // Whoever is let in together begins in any order.
        Assert.Equal(Enumerable.Range(0, 50).Select(person => $"persona {person}").Chunk(4).SelectMany(four => four.Order()), engine.Begun.Chunk(4).SelectMany(four => four.Order()));
    }

    [Fact]
    public async Task Who_asks_a_lot_does_not_hold_up_who_asks_once()
    {
        using var client = Client(new QueueOptions { Concurrency = 1 });

        var answers = Enumerable.Repeat("insistente", 20).Append("ana").Append("beto").Select(person => Ask(client, person)).ToList();
        await ServeAsync(answers);

        Assert.Equal(["insistente", "insistente", "ana", "beto"], engine.Begun.Take(4));
        Assert.Equal(22, engine.Begun.Count);
    }

    [Fact]
    public async Task Who_leaves_frees_the_place_and_the_turn()
    {
        using var client = Client(new QueueOptions { Concurrency = 1 });
        using CancellationTokenSource first = new(), second = new();
        var leaving = Ask(client, "ana", first.Token);
        var waiting = Ask(client, "beto", second.Token);
        var staying = Ask(client, "carla");

        await second.CancelAsync();
        await first.CancelAsync();
        await ServeAsync([staying]);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaving);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal("listo", await staying);
        Assert.Equal(["ana", "carla"], engine.Begun);
    }

    [Fact]
    public async Task A_full_line_says_so_at_once()
    {
        using var client = Client(new QueueOptions { Concurrency = 1, Length = 2 });
        var served = Enumerable.Range(0, 3).Select(person => Ask(client, $"persona {person}")).ToList();

        var refused = await Assert.ThrowsAsync<EngineUnavailableException>(() => Ask(client, "tarde"));
        await ServeAsync(served);

        Assert.Equal(EngineTrouble.Busy, refused.Trouble);
        Assert.Equal(3, engine.Begun.Count);
    }

    [Fact]
    public async Task Waiting_and_writing_have_their_limits_of_time()
    {
        using var client = Client(new QueueOptions { Concurrency = 1, AnswerSeconds = 1, WaitSeconds = 1 });
        var writing = Ask(client, "ana");
        var waiting = Ask(client, "beto");

        time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(EngineTrouble.Slow, (await Assert.ThrowsAsync<EngineUnavailableException>(() => writing)).Trouble);
        // Both limits ran out at once: the wait ended, or the place came free first and then the answer's own limit.
        time.Advance(TimeSpan.FromSeconds(1));
        await Assert.ThrowsAsync<EngineUnavailableException>(() => waiting);
        Assert.Equal(0, engine.Running);
    }

    [Fact]
    public async Task Who_waits_is_told_how_many_come_before()
    {
        using var client = Client(new QueueOptions { Concurrency = 1 });
        var lines = new ConcurrentQueue<string>();
        var answers = new List<Task<string>> { Ask(client, "ana"), Ask(client, "beto"), Ask(client, "carla"), Ask(client, "dora", progress: new Lines(lines)) };

        await ServeAsync(answers);

        Assert.Equal(
            ["Hay 2 consultas antes que la suya; gracias por esperar.", "Hay 1 consulta antes que la suya; gracias por esperar.", "Su consulta es la siguiente; gracias por esperar."], lines);
    }

    [Fact]
    public async Task Times_and_tokens_are_measured()
    {
        var measured = new ConcurrentDictionary<string, double>();
        using var listener = new MeterListener();
        using var client = Client(new QueueOptions { Concurrency = 1 });
        var factory = meters.GetRequiredService<IMeterFactory>();
        listener.InstrumentPublished = (instrument, itself) =>
        {
            if (instrument.Meter.Scope == factory) itself.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => measured.AddOrUpdate(instrument.Name, value, (_, sum) => sum + value));
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => measured.AddOrUpdate(instrument.Name, value, (_, sum) => sum + value));
        listener.Start();

        await ServeAsync([Ask(client, "ana"), Ask(client, "beto")]);

        Assert.Equal(2, measured["paralegal.engine.queue_time"]);
        Assert.Equal(0, measured["paralegal.engine.first_token"]);
        Assert.Equal(2 * 50, measured["paralegal.engine.token_rate"]);
        Assert.Equal(2 * 1_101, measured["paralegal.engine.tokens"]);
        Assert.Equal(2, measured["paralegal.engine.answers"]);
    }

    public void Dispose() => meters.Dispose();

    private QueuedChatClient Client(QueueOptions options)
    {
        var queue = new FairQueue(options.Concurrency, options.Length);
        return new QueuedChatClient(engine, queue, new EngineMetrics(meters.GetRequiredService<IMeterFactory>(), queue), options, time);
    }

    private static async Task<string> Ask(IChatClient client, string person, CancellationToken? leaving = null, IProgress<string>? progress = null)
    {
        var options = new ChatOptions { AdditionalProperties = new() { [Asker.Key] = new Asker(person, progress) } };
        return (await client.GetResponseAsync([new ChatMessage(ChatRole.User, "¿?")], options, leaving ?? Stop)).Text;
    }

    /// <summary>Lets two seconds pass whenever every place is at work, until everybody has an answer.</summary>
    private async Task ServeAsync(IReadOnlyList<Task<string>> answers, int places = 1)
    {
        while (answers.Count(answer => !answer.IsCompleted) is > 0 and var left)
        {
            Stop.ThrowIfCancellationRequested();
            if (engine.Writing >= Math.Min(places, left)) time.Advance(TimeSpan.FromSeconds(2));
            else await Task.Yield();
        }
    }

    private sealed class Lines(ConcurrentQueue<string> lines) : IProgress<string>
    {
        public void Report(string value) => lines.Enqueue(value);
    }
}
