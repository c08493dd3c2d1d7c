using System.Text.Json;
using Microsoft.Extensions.Options;
using ParalegalBot.Configuration;
using ParalegalBot.Records;
using ParalegalBot.Server.Channels;
using ParalegalBot.Server.Channels.Activities;
using ParalegalBot.Server.Channels.Sending;
using ParalegalBot.Server.Channels.Turns;

namespace ParalegalBot.Server.Teams;

/// <summary>What each kind of activity means here. Messages are left for the workers; invokes are answered in the reply itself; the unknown is accepted.</summary>
internal sealed class TeamsDoor(
    Reception reception, Mailbox mailbox, Contacts contacts, PrivacyCommand privacy, FeedbackStore feedback, Outbox outbox, AuditLog audit, IOptions<FirmOptions> firm)
{
    public IResult Take(Activity activity, Uri service)
    {
        if (!ActivityBody.Usable(activity.Conversation?.Id) || !ActivityBody.Usable(activity.From?.Id) || !ActivityBody.Usable(activity.Recipient?.Id))
            return activity.Type is "message" or "invoke" or "messageReaction" ? Results.BadRequest() : Results.Ok();
        var to = new TeamsAddress
        {
            ServiceUrl = service,
            ChannelId = activity.ChannelId!,
            Conversation = activity.Conversation!.Id!,
            ConversationType = activity.Conversation.ConversationType,
            Tenant = activity.Conversation.TenantId,
            Bot = activity.Recipient!.Id!,
            BotName = activity.Recipient.Name,
            Person = activity.From!.Id!,
            PersonName = activity.From.Name,
            Group = activity.Group,
        };
        return activity.Type switch
        {
            "message" => Message(activity, to),
            "conversationUpdate" when (activity.MembersAdded ?? []).Any(member => member?.Id == to.Bot) => Welcome(to),
            "installationUpdate" when activity.Action is "add" or "add-upgrade" => Welcome(to),
            "installationUpdate" when activity.Action is "remove" or "remove-upgrade" && !to.Group => Forget(to),
            "messageReaction" => Reaction(activity, to),
            "invoke" => Invoke(activity, to),
            _ => Results.Ok(),
        };
    }

    private IResult Message(Activity activity, TeamsAddress to)
    {
        if (!ActivityBody.Usable(activity.Id)) return Results.BadRequest();
        if (to.Group && !activity.MentionsBot) return Results.Ok();
        var receipt = reception.Accept(new Incoming
        {
            Channel = TeamsChannel.ChannelName,
            Id = activity.Id!,
            Conversation = to.Conversation,
            Person = to.Person,
            Group = to.Group,
            Text = activity.PlainText is { Length: > 0 } text ? text : Submitted(activity.Value),
            Address = (to with { ReplyTo = activity.Id }).Write(),
        });
        return receipt == ReceiptKind.Full ? Results.StatusCode(StatusCodes.Status503ServiceUnavailable) : Results.Ok();
    }

    /// <summary>The text that a button of a card carries.</summary>
    private static string Submitted(JsonElement? value) =>
        value is { ValueKind: JsonValueKind.Object } data && data.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : "";

    /// <summary>Teams tells of one installation in several ways; the person is welcomed once.</summary>
    private IResult Welcome(TeamsAddress to)
    {
        var recipient = new Recipient(TeamsChannel.ChannelName, Incoming.LaneOf(TeamsChannel.ChannelName, to.Conversation), to.Write(),
            to.Group || to.Person == to.Bot ? null : PersonOf(to));
        mailbox.Post(recipient, HelpCommand.Welcome(firm.Value), $"bienvenida/{recipient.Lane}");
        if (recipient.Person is { } person) contacts.Inform(recipient.Channel, person, mailbox.Draft(recipient, privacy.Notice(recipient.Channel)));
        return Results.Ok();
    }

    private IResult Forget(TeamsAddress to)
    {
        audit.Erase(PersonOf(to));
        return Results.Ok();
    }

    private IResult Reaction(Activity activity, TeamsAddress to)
    {
        foreach (var reaction in (activity.ReactionsAdded ?? []).Select(reaction => reaction?.Type))
        {
            if (reaction is "like" or "heart" or "laugh") Rate(to, activity.ReplyToId, liked: true, null);
            else if (reaction is "sad" or "angry") Rate(to, activity.ReplyToId, liked: false, null);
        }
        return Results.Ok();
    }

    /// <summary>Thumbs below an answer come as an invoke whose answer must be an empty object.</summary>
    private IResult Invoke(Activity activity, TeamsAddress to)
    {
        if (activity.Name != "message/submitAction") return Results.StatusCode(StatusCodes.Status501NotImplemented);
        if (activity.Value is not { ValueKind: JsonValueKind.Object } value || !value.TryGetProperty("actionValue", out var given) || given.ValueKind != JsonValueKind.Object
            || !given.TryGetProperty("reaction", out var reaction) || reaction.ValueKind != JsonValueKind.String) return Results.BadRequest();
        if (reaction.GetString() is not ("like" or "dislike")) return Results.BadRequest();
        Rate(to, activity.ReplyToId, reaction.GetString() == "like", given.TryGetProperty("feedback", out var comment) ? CommentOf(comment) : null);
        return Results.Json(new { });
    }

    private void Rate(TeamsAddress to, string? rated, bool liked, string? comment)
    {
        if (rated is not null && outbox.AnswerOf(Incoming.LaneOf(TeamsChannel.ChannelName, to.Conversation), rated) is { } answer) feedback.Add(answer, PersonOf(to), liked, comment);
    }

    /// <summary>The comment is JSON within a string, or plain text.</summary>
    private static string? CommentOf(JsonElement comment)
    {
        if (comment.ValueKind != JsonValueKind.String || comment.GetString() is not { Length: > 0 } text) return null;
        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("feedbackText", out var inner) && inner.ValueKind == JsonValueKind.String ? inner.GetString() : null;
        }
        catch (JsonException)
        {
            return text;
        }
    }

    private static string PersonOf(TeamsAddress to) => Incoming.PersonKeyOf(TeamsChannel.ChannelName, to.Person);
}
