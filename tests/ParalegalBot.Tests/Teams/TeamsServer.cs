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

    public static async Task<TeamsServer> StartAsync()
    {
        var cloud = await BotFrameworkStub.StartAsync();
        return new TeamsServer(cloud, new SampleServer
        {
            ["MicrosoftAppId"] = BotFrameworkStub.AppId,
            ["MicrosoftAppPassword"] = "secreto",
            ["Teams:Metadata"] = cloud.Metadata,
            ["Teams:Issuer"] = cloud.Issuer,
            ["Teams:Login"] = cloud.Address,
            ["Channels:PublicAddress"] = "https://bot.example",
        });
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

    public Task<HttpResponseMessage> PostAsync(JsonObject activity) => PostAsync(activity.ToJsonString(), $"Bearer {Cloud.Token()}");

    public async Task<HttpResponseMessage> PostAsync(string body, string? authorization, string contentType = "application/json")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/messages") { Content = new StringContent(body, Encoding.UTF8) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        if (authorization is not null) request.Headers.TryAddWithoutValidation("Authorization", authorization);
        return await Server.CreateClient().SendAsync(request, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Cloud.DisposeAsync();
    }
}
