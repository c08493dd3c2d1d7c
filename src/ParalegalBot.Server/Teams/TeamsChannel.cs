using System.Text.Json.Nodes;
using ParalegalBot.Records;
using ParalegalBot.Server.Channels;
using ParalegalBot.Server.Channels.Activities;

namespace ParalegalBot.Server.Teams;

/// <summary>Teams, and whatever else speaks the Activity protocol: renders, and sends over the connector.</summary>
internal sealed class TeamsChannel(Connector connector, ActivityRendering rendering, TimeProvider time) : IChannel
{
    public const string ChannelName = "teams";

    public string Name => ChannelName;

    public string? Carrier => "Teams es un servicio de Microsoft";

    public IWorkSign Begin(Incoming message) => new TeamsSign(connector, TeamsAddress.Read(message.Address), time);

    public IReadOnlyList<string> Render(string address, BotMessage message) => [.. rendering.ForTeams(TeamsAddress.Read(address).Person, message).Select(activity => activity.ToJsonString())];

    public async Task<Delivery> SendAsync(OutboxEntry message, CancellationToken cancellationToken)
    {
        var to = TeamsAddress.Read(message.Address);
        var activity = JsonNode.Parse(message.Body)!.AsObject();
        return to.Stream is null
            ? (await connector.ReplyAsync(to, activity, cancellationToken)).Delivery
            : await FinishStreamAsync(to, to.Stream, activity, cancellationToken);
    }

    /// <summary>Ends a stream with its answer. A stream that took too long is replaced by a plain message; one that the person stopped stays stopped.</summary>
    private async Task<Delivery> FinishStreamAsync(TeamsAddress to, string stream, JsonObject activity, CancellationToken cancellationToken)
    {
        var final = activity.DeepClone().AsObject();
        if (final["entities"] is not JsonArray entities) final["entities"] = entities = [];
        entities.Add(new JsonObject { ["type"] = "streaminfo", ["streamId"] = stream, ["streamType"] = "final" });
        var reply = await connector.SendAsync(to, final, cancellationToken);
        if (reply.Status == 403 && reply.Problem.Contains("ContentStreamNotAllowed", StringComparison.OrdinalIgnoreCase))
        {
            if (reply.Problem.Contains("cancel", StringComparison.OrdinalIgnoreCase)) return new Delivery.Delivered(stream);
            reply = await connector.UpdateAsync(to, stream, activity, cancellationToken);
        }
        return reply.Delivery is Delivery.Delivered ? new Delivery.Delivered(stream) : reply.Delivery;
    }
}
