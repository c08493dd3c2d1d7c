using System.Text.Json;
using ParalegalBot.Records;
using ParalegalBot.Server.Channels;
using ParalegalBot.Server.Channels.Activities;

namespace ParalegalBot.Server.DirectLine;

/// <summary>The Web Chat control: sending means to add to the conversation's transcript, from which the control fetches.</summary>
internal sealed class DirectLineChannel(Transcripts transcripts, ActivityRendering rendering) : IChannel
{
    public const string ChannelName = "directline";

    public string Name => ChannelName;

    public string? Carrier => null;

    public IWorkSign Begin(Incoming message) => new NoSign(message.Address);

    public IReadOnlyList<string> Render(string address, BotMessage message)
    {
        var to = DirectLineAddress.Read(address);
        var activity = rendering.ForWebChat(to.Person, message);
        if (to.ReplyTo is not null) activity["replyToId"] = to.ReplyTo;
        return [activity.ToJsonString()];
    }

    public Task<Delivery> SendAsync(OutboxEntry message, CancellationToken cancellationToken)
    {
        var to = DirectLineAddress.Read(message.Address);
        var number = transcripts.Add(message.Lane, $"outbox/{message.Number}", Incoming.PersonKeyOf(ChannelName, to.Person), message.Body);
        return Task.FromResult<Delivery>(new Delivery.Delivered(DirectLineApi.IdOf(number)));
    }

    private sealed class NoSign(string address) : IWorkSign
    {
        public void Report(string value) { }

        public Task<string> EndAsync() => Task.FromResult(address);
    }
}

/// <summary>Where a reply goes: the person at the control, and the activity that it answers.</summary>
internal sealed record DirectLineAddress(string Person, string? ReplyTo)
{
    public string Write() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    public static DirectLineAddress Read(string text) => JsonSerializer.Deserialize<DirectLineAddress>(text, JsonSerializerOptions.Web)!;
}
