using ParalegalBot.Conversations;
using ParalegalBot.Records;

namespace ParalegalBot.Server.Channels.Turns;

/// <summary><c>completo</c>: the last reply with every point, full quotes and dates, for channels that show a short one; <c>ver</c> answers a template, after which what waited has gone out.</summary>
public sealed class CompleteCommand(ConversationStore conversations, PublicAddress address) : ICommand
{
    public ValueTask<TurnOutcome?> TryAsync(Incoming message, CancellationToken cancellationToken) => ValueTask.FromResult(CommandWords.Of(message.Text) switch
    {
        "completo" or "completa" or "respuesta completa" => conversations.Exchanges(message.Remembered) is [.., var last]
            ? TurnOutcome.Say(ReplyText.Of(last.Reply, address.Value).Trim())
            : TurnOutcome.Say("Todavía no le he respondido nada en esta conversación."),
        "ver" => TurnOutcome.Say("Es todo lo que tenía pendiente para usted."),
        _ => null,
    });
}
