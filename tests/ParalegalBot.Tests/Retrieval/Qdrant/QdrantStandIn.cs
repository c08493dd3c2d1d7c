using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ParalegalBot.Tests.Retrieval.Qdrant;

/// <summary>
/// Stands in for the server on a loopback port: every request is first checked against the published description of the API, then answered from memory;
/// whatever it does not implement it refuses. Faults are put in front of the requests that come next.
/// </summary>
internal sealed class QdrantStandIn : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, StandInCollection> collections = new();
    private readonly ConcurrentDictionary<string, StandInCollection> snapshots = new();
    private readonly ConcurrentQueue<Func<HttpContext, Task>?> faults = new();
    private readonly ConcurrentQueue<string> requests = new();
    private readonly Lock gate = new();
    private Dictionary<string, string> aliases = [];
    private readonly WebApplication application;

    private readonly OpenApiDescription description;

    private QdrantStandIn(WebApplication application, OpenApiDescription description) => (this.application, this.description) = (application, description);

    public string Url { get; private set; } = "";

    /// <summary>Method and path of every request so far.</summary>
    public IReadOnlyCollection<string> Requests => requests;

    public string ApiKey { get; init; } = "";

    public IEnumerable<string> Collections => collections.Keys;

    public static async Task<QdrantStandIn> StartAsync(OpenApiDescription description, string apiKey = "", int port = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(options => options.Limits.MaxRequestBodySize = 32 * 1024 * 1024) // the server's own limit
            .UseUrls($"http://127.0.0.1:{port}");
        var standIn = new QdrantStandIn(builder.Build(), description) { ApiKey = apiKey };
        standIn.application.Run(standIn.AnswerAsync);
        await standIn.application.StartAsync();
        standIn.Url = standIn.application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return standIn;
    }

    /// <summary>The next request, or one after those already queued, gets this instead of an answer; null lets one through.</summary>
    public void Next(params Func<HttpContext, Task>?[] instead)
    {
        foreach (var fault in instead) faults.Enqueue(fault);
    }

    public static Func<HttpContext, Task> Status(int status) => async context =>
    {
        context.Response.StatusCode = status;
        if (status == 429) context.Response.Headers.RetryAfter = "0";
        await context.Response.WriteAsJsonAsync(new { status = new { error = "on purpose" }, time = 0 });
    };

    /// <summary>A fault by name: <c>silence</c>, <c>cut off</c>, or a status.</summary>
    public static Func<HttpContext, Task> Fault(string name) => name switch { "silence" => Silence, "cut off" => CutOff, _ => Status(int.Parse(name)) };

    /// <summary>Answers never; ends when the caller gives up.</summary>
    public static Task Silence(HttpContext context)
    {
        var given = new TaskCompletionSource();
        context.RequestAborted.Register(given.SetResult);
        return given.Task;
    }

    /// <summary>Says that 200 bytes come, sends half a document, and hangs up.</summary>
    public static async Task CutOff(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = 200;
        await context.Response.WriteAsync("""{"result": [{"points": [""");
        await context.Response.Body.FlushAsync();
        context.Abort();
    }

    /// <summary>Does something between two requests, then lets the second through.</summary>
    public Func<HttpContext, Task> Meanwhile(Action act) => context =>
    {
        act();
        return HandleAsync(context);
    };

    public void Delete(string collection) => Drop(collection);

    public void Move(string alias, string collection) => aliases = new(aliases) { [alias] = collection };

    public ValueTask DisposeAsync() => application.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        requests.Enqueue($"{context.Request.Method} {context.Request.Path}");
        if (faults.TryDequeue(out var fault) && fault is not null) await fault(context);
        else await HandleAsync(context);
    }

    private async Task HandleAsync(HttpContext context)
    {
        try
        {
            var result = await ResultAsync(context.Request);
            await context.Response.WriteAsync(new JsonObject { ["result"] = result, ["status"] = "ok", ["time"] = 0.001 }.ToJsonString());
        }
        catch (StandInRefusal refusal)
        {
            context.Response.StatusCode = refusal.Status;
            await context.Response.WriteAsync(new JsonObject { ["status"] = new JsonObject { ["error"] = refusal.Message }, ["time"] = 0 }.ToJsonString());
        }
    }

    private async Task<JsonNode?> ResultAsync(HttpRequest request)
    {
        if (ApiKey.Length > 0 && request.Headers["api-key"] != ApiKey) throw new StandInRefusal(401, "Must provide an API key");
        var path = request.Path.Value!;
        var template = description.Template(path) ?? throw new StandInRefusal(404, $"no such path: {path}");
        var body = request.ContentType is null ? null : await JsonNode.ParseAsync(request.Body);
        if (description.Error(template, request.Method, request.Query.Select(pair => KeyValuePair.Create(pair.Key, pair.Value.ToString())), body) is { } error)
            throw new StandInRefusal(400, $"Format error in JSON body: {error}");
        var name = path.Split('/') is ["", "collections", var named, ..] ? named : "";
        lock (gate) return Answer(request, template, name, body);
    }

    /// <summary>One request at a time: clients write batches side by side, and the collections are plain dictionaries.</summary>
    private JsonNode? Answer(HttpRequest request, string template, string name, JsonNode? body)
    {
        return (request.Method, template.Replace("/collections/{collection_name}", "", StringComparison.Ordinal)) switch
        {
            ("GET", "/") => new JsonObject { ["title"] = "stand-in", ["version"] = "1.19.0" },
            ("GET", "/aliases") when name.Length == 0 => new JsonObject { ["aliases"] = new JsonArray([.. aliases.Select(pair => new JsonObject { ["alias_name"] = pair.Key, ["collection_name"] = pair.Value })]) },
            ("POST", "/collections/aliases") => Change(body!["actions"]!.AsArray()),
            ("GET", "/collections") => new JsonObject { ["collections"] = new JsonArray([.. collections.Keys.Select(held => new JsonObject { ["name"] = held })]) },
            ("PUT", "") => collections.TryAdd(name, new StandInCollection(body!)) ? true : throw new StandInRefusal(409, $"Collection `{name}` already exists!"),
            ("GET", "") => Need(name).Describe(),
            ("DELETE", "") => Drop(name),
            ("PUT", "/index") => Done(() => Need(name).Index(body!["field_name"]!.GetValue<string>(), body["field_schema"]!.GetValue<string>())),
            ("PUT", "/points") => Done(() => Need(name).Upsert(body!["points"]!.AsArray())),
            ("POST", "/points") => Need(name).Read(body!["ids"]!.AsArray().Select(id => id!.GetValue<long>())),
            ("POST", "/points/count") => new JsonObject { ["count"] = Need(name).Count },
            ("POST", "/points/query/batch") => new JsonArray([.. body!["searches"]!.AsArray().Select(search => new JsonObject { ["points"] = Need(name).Search(search!) })]),
            ("POST", "/snapshots") => Snapshot(name),
            ("PUT", "/snapshots/recover") => Recover(name, new Uri(body!["location"]!.GetValue<string>())),
            _ => throw new StandInRefusal(405, $"{request.Method} {template} is not implemented"),
        };
    }

    private StandInCollection Need(string name) =>
        collections.GetValueOrDefault(aliases.GetValueOrDefault(name, name)) ?? throw new StandInRefusal(404, $"Not found: Collection `{name}` doesn't exist!");

    private static JsonObject Done(Action act)
    {
        act();
        return new JsonObject { ["operation_id"] = 0, ["status"] = "completed" };
    }

    private JsonNode Change(JsonArray actions)
    {
        var changed = new Dictionary<string, string>(aliases);
        foreach (var action in actions)
            if (action!["create_alias"] is { } create)
            {
                var collection = create["collection_name"]!.GetValue<string>();
                if (!collections.ContainsKey(collection)) throw new StandInRefusal(404, $"Not found: Collection `{collection}` doesn't exist!");
                changed[create["alias_name"]!.GetValue<string>()] = collection;
            }
            else if (action["delete_alias"] is { } delete) changed.Remove(delete["alias_name"]!.GetValue<string>());
            else throw new StandInRefusal(405, "rename_alias is not implemented");
        aliases = changed; // all or nothing
        return true;
    }

    private JsonNode Drop(string name)
    {
        var gone = collections.TryRemove(name, out _);
        aliases = aliases.Where(pair => pair.Value != name).ToDictionary();
        return gone;
    }

    private JsonNode Snapshot(string name)
    {
        var held = $"{name}-{snapshots.Count}.snapshot";
        snapshots[$"/qdrant/snapshots/{name}/{held}"] = Need(name).Copy();
        return new JsonObject { ["name"] = held, ["size"] = 1 };
    }

    private JsonNode Recover(string name, Uri location)
    {
        collections[name] = snapshots.TryGetValue(location.LocalPath, out var held) ? held.Copy() : throw new StandInRefusal(404, $"Not found: Snapshot {location}");
        return true;
    }
}
