using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using ParalegalBot.Tests.Server;

namespace ParalegalBot.Tests.Teams;

/// <summary>The server with the credentials of an app whose cloud is the stub, and what Teams sends to it.</summary>
internal sealed class TeamsServer : IAsyncDisposable
{
    private int ids;

    private TeamsServer(BotFrameworkStub cloud, SampleServer server) => (Cloud, Server) = (cloud, server);

    public BotFrameworkStub Cloud { get; }

    public SampleServer Server { get; }

    public static async Task<TeamsServer> StartAsync(Action<SampleServer, BotFrameworkStub>? configure = null)
    {
        var cloud = await BotFrameworkStub.StartAsync();
        return new TeamsServer(cloud, Serve(cloud, configure));
    }

    /// <summary>Another server of the same app, for the test to dispose.</summary>
    public SampleServer NewReplica(Action<SampleServer, BotFrameworkStub> configure) => Serve(Cloud, configure);

    private static SampleServer Serve(BotFrameworkStub cloud, Action<SampleServer, BotFrameworkStub>? configure)
    {
        var server = new SampleServer
        {
            ["MicrosoftAppId"] = BotFrameworkStub.AppId,
            ["MicrosoftAppPassword"] = "secreto",
            ["Teams:Metadata"] = cloud.Metadata,
            ["Teams:Issuer"] = cloud.Issuer,
            ["Teams:Login"] = cloud.Address,
            ["Channels:PublicAddress"] = "https://bot.example",
        };
        configure?.Invoke(server, cloud);
        return server;
    }

    /// <summary>An activity as Teams writes it.</summary>
    public JsonObject Activity(string type = "message", string text = "¿Cuánto dura?", string kind = "personal", string person = "29:ana") => new()
    {
        ["type"] = type,
        ["id"] = $"i{++ids}",
        ["channelId"] = BotFrameworkStub.Channel,
        ["serviceUrl"] = Cloud.Address,
        ["text"] = text,
        ["from"] = new JsonObject { ["id"] = person, ["name"] = "Ana" },
        ["recipient"] = new JsonObject { ["id"] = $"28:{BotFrameworkStub.AppId}", ["name"] = "Licha" },
        ["conversation"] = new JsonObject { ["id"] = kind == "personal" ? $"a:{person}" : "19:grupo@thread.tacv2;messageid=1", ["conversationType"] = kind },
    };

    /// <summary>Posts as the channel does, to this server or to a replica.</summary>
    public Task<HttpResponseMessage> PostAsync(JsonObject activity, SampleServer? replica = null) => PostAsync(activity.ToJsonString(), $"Bearer {Cloud.Token()}", replica: replica);

    public async Task<HttpResponseMessage> PostAsync(string body, string? authorization, string contentType = "application/json", SampleServer? replica = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/messages") { Content = new StringContent(body, Encoding.UTF8) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        if (authorization is not null) request.Headers.TryAddWithoutValidation("Authorization", authorization);
        return await (replica ?? Server).CreateClient().SendAsync(request, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Cloud.DisposeAsync();
    }
}
