using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ParalegalBot.Tests.Inference.OpenAiCompatible;

/// <summary>Speaks OpenAI's protocol on a loopback port, as llama-server, vLLM or Ollama do: a list of models, a streamed answer, vectors.</summary>
internal sealed class ModelServerStandIn : IAsyncDisposable
{
    private readonly WebApplication application;

    private ModelServerStandIn(WebApplication application) => this.application = application;

    public string Url { get; private set; } = "";

    public string ApiKey { get; init; } = "";

    public string Model { get; init; } = "paralegal-8b";

    /// <summary><c>llamacpp</c>, <c>vllm</c>, <c>library</c>.</summary>
    public string Software { get; init; } = "vllm";

    /// <summary>What is answered to a chat; by default <see cref="Text"/> in pieces of seven characters, then the usage.</summary>
    public Func<HttpContext, Task>? Chat { get; set; }

    public string Text { get; set; } = """{"verdict":"insufficient","claims":[],"clarification":null}""";

    /// <summary>Paths and bodies of the requests so far.</summary>
    public ConcurrentQueue<(string Path, JsonNode? Body)> Requests { get; } = new();

    public JsonNode LastChat => Requests.Last(request => request.Path.EndsWith("completions", StringComparison.Ordinal)).Body!;

    public static async Task<ModelServerStandIn> StartAsync(string software = "vllm", string apiKey = "")
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel().UseUrls("http://127.0.0.1:0");
        var standIn = new ModelServerStandIn(builder.Build()) { Software = software, ApiKey = apiKey };
        standIn.application.Run(standIn.AnswerAsync);
        await standIn.application.StartAsync();
        standIn.Url = standIn.application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return standIn;
    }

    /// <summary>Sends a few words of an answer and hangs up, as a server does that is killed.</summary>
    public static Task CutAsync(HttpContext context)
    {
        context.Response.ContentLength = 10_000; // announced and never sent: Kestrel then drops the connection, after what was written
        return SendAsync(context, Chunk("{\"verdict\":\"answer\",\"claims\":[{\"evid"));
    }

    /// <summary>Answers never; ends when the caller gives up.</summary>
    public static Task SilenceAsync(HttpContext context)
    {
        var given = new TaskCompletionSource();
        context.RequestAborted.Register(given.SetResult);
        return given.Task;
    }

    public static Func<HttpContext, Task> Status(int status) => context =>
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(new { error = new { message = "on purpose" } });
    };

    public static string Chunk(string? text, string? finish = null) =>
        new JsonObject { ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["delta"] = new JsonObject { ["content"] = text }, ["finish_reason"] = finish }) }.ToJsonString();

    public static async Task SendAsync(HttpContext context, string data)
    {
        if (!context.Response.HasStarted) context.Response.ContentType = "text/event-stream";
        await context.Response.WriteAsync($"data: {data}\n\n", context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }

    public async ValueTask DisposeAsync()
    {
        await application.StopAsync(new CancellationToken(canceled: true));
        await application.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var body = context.Request.ContentLength is null or 0 && !context.Request.Headers.TransferEncoding.Any() ? null : await JsonNode.ParseAsync(context.Request.Body);
        Requests.Enqueue((context.Request.Path, body));
        if (ApiKey.Length > 0 && context.Request.Headers.Authorization != $"Bearer {ApiKey}") await Status(401)(context);
        else await (context.Request.Path.Value switch
        {
            "/v1/models" => context.Response.WriteAsJsonAsync(new { @object = "list", data = new[] { new { id = Model, @object = "model", owned_by = Software } } }),
            "/v1/chat/completions" => (Chat ?? WriteAsync)(context),
            "/v1/embeddings" => context.Response.WriteAsJsonAsync(new
            {
                // Out of order, as the protocol allows; the vector says how long the text is.
                data = body!["input"]!.AsArray().Select((text, index) => new { index, embedding = new[] { 3f * ((string)text!).Length, 4f * ((string)text!).Length } }).Reverse(),
            }),
            _ => Status(404)(context),
        });
    }

    private async Task WriteAsync(HttpContext context)
    {
        foreach (var piece in Text.Chunk(7)) await SendAsync(context, Chunk(new string(piece)));
        await SendAsync(context, Chunk(null, "stop"));
        await SendAsync(context, """{"choices":[],"usage":{"prompt_tokens":120,"completion_tokens":30,"total_tokens":150}}""");
        await SendAsync(context, "[DONE]");
    }
}
