using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using ParalegalBot.Tests.Teams;

namespace ParalegalBot.EndToEnd.Tests;

/// <summary>The server dies without warning while it answers, and is started again over the same records.</summary>
public sealed class KilledServerTests
{
    private const int People = 120;
    private const int Senders = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task No_question_that_was_accepted_is_lost_and_none_is_answered_twice()
    {
        await using var cloud = await BotFrameworkStub.StartAsync();
        var answers = new ConcurrentDictionary<string, int>();
        var (midway, dead, all) = (new TaskCompletionSource(), new TaskCompletionSource(), new TaskCompletionSource());
        var (usual, held) = (cloud.Answer, 0);
        cloud.Answer = call =>
        {
            if (call.Text.Contains("quince días", StringComparison.Ordinal)) answers.AddOrUpdate(call.Conversation, 1, (_, count) => count + 1);
            if (answers.Count >= People) all.TrySetResult();
            if (call.Type == "message" && answers.Count >= 10 && !dead.Task.IsCompleted)
            {
                // What arrives from here on is not acknowledged; once every sender waits for that, the server is killed.
                if (Interlocked.Increment(ref held) == Senders) midway.TrySetResult();
                dead.Task.Wait();
            }
            return usual(call);
        };
        await using var server = new RunningServer
        {
            Settings =
            [
                "--MicrosoftAppId", BotFrameworkStub.AppId, "--MicrosoftAppPassword", "secreto", "--Teams:Issuer", cloud.Issuer, "--Teams:Metadata", cloud.Metadata, "--Teams:Login", cloud.Address,
                "--Channels:Senders", $"{Senders}", "--Channels:Queue", $"{People}",
            ],
        };
        await server.InitializeAsync();

        var accepted = await Task.WhenAll(Enumerable.Range(0, People).Select(person => AskAsync(server, cloud, $"a:{person}")));
        Assert.All(accepted, status => Assert.Equal(HttpStatusCode.OK, status));
        await midway.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.True(answers.Count < People, "Everything was answered before the kill.");
        await server.KillAsync();
        dead.SetResult();
        await server.StartAsync();
        await all.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);

        // What comes twice over the wire is known, and whoever asks last is answered last.
        Assert.Equal(HttpStatusCode.OK, await AskAsync(server, cloud, "a:0"));
        var late = new TaskCompletionSource();
        var then = cloud.Answer;
        cloud.Answer = call =>
        {
            var status = then(call);
            if (call.Conversation == "a:late" && answers.ContainsKey("a:late")) late.TrySetResult();
            return status;
        };
        await AskAsync(server, cloud, "a:late");
        await late.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);

        Assert.All(answers, pair => Assert.True(pair.Value == 1, $"{pair.Key} was answered {pair.Value} times."));
    }

    private static async Task<HttpStatusCode> AskAsync(RunningServer server, BotFrameworkStub cloud, string conversation)
    {
        using var client = new HttpClient { Timeout = Patience };
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server.Address, "api/messages"))
        {
            Content = JsonContent.Create(new
            {
                type = "message", id = "i1", channelId = BotFrameworkStub.Channel, serviceUrl = cloud.Address,
                text = "¿Qué plazo tiene el préstamo según el artículo 2o de la Ley de Préstamo de Libros?",
                from = new { id = $"29{conversation}" }, recipient = new { id = $"28:{BotFrameworkStub.AppId}" }, conversation = new { id = conversation, conversationType = "personal" },
            }),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", cloud.Token());
        return (await client.SendAsync(request, TestContext.Current.CancellationToken)).StatusCode;
    }
}
