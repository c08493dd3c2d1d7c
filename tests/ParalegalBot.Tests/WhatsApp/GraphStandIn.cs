using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ParalegalBot.Tests.WhatsApp;

/// <summary>
/// Stands in for Meta's message endpoint on a loopback port, and is stricter: forms and limits of every message, the 24 hours since the person wrote,
/// the rate for one person and for the number. Whatever breaks a rule is refused with Meta's code and kept as a complaint.
/// </summary>
internal sealed class GraphStandIn : IAsyncDisposable
{
    public const string Token = "EAAG-prueba";
    public const string NumberId = "106540352242922";
    public const string Template = "mensaje_pendiente";

    private readonly WebApplication application;
    private readonly TimeProvider time;
    private readonly Channel<JsonObject> sent = Channel.CreateUnbounded<JsonObject>();
    private readonly ConcurrentQueue<Func<HttpContext, JsonObject, Task<bool>>> faults = new();
    private readonly ConcurrentDictionary<string, DateTimeOffset> wrote = new();
    private readonly ConcurrentDictionary<string, bool> messages = new();
    private readonly Dictionary<string, DateTimeOffset> paidUntil = [];
    private readonly Queue<DateTimeOffset> lately = new();
    private readonly Lock gate = new();
    private int ids;

    private GraphStandIn(WebApplication application, TimeProvider time) => (this.application, this.time) = (application, time);

    public string Address { get; private set; } = "";

    /// <summary>What broke a rule.</summary>
    public ConcurrentQueue<string> Complaints { get; } = new();

    /// <summary>Read marks and typing signs.</summary>
    public ConcurrentQueue<JsonObject> Signs { get; } = new();

    /// <summary>Requests of any kind.</summary>
    public int Requests;

    public static async Task<GraphStandIn> StartAsync(TimeProvider time)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var standIn = new GraphStandIn(builder.Build(), time);
        standIn.application.Run(standIn.AnswerAsync);
        await standIn.application.StartAsync();
        standIn.Address = standIn.application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/v26.0";
        return standIn;
    }

    /// <summary>A person wrote: from now on they may be written to.</summary>
    public void Wrote(string person, string message)
    {
        wrote[person] = time.GetUtcNow();
        messages[message] = true;
    }

    /// <summary>A person's 24 hours are over, whatever the clock says.</summary>
    public void CloseWindow(string person) => wrote[person] = DateTimeOffset.MinValue;

    /// <summary>The next message is refused with a code of Meta's.</summary>
    public void NextCode(int code, int status = 400) => faults.Enqueue(async (context, _) =>
    {
        await RefuseAsync(context, status, code, "on purpose");
        return true;
    });

    /// <summary>The next message gets a status with a body that is no JSON.</summary>
    public void NextPage(int status) => faults.Enqueue(async (context, _) =>
    {
        context.Response.StatusCode = status;
        await context.Response.WriteAsync("<html>Bad gateway</html>");
        return true;
    });

    /// <summary>The next message that was taken.</summary>
    public async Task<JsonObject> NextAsync() => await sent.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

    /// <summary>Its text, body or template's name.</summary>
    public async Task<string> NextTextAsync() => TextOf(await NextAsync());

    public bool More => sent.Reader.TryPeek(out _);

    public static string TextOf(JsonObject message) =>
        (message["text"]?["body"] ?? message["interactive"]?["body"]?["text"] ?? message["template"]?["name"])!.GetValue<string>();

    public static string IdOf(JsonObject message) => message["#id"]!.GetValue<string>();

    public ValueTask DisposeAsync() => application.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        Interlocked.Increment(ref Requests);
        if (context.Request.Method != "POST" || context.Request.Path != $"/v26.0/{NumberId}/messages") await ComplainAsync(context, 404, 100, $"{context.Request.Method} {context.Request.Path}");
        else if (context.Request.Headers.Authorization != $"Bearer {Token}") await ComplainAsync(context, 401, 190, "the token");
        else if (context.Request.ContentType?.StartsWith("application/json", StringComparison.Ordinal) != true) await ComplainAsync(context, 400, 100, "the content type");
        else if (await ReadAsync(context.Request) is not { } body || (string?)body["messaging_product"] != "whatsapp") await ComplainAsync(context, 400, 100, "the body");
        else if ((string?)body["status"] == "read") await SignAsync(context, body);
        else await MessageAsync(context, body);
    }

    private async Task SignAsync(HttpContext context, JsonObject body)
    {
        if (!messages.ContainsKey((string?)body["message_id"] ?? "")) await ComplainAsync(context, 400, 100, "a sign for an unknown message");
        else
        {
            Signs.Enqueue(body);
            await context.Response.WriteAsJsonAsync(new { success = true });
        }
    }

    private async Task MessageAsync(HttpContext context, JsonObject body)
    {
        if (faults.TryDequeue(out var fault) && await fault(context, body)) return;
        var person = (string?)body["to"] ?? (string?)body["recipient"];
        if (GraphRules.Problem(body) is { } problem) await ComplainAsync(context, 400, 100, problem);
        else if ((string?)body["recipient_type"] != "individual" || person is null) await ComplainAsync(context, 400, 100, "the recipient");
        else if ((string?)body["type"] == "template" && (string?)body["template"]!["name"] != Template) await ComplainAsync(context, 400, 132001, "the template");
        else if ((string?)body["type"] != "template" && time.GetUtcNow() - wrote.GetValueOrDefault(person) > TimeSpan.FromHours(24))
        {
            await RefuseAsync(context, 400, 131047, "more than 24 hours");
        }
        else if (TooFast(person) is { } code) await ComplainAsync(context, 400, code, "the rate");
        else
        {
            var id = $"wamid.out{Interlocked.Increment(ref ids)}";
            body["#id"] = id;
            sent.Writer.TryWrite(body);
            await context.Response.WriteAsJsonAsync(new { messaging_product = "whatsapp", contacts = new[] { new { input = person, wa_id = person } }, messages = new[] { new { id } } });
        }
    }

    /// <summary>45 messages at once to one person, borrowed at six seconds each; 80 in a second to all.</summary>
    private int? TooFast(string person)
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            while (lately.TryPeek(out var old) && now - old >= TimeSpan.FromSeconds(1)) lately.Dequeue();
            if (lately.Count >= 80) return 130429;
            var paid = paidUntil.GetValueOrDefault(person) is var until && until > now ? until : now;
            if (paid - now > TimeSpan.FromSeconds(6 * 44)) return 131056;
            paidUntil[person] = paid + TimeSpan.FromSeconds(6);
            lately.Enqueue(now);
            return null;
        }
    }

    private Task ComplainAsync(HttpContext context, int status, int code, string details)
    {
        Complaints.Enqueue(details);
        return RefuseAsync(context, status, code, details);
    }

    private static Task RefuseAsync(HttpContext context, int status, int code, string details)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(new
        {
            error = new { message = $"(#{code}) refused", type = "OAuthException", code, error_data = new { messaging_product = "whatsapp", details }, fbtrace_id = "x" },
        });
    }

    private static async Task<JsonObject?> ReadAsync(HttpRequest request)
    {
        try
        {
            return await JsonNode.ParseAsync(request.Body) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
