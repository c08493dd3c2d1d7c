using System.Text.Json;
using System.Text.RegularExpressions;

namespace ParalegalBot.Server.Teams;

/// <summary>What this bot reads of an activity; everything may be missing.</summary>
public sealed record Activity(
    string? Type, string? Id, string? ChannelId, string? ServiceUrl, Activity.Account? From, Activity.Account? Recipient, Activity.ConversationAccount? Conversation,
    string? Text, string? ReplyToId, string? Name, string? Action, JsonElement? Value, JsonElement? ChannelData, IReadOnlyList<Activity.Entity?>? Entities,
    IReadOnlyList<Activity.Account?>? MembersAdded, IReadOnlyList<Activity.Reaction?>? ReactionsAdded)
{
    public sealed record Account(string? Id, string? Name);

    public sealed record ConversationAccount(string? Id, string? ConversationType, bool? IsGroup, string? TenantId);

    public sealed record Entity(string? Type, Account? Mentioned, string? Text);

    public sealed record Reaction(string? Type);

    /// <summary>Whether others read along.</summary>
    public bool Group => Conversation?.IsGroup == true || Conversation?.ConversationType is { } type && !type.Equals("personal", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the bot is mentioned by its id; a name in the text can be forged.</summary>
    public bool MentionsBot => Mentions.Any();

    /// <summary>The text without the mention of the bot, other people's names without their tags.</summary>
    public string PlainText
    {
        get
        {
            var text = Text ?? "";
            foreach (var mention in Mentions)
            {
                var written = mention.Text is { Length: > 0 } ? mention.Text : $"<at>{mention.Mentioned!.Name}</at>";
                text = text.Replace(written, " ", StringComparison.OrdinalIgnoreCase);
            }
            return TeamsText.Tidy(text);
        }
    }

    private IEnumerable<Entity> Mentions => (Entities ?? []).OfType<Entity>()
        .Where(entity => string.Equals(entity.Type, "mention", StringComparison.OrdinalIgnoreCase) && entity.Mentioned?.Id is { Length: > 0 } id && id == Recipient?.Id);
}

internal static partial class TeamsText
{
    /// <summary>Without tags of mentions, hard spaces and double spaces.</summary>
    public static string Tidy(string text) =>
        Spaces().Replace(AtTags().Replace(text, "").Replace("&nbsp;", " ", StringComparison.OrdinalIgnoreCase).Replace('\u00A0', ' '), " ").Trim();

    [GeneratedRegex("</?at>", RegexOptions.IgnoreCase)]
    private static partial Regex AtTags();

    [GeneratedRegex(" {2,}")]
    private static partial Regex Spaces();
}
