using Microsoft.Extensions.Options;
using ParalegalBot.Records;
using ParalegalBot.Server.Channels;
using ParalegalBot.Server.Channels.Sending;

namespace ParalegalBot.Server.WhatsApp;

/// <summary>Takes what the webhook brought: messages into the inbox, reactions as feedback, failures into the report.</summary>
internal sealed class WhatsAppDoor(
    Reception reception, WhatsAppChannel channel, Outbox outbox, Contacts contacts, FeedbackStore feedback, Mailbox mailbox, IOptions<WhatsAppOptions> options, TimeProvider time, ILogger<WhatsAppDoor> log)
{
    private static readonly BotMessage Missed = new BotMessage.Note("No le llegó un mensaje mío. Si esperaba una respuesta, escriba «repetir» y se la envío de nuevo.");

    /// <summary>False where the inbox is full: Meta sends everything again, and what was kept is known by then.</summary>
    public bool Take(WebhookPayload payload)
    {
        foreach (var problem in payload.Problems) channel.Report(problem);
        foreach (var status in payload.Statuses.Where(status => status.State == "failed" && IsOurs(status.Number))) Failed(status);
        return payload.Messages.Where(message => IsOurs(message.Number)).OrderBy(message => message.At).All(Take);
    }

    private bool IsOurs(string number) => number == options.Value.PhoneNumberId;

    private bool Take(WhatsAppMessage message)
    {
        var person = message.User ?? message.From!;
        if (message.Type == "reaction")
        {
            Rate(message, person);
            return true;
        }
        if (message.Type == "system") return true; // a new number or id: the next message carries it
        return reception.Accept(new Incoming
        {
            Channel = WhatsAppChannel.ChannelName,
            Id = message.Id,
            Conversation = person,
            Person = person,
            Aliases = message is { User: not null, From: { } number } ? [number] : [],
            Text = message.Text ?? "",
            Address = new WhatsAppAddress(message.From, message.User, message.Id, message.At ?? time.GetUtcNow()).ToString(),
        }) != ReceiptKind.Full;
    }

    private void Rate(WhatsAppMessage message, string person)
    {
        var liked = message.Reaction?.TrimEnd('\uFE0F') switch
        {
            ['\ud83d', '\udc4d', ..] or "\u2764" or ['\ud83d', '\ude4f', ..] => true, // thumb up, heart, folded hands
            ['\ud83d', '\udc4e', ..] => false,
            _ => (bool?)null,
        };
        var lane = Incoming.LaneOf(WhatsAppChannel.ChannelName, person);
        if (liked is { } verdict && message.About is { } about && outbox.AnswerOf(lane, about) is { } answer)
            feedback.Add(answer, Incoming.PersonKeyOf(WhatsAppChannel.ChannelName, person), verdict, null);
    }

    private void Failed(WhatsAppStatus status)
    {
        var error = status.Errors.FirstOrDefault() ?? new GraphError(null, "failed without a reason");
        if (error.Action is GraphAction.Stop or GraphAction.Hold or GraphAction.FixTemplate) channel.Report(error);
        if (outbox.FailedLater(WhatsAppChannel.ChannelName, status.Id, error.ToString()) is not { } failure) return;
        log.LogError("Message {Number} over WhatsApp was taken and not delivered: {Problem}.", failure.Number, failure.Problem);
        if (error.Action is GraphAction.Wait && contacts.OfLane(failure.Lane) is { Address: { } address })
            mailbox.Post(new Recipient(WhatsAppChannel.ChannelName, failure.Lane, address, null), Missed, $"fallo/{failure.Number}");
    }
}
