using System.Text.Json;

namespace ParalegalBot.Server.Teams;

/// <summary>Where a reply goes. Made only from an activity whose service URL was validated, and kept with the messages that go there.</summary>
public sealed record TeamsAddress
{
    public required Uri ServiceUrl { get; init; }

    public required string ChannelId { get; init; }

    public required string Conversation { get; init; }

    /// <summary><c>personal</c>, <c>groupChat</c>, <c>channel</c>, as the channel calls it.</summary>
    public string? ConversationType { get; init; }

    public string? Tenant { get; init; }

    public required string Bot { get; init; }

    public string? BotName { get; init; }

    public required string Person { get; init; }

    public string? PersonName { get; init; }

    public bool Group { get; init; }

    /// <summary>The activity that is answered; null for a message of the bot's own accord.</summary>
    public string? ReplyTo { get; init; }

    /// <summary>The stream that the answer finishes; null where none was begun.</summary>
    public string? Stream { get; init; }

    /// <summary>Whether the client shows text while it grows: Teams, one to one.</summary>
    public bool Streams => !Group && ChannelId == "msteams";

    public string Write() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    public static TeamsAddress Read(string text) => JsonSerializer.Deserialize<TeamsAddress>(text, JsonSerializerOptions.Web)!;
}
