using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;

namespace ParalegalBot.Server.WhatsApp;

/// <summary>Calls the Graph API's message endpoint. It knows nothing of windows, rates or retries.</summary>
internal sealed class GraphClient(IHttpClientFactory clients, IOptions<WhatsAppOptions> options)
{
    public const string Name = "whatsapp";

    /// <summary>Sends a message to a person. Whatever it throws leaves open whether it arrived.</summary>
    public Task<GraphResult> SendAsync(WhatsAppAddress to, JsonObject message, CancellationToken cancellationToken)
    {
        var request = new JsonObject { ["messaging_product"] = "whatsapp", ["recipient_type"] = "individual" };
        // A number goes before the id: with it Meta keeps showing the number in the webhook.
        if (to.Number is not null) request["to"] = to.Number;
        else request["recipient"] = to.User;
        foreach (var (name, value) in message) request[name] = value?.DeepClone();
        return PostAsync(request, cancellationToken);
    }

    /// <summary>Sends the template that asks the person to write.</summary>
    public Task<GraphResult> SendTemplateAsync(WhatsAppAddress to, CancellationToken cancellationToken) => SendAsync(to, new JsonObject
    {
        ["type"] = "template",
        ["template"] = new JsonObject { ["name"] = options.Value.Template, ["language"] = new JsonObject { ["code"] = options.Value.TemplateLanguage } },
    }, cancellationToken);

    /// <summary>Marks a message as read, and where <paramref name="typing"/>, shows for 25 seconds that the bot writes.</summary>
    public Task<GraphResult> ReadAsync(string message, bool typing, CancellationToken cancellationToken)
    {
        var request = new JsonObject { ["messaging_product"] = "whatsapp", ["status"] = "read", ["message_id"] = message };
        if (typing) request["typing_indicator"] = new JsonObject { ["type"] = "text" };
        return PostAsync(request, cancellationToken);
    }

    private async Task<GraphResult> PostAsync(JsonObject body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{options.Value.GraphBaseAddress.TrimEnd('/')}/{options.Value.PhoneNumberId}/messages")
        {
            Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.Value.AccessToken);
        try
        {
            using var response = await clients.CreateClient(Name).SendAsync(request, cancellationToken);
            return Read((int)response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
        }
        catch (HttpRequestException error) when (error.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError)
        {
            return new GraphResult.NotReached(error.HttpRequestError.ToString());
        }
    }

    private static GraphResult Read(int status, string text)
    {
        try
        {
            using var answer = JsonDocument.Parse(text);
            var root = answer.RootElement;
            if (status is >= 200 and < 300) return new GraphResult.Taken(root.Items("messages").Select(message => message.Text("id")).FirstOrDefault());
            if (root.Member("error").ValueKind == JsonValueKind.Object) return new GraphResult.Refused(GraphError.Read(root.Member("error")));
        }
        catch (JsonException)
        {
            if (status is >= 200 and < 300) return new GraphResult.Taken(null);
        }
        return status switch
        {
            429 => new GraphResult.Refused(new GraphError(4, "HTTP 429")),
            401 => new GraphResult.Refused(new GraphError(190, "HTTP 401")),
            >= 500 => new GraphResult.Unclear($"HTTP {status}"),
            _ => new GraphResult.Refused(new GraphError(null, $"HTTP {status}")),
        };
    }
}

/// <summary>What the Graph API said, a closed family.</summary>
internal abstract record GraphResult
{
    private GraphResult() { }

    /// <summary>Taken, which is not delivered; under this id failures come over the webhook.</summary>
    public sealed record Taken(string? Id) : GraphResult;

    /// <summary>Refused.</summary>
    public sealed record Refused(GraphError Error) : GraphResult;

    /// <summary>The request never left.</summary>
    public sealed record NotReached(string Problem) : GraphResult;

    /// <summary>Nobody knows whether it was taken.</summary>
    public sealed record Unclear(string Problem) : GraphResult;
}
