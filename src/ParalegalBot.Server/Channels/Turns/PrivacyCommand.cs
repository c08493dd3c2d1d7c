using Microsoft.Extensions.Options;
using ParalegalBot.Configuration;
using ParalegalBot.Conversations;
using ParalegalBot.Server.Channels.Sending;
using ParalegalBot.Server.Privacy;

namespace ParalegalBot.Server.Channels.Turns;

/// <summary><c>privacidad</c>: the simplified privacy notice, which also goes before the first processing.</summary>
public sealed class PrivacyCommand(IOptions<FirmOptions> firm, Mailbox mailbox, PublicAddress address) : IPageCommand
{
    public ValueTask<TurnOutcome?> TryAsync(Incoming message, CancellationToken cancellationToken) => ValueTask.FromResult(
        CommandWords.Of(message.Text) is "privacidad" or "aviso de privacidad" or "privacy" ? new TurnOutcome([Notice(message.Channel)]) : null);

    /// <summary>The notice as it reads on a channel.</summary>
    public BotMessage.Note Notice(string channel) => new(PrivacyNotice.Text(firm.Value, mailbox.Channel(channel)?.Carrier, address.Of(PrivacyApi.Path)));
}
