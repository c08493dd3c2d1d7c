using System.Globalization;
using System.Text.Json;

namespace ParalegalBot.Server.WhatsApp;

/// <summary>What one webhook call says, in order. Whatever is missing, of another type or unknown is left out: a call that is refused comes back for seven days.</summary>
internal sealed record WebhookPayload(IReadOnlyList<WhatsAppMessage> Messages, IReadOnlyList<WhatsAppStatus> Statuses, IReadOnlyList<GraphError> Problems)
{
    private const string Account = "whatsapp_business_account";

    public static WebhookPayload Read(JsonElement root)
    {
        var values = root.Text("object") != Account ? [] : root.Items("entry").SelectMany(entry => entry.Items("changes"))
            .Where(change => change.Text("field") == "messages").Select(change => change.Member("value")).ToList();
        return new WebhookPayload(
            [.. values.SelectMany(value => value.Items("messages").Select(message => Message(value, message)).OfType<WhatsAppMessage>())],
            [.. values.SelectMany(value => value.Items("statuses").Select(status => Status(value, status)).OfType<WhatsAppStatus>())],
            [.. values.SelectMany(value => value.Items("errors").Select(GraphError.Read))]);
    }

    private static WhatsAppMessage? Message(JsonElement value, JsonElement message)
    {
        var number = message.Text("from");
        var contact = value.Items("contacts").ToList() is var contacts && contacts.Count == 1 ? contacts[0] : contacts.FirstOrDefault(one => number is not null && one.Text("wa_id") == number);
        var user = message.Text("from_user_id") ?? message.Text("user_id") ?? contact.Text("user_id");
        if (message.Text("id") is not { Length: > 0 } id || (user ?? number) is not { Length: > 0 }) return null;
        var type = message.Text("type") ?? "";
        return new WhatsAppMessage(id, number, user, type)
        {
            Number = value.Member("metadata").Text("phone_number_id") ?? "",
            At = Moment(message.Text("timestamp")),
            Text = type switch
            {
                "text" => message.Member("text").Text("body"),
                "button" => message.Member("button").Text("payload") ?? message.Member("button").Text("text"),
                "interactive" => Chosen(message.Member("interactive")),
                _ => null,
            },
            Reaction = type == "reaction" ? message.Member("reaction").Text("emoji") : null,
            About = type == "reaction" ? message.Member("reaction").Text("message_id") : null,
        };
    }

    /// <summary>The id of what was chosen is the whole text of the choice; its title may be cut.</summary>
    private static string? Chosen(JsonElement interactive)
    {
        var reply = interactive.Member(interactive.Text("type") ?? "");
        return reply.Text("id") ?? reply.Text("title");
    }

    private static WhatsAppStatus? Status(JsonElement value, JsonElement status) => status.Text("id") is { Length: > 0 } id
        ? new WhatsAppStatus(id, status.Text("status") ?? "", [.. status.Items("errors").Select(GraphError.Read)]) { Number = value.Member("metadata").Text("phone_number_id") ?? "" }
        : null;

    private static DateTimeOffset? Moment(string? seconds) =>
        long.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < 253_402_300_800 ? DateTimeOffset.FromUnixTimeSeconds(number) : null;
}

/// <summary>A message that somebody wrote.</summary>
/// <param name="Id">Meta's id of it.</param>
/// <param name="From">The person's number; null where it is hidden.</param>
/// <param name="User">The person's id for this business; null where Meta sends none.</param>
/// <param name="Type"><c>text</c>, <c>interactive</c>, <c>image</c>…</param>
internal sealed record WhatsAppMessage(string Id, string? From, string? User, string Type)
{
    /// <summary>Id of the business number that it was written to.</summary>
    public required string Number { get; init; }

    public DateTimeOffset? At { get; init; }

    /// <summary>What was written or chosen; null for what is no text.</summary>
    public string? Text { get; init; }

    /// <summary>The emoji of a reaction; null for any other and for one taken back.</summary>
    public string? Reaction { get; init; }

    /// <summary>The message that the reaction is about.</summary>
    public string? About { get; init; }
}

/// <summary>What became of a message that the bot sent.</summary>
/// <param name="Id">Meta's id of it.</param>
/// <param name="State"><c>sent</c>, <c>delivered</c>, <c>read</c>, <c>failed</c>.</param>
/// <param name="Errors">Why it failed.</param>
internal sealed record WhatsAppStatus(string Id, string State, IReadOnlyList<GraphError> Errors)
{
    /// <summary>Id of the business number that sent it.</summary>
    public required string Number { get; init; }
}
