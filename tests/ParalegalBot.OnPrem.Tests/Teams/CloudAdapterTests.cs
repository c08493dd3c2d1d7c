using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ParalegalBot.OnPrem.Tests.Teams;

/// <summary>The real adapter on a real port, with a door that says what the test wants.</summary>
public sealed class CloudAdapterTests : IAsyncDisposable
{
    private const string Message = """{"type":"message","id":"1","channelId":"msteams","serviceUrl":"http://127.0.0.1:1/","from":{"id":"p"},"recipient":{"id":"b"},"conversation":{"id":"c"},"text":"hola"}""";

    private readonly HttpClient client = new();
    private WebApplication? application;
    private int taken;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_reaches_the_door_once_and_is_accepted()
    {
        var url = await StartAsync(() => Results.Ok());

        var reply = await PostAsync(url, Message);

        Assert.Equal((HttpStatusCode.OK, 1), (reply.StatusCode, taken));
    }

    [Fact]
    public async Task A_full_inbox_is_told_to_the_channel_so_that_it_comes_again()
    {
        var url = await StartAsync(() => Results.StatusCode(503));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await PostAsync(url, Message)).StatusCode);
    }

    [Fact]
    public async Task What_the_door_says_to_an_invoke_is_the_reply()
    {
        var url = await StartAsync(() => Results.Json(new { }));

        var reply = await PostAsync(url, Message.Replace("\"message\"", "\"invoke\"", StringComparison.Ordinal));

        Assert.Equal((HttpStatusCode.OK, "{}"), (reply.StatusCode, await reply.Content.ReadAsStringAsync(Stop)));
    }

    [Fact]
    public async Task A_door_that_fails_is_an_error_of_the_request()
    {
        var url = await StartAsync(() => throw new InvalidOperationException("on purpose"));

        Assert.Equal(HttpStatusCode.InternalServerError, (await PostAsync(url, Message)).StatusCode);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Bearer x.y.z")]
    [InlineData("Basic dXNlcjpwYXNz")]
    public async Task With_an_app_id_nobody_without_a_good_token_reaches_the_door(string? authorization)
    {
        var url = await StartAsync(() => Results.Ok(), "00000000-0000-0000-0000-000000000001");

        var reply = await PostAsync(url, Message, authorization);

        Assert.NotEqual(HttpStatusCode.OK, reply.StatusCode);
        Assert.Equal(0, taken);
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        if (application is not null) await application.DisposeAsync();
    }

    private async Task<string> StartAsync(Func<IResult> door, string appId = "")
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection([new("MicrosoftAppId", appId), new("MicrosoftAppPassword", appId.Length > 0 ? "secreta" : "")]);
        OnPremServices.AddOnPrem(builder.Services);
        application = builder.Build();
        var pass = application.Services.GetRequiredKeyedService<Func<HttpContext, Func<IResult>, Task<IResult>>>("cloudadapter");
        application.MapPost("/api/messages", async (HttpContext context) =>
        {
            context.Request.EnableBuffering();
            return await pass(context, () =>
            {
                taken++;
                return door();
            });
        });
        await application.StartAsync(Stop);
        return application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
    }

    private async Task<HttpResponseMessage> PostAsync(string url, string body, string? authorization = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{url}/api/messages") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (authorization is not null) request.Headers.TryAddWithoutValidation("Authorization", authorization);
        return await client.SendAsync(request, Stop);
    }
}
