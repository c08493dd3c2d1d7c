using System.Text.Json;
using Microsoft.Extensions.Options;
using ParalegalBot.Records;
using ParalegalBot.Server.Channels.Sending;
using ParalegalBot.Server.Channels.Turns;

namespace ParalegalBot.Server.Channels;

/// <summary>Where the doors leave what they accepted. It returns at once; <see cref="InboxWorkers"/> answer later.</summary>
public sealed class Reception(Inbox inbox, Mailbox mailbox, InboxBell bell, IOptions<ChannelsOptions> options)
{
    /// <summary>Longest message that is kept, in characters; the rest is cut off, and the assistant says that it is too long.</summary>
    private const int MaxText = 10_000;

    /// <summary>Keeps a message, once; with many ahead of it the person is told so, once until theirs are answered.</summary>
    public ReceiptKind Accept(Incoming message)
    {
        message = message with { Text = Plain(message.Text) };
        var receipt = inbox.Accept(message.Channel, message.Key, message.Lane, JsonSerializer.Serialize(message), options.Value.Most);
        if (receipt.Kind != ReceiptKind.Accepted) return receipt.Kind;
        if (receipt.Ahead >= options.Value.Queue && receipt.FirstOfLane)
            mailbox.Post(message.Recipient, new BotMessage.Note("Estoy lleno por el momento: recibí su mensaje y le aviso en cuanto pueda responderlo."), $"lleno/{message.Key}");
        bell.Ring();
        return ReceiptKind.Accepted;
    }

    /// <summary>Without control characters and lone surrogates, which neither JSON nor a database keeps.</summary>
    private static string Plain(string text)
    {
        if (text.Length > MaxText) text = text[..MaxText];
        return string.Concat(text.EnumerateRunes().Where(rune => rune.Value is '\n' or '\t' || !System.Text.Rune.IsControl(rune)).Select(rune => rune.ToString())).Trim();
    }
}
