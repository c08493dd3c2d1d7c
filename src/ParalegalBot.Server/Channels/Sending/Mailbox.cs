using ParalegalBot.Records;

namespace ParalegalBot.Server.Channels.Sending;

/// <summary>Leaves messages for people: rendered by their channel, kept in the outbox, sent in the background.</summary>
public sealed class Mailbox(IEnumerable<IChannel> channels, Outbox outbox, OutboxBell bell)
{
    private readonly Dictionary<string, IChannel> known = channels.ToDictionary(channel => channel.Name);

    /// <summary>A channel by its name; null where it is off.</summary>
    public IChannel? Channel(string name) => known.GetValueOrDefault(name);

    /// <summary>A message in the channel's own words; a message with a <paramref name="key"/> is kept once only.</summary>
    public IReadOnlyList<OutboxDraft> Draft(Recipient to, BotMessage message, string? key = null) => Channel(to.Channel) is not { } channel ? [] :
    [
        .. channel.Render(to.Address, message).Select((body, part) => new OutboxDraft(to.Channel, to.Lane, to.Address, body)
        {
            Person = to.Person,
            Key = key is null ? null : $"{to.Channel}/{key}/{part}",
            Answer = (message as BotMessage.Answered)?.Reply.Id,
        }),
    ];

    /// <summary>Leaves a message.</summary>
    public void Post(Recipient to, BotMessage message, string? key = null)
    {
        foreach (var draft in Draft(to, message, key)) outbox.Add(draft);
        bell.Ring();
    }
}
