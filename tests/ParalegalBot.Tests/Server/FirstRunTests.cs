using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using ParalegalBot.Answering;
using ParalegalBot.Answering.Checks;
using ParalegalBot.Server.Operations;
using ParalegalBot.Server.WebChat;
using ParalegalBot.Tests.Statutes;

namespace ParalegalBot.Tests.Server;

/// <summary>The server as it starts where nothing was loaded: it demonstrates with the starter set and says so every time.</summary>
public sealed class FirstRunTests : IDisposable
{
    private readonly ScratchFolder folder = new();
    private readonly WebApplicationFactory<ChatReplies> server;

    public FirstRunTests()
    {
        File.WriteAllText(folder["thresholds.json"], JsonSerializer.Serialize(AnswerThresholds.ShowAll));
        server = new WebApplicationFactory<ChatReplies>().WithWebHostBuilder(builder => builder
            .UseSetting("Store:Path", folder["statutes.db"]).UseSetting("Records:Path", folder["records.db"]).UseSetting("Answers:Thresholds", folder["thresholds.json"]));
    }

    public void Dispose()
    {
        server.Dispose();
        folder.Dispose();
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_answers_and_refuses_as_a_demonstration_and_quotes_nothing()
    {
        var client = server.CreateClient();

        var answered = await AskAsync(client, "cuántos días de vacaciones me tocan en el primer año");
        var refused = await AskAsync(client, "¿Quién ganó el mundial de futbol de 1986?");

        Assert.Equal(("cited", "refused"), (answered.GetProperty("reply").GetProperty("outcome").GetString(), refused.GetProperty("reply").GetProperty("outcome").GetString()));
        foreach (var turn in new[] { answered, refused })
        {
            Assert.StartsWith("Demostración con síntesis no oficiales", turn.GetProperty("reply").GetProperty("demonstration").GetString(), StringComparison.Ordinal);
            Assert.StartsWith("Demostración con síntesis no oficiales", turn.GetProperty("copy").GetString(), StringComparison.Ordinal);
            Assert.DoesNotContain("«", turn.GetProperty("copy").GetString(), StringComparison.Ordinal);
        }
        var asked = await (await client.PostAsJsonAsync("/v1/ask", new { text = "¿Quién ganó el mundial de futbol de 1986?" }, Cancel)).Content.ReadFromJsonAsync<JsonElement>(Cancel);
        Assert.Contains("Demostración con síntesis no oficiales", asked.GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_stops_of_a_question_are_spans_of_its_request_and_carry_no_text()
    {
        const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is Stops.Source or "Microsoft.AspNetCore", Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                if (span.TraceId.ToHexString() == Trace && span.Source.Name == Stops.Source) spans.Enqueue(span);
            },
        };
        ActivitySource.AddActivityListener(listener);
        var client = server.CreateClient();
        client.DefaultRequestHeaders.Add("traceparent", $"00-{Trace}-00f067aa0ba902b7-01");

        await client.PostAsJsonAsync("/v1/ask", new { text = "cuántos días de vacaciones me tocan en el primer año" }, Cancel);

        Assert.Equal(["answer", "check", "door", "draft", "prompt", "record", "screen", "search"], spans.Select(span => span.OperationName).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(spans.SelectMany(span => span.TagObjects), tag => tag.Value?.ToString()?.Contains("vacaciones", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task An_article_that_the_starter_set_leaves_out_is_not_said_to_be_missing_from_the_law()
    {
        var client = server.CreateClient();

        var reply = (await AskAsync(client, "¿Qué dice el artículo 1001 de la LFT?")).GetProperty("reply");
        var page = await (await client.GetAsync("/leyes/LFT/articulos/1001", Cancel)).Content.ReadAsStringAsync(Cancel);

        Assert.Equal("not_found", reply.GetProperty("reason").GetString());
        foreach (var said in new[] { reply.GetProperty("text").GetString(), page })
        {
            Assert.Contains("no está entre las síntesis", said, StringComparison.Ordinal);
            Assert.DoesNotContain("no existe", said, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_question_that_comes_before_the_laws_could_be_opened_is_told_why()
    {
        var client = server.CreateClient();
        var readiness = server.Services.GetRequiredService<Readiness>();
        await readiness.Opened.WaitAsync(Cancel);
        readiness.NotReady("La base de leyes está dañada.");

        var response = await client.PostAsJsonAsync("/v1/ask", new { text = "¿Cuántos días de vacaciones hay?" }, Cancel);

        Assert.Equal(503, (int)response.StatusCode);
        Assert.Contains("dañada", (await response.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    /// <summary>The turn at the end of the events.</summary>
    private static async Task<JsonElement> AskAsync(HttpClient client, string text)
    {
        var response = await client.PostAsJsonAsync("/chat/mensajes", new { text }, Cancel);
        var last = (await response.Content.ReadAsStringAsync(Cancel)).Split("\n\n", StringSplitOptions.RemoveEmptyEntries)[^1];
        return JsonDocument.Parse(last["data:".Length..]).RootElement.GetProperty("turn");
    }
}
