using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using ParalegalBot.Answering;
using ParalegalBot.Server.WhatsApp;
using ParalegalBot.Tests.Server;

namespace ParalegalBot.Tests.WhatsApp;

/// <summary>The server with WhatsApp on, Meta's stand-in behind it, and Meta's webhook calls with their signature.</summary>
internal sealed class WhatsAppSetting : IAsyncDisposable
{
    public const string Secret = "secreto-de-la-app-ñ";
    public const string Verify = "palabra-propia";

    private int ids;

    private WhatsAppSetting(GraphStandIn graph, FakeTimeProvider time)
    {
        (Graph, Time) = (graph, time);
        Server = new SampleServer { Time = time };
        foreach (var (name, value) in new Dictionary<string, string>
        {
            ["WhatsApp:AppSecret"] = Secret, ["WhatsApp:VerifyToken"] = Verify, ["WhatsApp:AccessToken"] = GraphStandIn.Token, ["WhatsApp:PhoneNumberId"] = GraphStandIn.NumberId,
            ["WhatsApp:GraphBaseAddress"] = graph.Address, ["WhatsApp:Template"] = GraphStandIn.Template, ["Channels:PublicAddress"] = "https://bot.example",
        }) Server[name] = value;
        Server.Answer = (question, progress, _) =>
        {
            progress!.Report("Buscando…");
            return Task.FromResult<Answer>(Server.Cited($"Respuesta a {question.Text} tras {question.History.Count}."));
        };
    }

    public GraphStandIn Graph { get; }

    public FakeTimeProvider Time { get; }

    public SampleServer Server { get; }

    public HttpClient Client => field ??= Server.CreateClient();

    public T Get<T>() where T : notnull => Server.Services.GetRequiredService<T>();

    public static async Task<WhatsAppSetting> StartAsync()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 12, 1, 15, 0, 0, TimeSpan.Zero));
        return new WhatsAppSetting(await GraphStandIn.StartAsync(time), time);
    }

    /// <summary>A text message over the webhook; then the first of somebody is preceded by the privacy notice.</summary>
    public async Task WriteAsync(string from, string text) => Assert.Equal(200, await PostAsync(Payload(Text(from, text))));

    /// <summary>The same, and the notice taken off the wire.</summary>
    public async Task ArriveAsync(string from)
    {
        await WriteAsync(from, "ayuda");
        Assert.StartsWith("Aviso de privacidad", await Graph.NextTextAsync(), StringComparison.Ordinal);
        await Graph.NextAsync();
    }

    /// <summary>A message as it stands in a payload; the stand-in learns that the person wrote.</summary>
    public object Text(string from, string text, string? id = null) => Message(from, "text", new { body = text }, id);

    public object Message(string from, string type, object? content, string? id = null)
    {
        id ??= $"wamid.in{++ids}";
        Graph.Wrote(from, id);
        var message = new Dictionary<string, object?> { ["from"] = from, ["id"] = id, ["timestamp"] = Time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), ["type"] = type };
        if (content is not null) message[type] = content;
        return message;
    }

    public static object Payload(params object[] messages) => Envelope(Value(messages: messages));

    public static object Envelope(params object[] values) => new
    {
        @object = "whatsapp_business_account",
        entry = values.Select(value => new { id = "102290129340398", changes = new[] { new { field = "messages", value } } }),
    };

    public static object Value(IEnumerable<object>? messages = null, IEnumerable<object>? statuses = null, IEnumerable<object>? contacts = null, string numberId = GraphStandIn.NumberId) => new
    {
        messaging_product = "whatsapp",
        metadata = new { display_phone_number = "15550783881", phone_number_id = numberId },
        contacts, messages, statuses,
    };

    public static object Failure(string id, int code) => new
    {
        id, status = "failed", timestamp = "1780000000", recipient_id = "5215555550001", errors = new[] { new { code, title = "x", message = "x", error_data = new { details = "on purpose" } } },
    };

    public Task<int> PostAsync(object payload) => PostAsync(JsonSerializer.SerializeToUtf8Bytes(payload));

    public async Task<int> PostAsync(byte[] body, string? signature = "", string contentType = "application/json")
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/whatsapp") { Content = content };
        if (signature is not null) request.Headers.TryAddWithoutValidation("X-Hub-Signature-256", signature.Length == 0 ? WebhookSignature.Of(body, Secret) : signature);
        using var response = await Client.SendAsync(request, TestContext.Current.CancellationToken);
        return (int)response.StatusCode;
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Graph.DisposeAsync();
    }

}
