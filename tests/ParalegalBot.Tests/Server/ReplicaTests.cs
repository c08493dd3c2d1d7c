using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.Extensions.DependencyInjection;
using ParalegalBot.Answering;
using ParalegalBot.Records;
using ParalegalBot.Tests.Records;
using ParalegalBot.Tests.Teams;

namespace ParalegalBot.Tests.Server;

/// <summary>Two servers with one PostgreSQL: whichever of them a request reaches, people notice nothing.</summary>
public sealed class ReplicaTests(PostgresServer postgres) : IAsyncLifetime
{
    private const string Key = "clave-de-operadores-1";

    private TeamsServer teams = null!;
    private SampleServer other = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var database = postgres.NewDatabase();
        teams = await TeamsServer.StartAsync(Share);
        other = teams.NewReplica(Share);

        void Share(SampleServer server, BotFrameworkStub cloud)
        {
            server["Records:ConnectionString"] = database;
            server["Operations:Key"] = Key;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await other.DisposeAsync();
        await teams.DisposeAsync();
    }

    [Fact]
    public async Task Both_answer_and_no_message_is_answered_twice_though_each_comes_to_both()
    {
        const int Messages = 20;
        var (here, there) = (new TaskCompletionSource(), new TaskCompletionSource());
        teams.Server.Answer = (question, _, _) => AnswerAsync(question, here, there);
        other.Answer = (question, _, _) => AnswerAsync(question, there, here);

        await Parallel.ForAsync(0, Messages, Cancel, async (number, _) =>
        {
            var activity = Message(number);
            Assert.Equal(HttpStatusCode.OK, (await teams.PostAsync(activity, number % 2 == 0 ? teams.Server : other)).StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await teams.PostAsync(activity, number % 2 == 0 ? other : teams.Server)).StatusCode); // the channel was impatient
        });

        Assert.Equal(Enumerable.Range(0, Messages), (await AnswersAsync(Messages)).Order());

        // Each replica's first answer waits until the other has one to write as well.
        async Task<Answer> AnswerAsync(Question question, TaskCompletionSource own, TaskCompletionSource others)
        {
            own.TrySetResult();
            await others.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
            return teams.Server.Cited($"Respuesta {question.Text}.");
        }
    }

    [Fact]
    public async Task What_a_replica_had_in_hand_when_it_was_restarted_is_answered_by_the_other()
    {
        const int Messages = 8;
        var busy = new TaskCompletionSource();
        other.Answer = async (_, _, stop) =>
        {
            busy.TrySetResult();
            await Task.Delay(Timeout.Infinite, stop);
            return teams.Server.Cited();
        };
        other.CreateClient().Dispose();
        for (var number = 0; number < Messages; number++) await teams.PostAsync(Message(number), other);
        await busy.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancel);

        teams.Server.Answer = (question, _, _) => Task.FromResult<Answer>(teams.Server.Cited($"Respuesta {question.Text}."));
        teams.Server.CreateClient().Dispose();
        await other.DisposeAsync();

        Assert.Equal(Enumerable.Range(0, Messages), (await AnswersAsync(Messages)).Order());
    }

    [Fact]
    public async Task Whoever_signed_in_at_one_is_known_at_the_other_and_the_switch_holds_for_both()
    {
        using var client = new HttpClient(new NextReplica([teams.Server.Server.CreateHandler(), other.Server.CreateHandler()])) { BaseAddress = new Uri("http://localhost") };
        var cookies = new CookieContainer();

        var door = await SendAsync(HttpMethod.Get, "/operations/entrar");
        var entered = await SendAsync(HttpMethod.Post, "/operations/entrar", ("csrf", await TokenAsync(door)), ("clave", Key));
        Assert.Equal((HttpStatusCode.Redirect, "/operations"), (entered.StatusCode, entered.Headers.Location?.OriginalString));
        var page = await SendAsync(HttpMethod.Get, "/operations");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await SendAsync(HttpMethod.Post, "/operations/modo", ("csrf", await TokenAsync(page)), ("modo", "Closed"))).StatusCode);

        Assert.Equal(ServiceMode.Closed, new ServiceSwitch(teams.Server.Services.GetRequiredService<RecordsFile>(), teams.Server.Services.GetRequiredService<AuditLog>(), TimeProvider.System).Mode);

        async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, params (string Name, string Value)[] fields)
        {
            using var request = new HttpRequestMessage(method, path);
            if (method == HttpMethod.Post) request.Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
            if (cookies.GetCookieHeader(new Uri(client.BaseAddress!, path)) is { Length: > 0 } held) request.Headers.Add("Cookie", held);
            var response = await client.SendAsync(request, Cancel);
            foreach (var cookie in response.Headers.TryGetValues("Set-Cookie", out var set) ? set : []) cookies.SetCookies(new Uri(client.BaseAddress!, path), cookie);
            return response;
        }

        static async Task<string> TokenAsync(HttpResponseMessage page) =>
            ((IHtmlInputElement)new HtmlParser().ParseDocument(await page.Content.ReadAsStringAsync(Cancel)).QuerySelector("input[name=csrf]")!).Value;
    }

    private System.Text.Json.Nodes.JsonObject Message(int number)
    {
        lock (teams) return teams.Activity(text: $"{number}", person: $"29:p{number}");
    }

    /// <summary>The numbers of the answers that reached the channel once nothing is waiting any more, one for each time.</summary>
    private async Task<IReadOnlyList<int>> AnswersAsync(int count)
    {
        var (inbox, outbox) = (teams.Server.Services.GetRequiredService<Inbox>(), teams.Server.Services.GetRequiredService<Outbox>());
        var answered = new List<int>();
        while (answered.Count < count || inbox.Waiting() + outbox.Waiting() > 0 || teams.Cloud.Called)
        {
            if (teams.Cloud.Called || answered.Count < count) Count(await teams.Cloud.NextAsync());
            else await Task.Yield();
        }
        return answered;

        void Count(ConnectorCall call)
        {
            if (call.Type == "message" && System.Text.RegularExpressions.Regex.Match(call.Text, @"Respuesta (\d+)\.") is { Success: true } match)
                answered.Add(int.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    /// <summary>What stands before replicas: each request goes to the next of them.</summary>
    private sealed class NextReplica(IReadOnlyList<HttpMessageHandler> replicas) : HttpMessageHandler
    {
        private readonly List<HttpMessageInvoker> ways = [.. replicas.Select(replica => new HttpMessageInvoker(replica))];
        private int turn;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            ways[turn++ % ways.Count].SendAsync(request, cancellationToken);

        protected override void Dispose(bool disposing)
        {
            if (disposing) ways.ForEach(way => way.Dispose());
            base.Dispose(disposing);
        }
    }
}
