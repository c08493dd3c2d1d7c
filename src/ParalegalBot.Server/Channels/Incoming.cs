using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace ParalegalBot.Server.Channels;

/// <summary>A message that a channel accepted. Its ids are opaque; what is kept after the answer are digests of them.</summary>
public sealed record Incoming
{
    /// <summary><c>teams</c>, <c>whatsapp</c>, <c>directline</c>.</summary>
    public required string Channel { get; init; }

    /// <summary>The channel's id of the message within its conversation.</summary>
    public required string Id { get; init; }

    /// <summary>The channel's id of the conversation.</summary>
    public required string Conversation { get; init; }

    /// <summary>The channel's id of the person.</summary>
    public required string Person { get; init; }

    /// <summary>Whether others read along.</summary>
    public bool Group { get; init; }

    /// <summary>What was written, without the mention of the bot.</summary>
    public required string Text { get; init; }

    /// <summary>Where the reply goes, in the channel's own words.</summary>
    public required string Address { get; init; }

    /// <summary>The same message twice has the same key.</summary>
    [JsonIgnore]
    public string Key => Digest(Channel, Conversation, Id);

    /// <summary>Within a lane messages are answered and sent in order.</summary>
    [JsonIgnore]
    public string Lane => LaneOf(Channel, Conversation);

    /// <summary>The conversation as it is remembered: in a group, each person's own.</summary>
    [JsonIgnore]
    public string Remembered => Group ? Digest(Channel, Conversation, Person) : Lane;

    /// <summary>The person, told apart from the same id on another channel.</summary>
    [JsonIgnore]
    public string PersonKey => PersonKeyOf(Channel, Person);

    /// <summary>Where the reply goes.</summary>
    [JsonIgnore]
    public Recipient Recipient => new(Channel, Lane, Address, PersonKey);

    public static string LaneOf(string channel, string conversation) => Digest(channel, conversation);

    public static string PersonKeyOf(string channel, string person) => $"{channel}:{person}";

    private static string Digest(params ReadOnlySpan<string> parts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))))[..32];
}

/// <summary>Where messages go.</summary>
/// <param name="Channel">Over which channel.</param>
/// <param name="Lane">Within a lane the order is kept.</param>
/// <param name="Address">In the channel's own words.</param>
/// <param name="Person">For whom (<see cref="Incoming.PersonKey"/>); null where nothing may tie the message to a person.</param>
public sealed record Recipient(string Channel, string Lane, string Address, string? Person);
