using ParalegalBot.Records;

namespace ParalegalBot.Server.Channels.Turns;

/// <summary><c>repetir</c>: the last reply of the conversation once more.</summary>
public sealed class RepeatCommand(ConversationStore conversations) : ICommand
{
    public ValueTask<TurnOutcome?> TryAsync(Incoming message, CancellationToken cancellationToken) => ValueTask.FromResult(
        CommandWords.Of(message.Text) is not ("repetir" or "repite" or "repita") ? null
        : conversations.Exchanges(message.Remembered) is [.., var last] ? new TurnOutcome([new BotMessage.Answered(last.Reply)])
        : TurnOutcome.Say("Todavía no le he respondido nada en esta conversación."));
}
