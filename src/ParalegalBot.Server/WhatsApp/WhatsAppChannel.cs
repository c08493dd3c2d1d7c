using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using ParalegalBot.Records;
using ParalegalBot.Server.Channels;

namespace ParalegalBot.Server.WhatsApp;

/// <summary>
/// Sends over the WhatsApp Cloud API: within 24 hours of the person's last message, at the rate for one person, and acting on Meta's error codes.
/// Outside the 24 hours a message waits for its person, whom an approved template asks to write.
/// </summary>
internal sealed class WhatsAppChannel(
    GraphClient graph, WhatsAppRendering rendering, PairRate pairs, Outbox outbox, Contacts contacts, IOptions<WhatsAppOptions> options, TimeProvider time, ILogger<WhatsAppChannel> log) : IChannel
{
    public const string ChannelName = "whatsapp";

    /// <summary>How long after a person's message they may be written to; a little less than Meta's 24 hours.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromHours(24) - TimeSpan.FromMinutes(5);

    private const int FewTries = 4;
    private static readonly TimeSpan LongPause = TimeSpan.FromMinutes(10);
    private volatile string? stopped;

    public string Name => ChannelName;

    public string? Carrier => options.Value.On ? "WhatsApp es un servicio de Meta" : null;

    public IWorkSign Begin(Incoming message) => new WhatsAppSign(graph, message, time, log);

    public IReadOnlyList<string> Render(string address, BotMessage message) => [.. rendering.Render(message).Select(body => body.ToJsonString())];

    public async Task<Delivery> SendAsync(OutboxEntry message, CancellationToken cancellationToken)
    {
        if (!options.Value.On) return new Delivery.Impossible("WhatsApp is off");
        if (stopped is { } reason) return new Delivery.Later($"WhatsApp stopped sending: {reason}", LongPause);
        var to = WhatsAppAddress.Read(message.Address);
        var contact = contacts.OfLane(message.Lane);
        var wrote = contact?.LastAt > to.At ? contact.LastAt : to.At;
        if (time.GetUtcNow() - wrote > Window) return await WaitAsync(message, to, contact, "more than 24 hours since the person wrote", cancellationToken);
        if (pairs.Take(message.Lane) is { } wait) return new Delivery.Later("the rate for one person", wait);
        return await graph.SendAsync(to, JsonNode.Parse(message.Body)!.AsObject(), cancellationToken) switch
        {
            GraphResult.Taken(var id) => new Delivery.Delivered(id),
            GraphResult.NotReached(var problem) => new Delivery.Later(problem),
            GraphResult.Unclear(var problem) => new Delivery.Uncertain(problem),
            GraphResult.Refused({ Action: GraphAction.Wait } error) => await WaitAsync(message, to, contact, error.ToString(), cancellationToken),
            GraphResult.Refused(var error) => Refused(error, message.Attempts),
            _ => throw new InvalidOperationException("Unknown result."),
        };
    }

    /// <summary>Says in the log what a person must look after, and stops sending where more would only make it worse.</summary>
    public void Report(GraphError error)
    {
        switch (error.Action)
        {
            case GraphAction.Stop:
                stopped = error.ToString();
                log.LogCritical("WhatsApp stopped sending ({Problem}): check WhatsApp:AccessToken, its permissions and the account at Meta, then start the server again.", error);
                break;
            case GraphAction.Hold:
                log.LogCritical("WhatsApp does not deliver ({Problem}): check the account's payment method at Meta.", error);
                break;
            case GraphAction.FixTemplate:
                log.LogCritical("The WhatsApp template {Template} is not accepted ({Problem}): mend it at Meta or change WhatsApp:Template.", options.Value.Template, error);
                break;
            default:
                log.LogWarning("WhatsApp reports {Problem}.", error);
                break;
        }
    }

    private Delivery Refused(GraphError error, int attempts)
    {
        Report(error);
        return error.Action switch
        {
            GraphAction.Stop or GraphAction.Hold => new Delivery.Later(error.ToString(), LongPause),
            GraphAction.Slow => new Delivery.Later(error.ToString()),
            GraphAction.SlowPair => new Delivery.Later(error.ToString(), TimeSpan.FromSeconds(Math.Pow(4, Math.Min(attempts - 1, 5)))),
            GraphAction.Retry when attempts < FewTries => new Delivery.Later(error.ToString()),
            _ => new Delivery.Impossible(error.ToString()),
        };
    }

    /// <summary>The message waits; the first that does asks the person to write, unless they want no messages.</summary>
    private async Task<Delivery> WaitAsync(OutboxEntry message, WhatsAppAddress to, Contact? contact, string why, CancellationToken cancellationToken)
    {
        if (options.Value.Template.Length == 0 || contact?.SilentAt is not null || outbox.Parked(message.Lane) > 0) return new Delivery.Parked(why);
        if (pairs.Take(message.Lane) is { } wait) return new Delivery.Later("the rate for one person", wait);
        return await graph.SendTemplateAsync(to, cancellationToken) switch
        {
            GraphResult.Taken or GraphResult.Unclear => new Delivery.Parked(why),
            GraphResult.NotReached(var problem) => new Delivery.Later(problem),
            GraphResult.Refused({ Action: GraphAction.FixTemplate or GraphAction.GiveUp } error) => Parked(error),
            GraphResult.Refused(var error) => Refused(error, message.Attempts),
            _ => throw new InvalidOperationException("Unknown result."),
        };
    }

    private Delivery.Parked Parked(GraphError error)
    {
        Report(error);
        return new Delivery.Parked($"the template was not taken: {error}");
    }
}
