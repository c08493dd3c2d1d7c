using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Encodings.Web;
using Microsoft.Extensions.Options;
using ParalegalBot.Server.Channels;

namespace ParalegalBot.Server.Teams;

/// <summary>Calls the connector at an address that was validated. One call is one try: whether there is another is the outbox's business.</summary>
public sealed class Connector(BotToken tokens, IHttpClientFactory clients, IOptions<TeamsOptions> options)
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Sends an activity into its conversation; chunks and ends of streams go this way.</summary>
    public Task<ConnectorReply> SendAsync(TeamsAddress to, JsonObject activity, CancellationToken cancellationToken) =>
        CallAsync(HttpMethod.Post, Activities(to), to, activity, cancellationToken);

    /// <summary>Sends an activity as the reply to the one that it answers, where it answers one.</summary>
    public Task<ConnectorReply> ReplyAsync(TeamsAddress to, JsonObject activity, CancellationToken cancellationToken) => to.ReplyTo is { } answered
        ? CallAsync(HttpMethod.Post, $"{Activities(to)}/{Uri.EscapeDataString(answered)}", to, activity, cancellationToken)
        : SendAsync(to, activity, cancellationToken);

    /// <summary>Puts an activity in the place of an earlier one.</summary>
    public Task<ConnectorReply> UpdateAsync(TeamsAddress to, string id, JsonObject activity, CancellationToken cancellationToken) =>
        CallAsync(HttpMethod.Put, $"{Activities(to)}/{Uri.EscapeDataString(id)}", to, activity, cancellationToken);

    private static string Activities(TeamsAddress to) => $"{to.ServiceUrl.AbsoluteUri.TrimEnd('/')}/v3/conversations/{Uri.EscapeDataString(to.Conversation)}/activities";

    private async Task<ConnectorReply> CallAsync(HttpMethod method, string address, TeamsAddress to, JsonObject activity, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(options.Value.TimeoutSeconds));
        try
        {
            for (var again = false; ; again = true)
            {
                var token = await TokenAsync(limit.Token);
                using var request = new HttpRequestMessage(method, address) { Content = new StringContent(Addressed(to, activity), Encoding.UTF8, "application/json") };
                if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
                using var client = clients.CreateClient(TeamsServices.HttpClient);
                using var response = await client.SendAsync(request, limit.Token);
                if (response.StatusCode == HttpStatusCode.Unauthorized && token is not null && !again)
                {
                    tokens.Refused(token);
                    continue;
                }
                return await ReadAsync(response, limit.Token);
            }
        }
        catch (TokenMissingException missing)
        {
            return new ConnectorReply(0, null, missing.Message, null, Left: false);
        }
        catch (HttpRequestException error)
        {
            return new ConnectorReply(0, null, $"{error.HttpRequestError}: {error.Message}", null, Left: error.InnerException is not SocketException);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ConnectorReply(0, null, $"no reply within {options.Value.TimeoutSeconds} s", null, Left: true);
        }
    }

    private async Task<string?> TokenAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await tokens.GetAsync(cancellationToken);
        }
        catch (Exception error) when (error is HttpRequestException or JsonException or KeyNotFoundException or OperationCanceledException)
        {
            throw new TokenMissingException(error.Message);
        }
    }

    /// <summary>The body of a reply may be missing, empty, or a page of HTML.</summary>
    private static async Task<ConnectorReply> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        var after = response.Headers.RetryAfter?.Delta;
        if (!response.IsSuccessStatusCode) return new ConnectorReply((int)response.StatusCode, null, text.Length > 500 ? text[..500] : text, after, Left: true);
        try
        {
            return new ConnectorReply((int)response.StatusCode, JsonNode.Parse(text)?["id"]?.GetValue<string>(), "", null, Left: true);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return new ConnectorReply((int)response.StatusCode, null, "", null, Left: true);
        }
    }

    private static string Addressed(TeamsAddress to, JsonObject activity)
    {
        var whole = activity.DeepClone().AsObject();
        whole["from"] = new JsonObject { ["id"] = to.Bot, ["name"] = to.BotName, ["role"] = "bot" };
        whole["recipient"] = new JsonObject { ["id"] = to.Person, ["name"] = to.PersonName };
        whole["conversation"] = Conversation(to);
        whole["channelId"] = to.ChannelId;
        whole["serviceUrl"] = to.ServiceUrl.AbsoluteUri;
        if (to.ReplyTo is not null) whole["replyToId"] = to.ReplyTo;
        return whole.ToJsonString(Json);
    }

    /// <summary>The conversation as the channel described it: by its type a client knows whether it may stream.</summary>
    private static JsonObject Conversation(TeamsAddress to)
    {
        var conversation = new JsonObject { ["id"] = to.Conversation };
        if (to.ConversationType is not null) conversation["conversationType"] = to.ConversationType;
        if (to.Tenant is not null) conversation["tenantId"] = to.Tenant;
        if (to.Group) conversation["isGroup"] = true;
        return conversation;
    }

    private sealed class TokenMissingException(string message) : Exception(message);
}

/// <summary>What the connector said to one call.</summary>
/// <param name="Status">HTTP status; 0 where there was no reply.</param>
/// <param name="Id">Id of the activity.</param>
/// <param name="Problem">What it said against it.</param>
/// <param name="After">When it may be tried again.</param>
/// <param name="Left">Whether the request may have reached it.</param>
public sealed record ConnectorReply(int Status, string? Id, string Problem, TimeSpan? After, bool Left)
{
    public bool Good => Status is >= 200 and < 300;

    /// <summary>What that means for the message.</summary>
    public Delivery Delivery => Status switch
    {
        >= 200 and < 300 => new Delivery.Delivered(Id),
        401 or 408 or 412 or 429 or 502 or 503 or 504 => new Delivery.Later($"connector: {Status}", After),
        0 => Left ? new Delivery.Uncertain($"connector: {Problem}") : new Delivery.Later($"connector: {Problem}"),
        >= 500 => new Delivery.Uncertain($"connector: {Status}"),
        _ => new Delivery.Impossible($"connector: {Status} {Problem}".Trim()),
    };
}
