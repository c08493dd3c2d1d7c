using Microsoft.Extensions.Options;
using ParalegalBot.Answering;
using ParalegalBot.Conversations;
using ParalegalBot.Records;
using ParalegalBot.Server.Operations;
using ParalegalBot.Statutes;

namespace ParalegalBot.Server.Channels.Turns;

/// <summary>One message in, what to say out, the same for every channel: a command, or a question with its history. It sends nothing and keeps nothing.</summary>
public sealed class ChannelTurn(
    IEnumerable<ICommand> commands, AnswerQuestion answer, ConversationStore conversations, StatuteStore store, IOptions<ChannelsOptions> options, TimeProvider time, ILogger<ChannelTurn> log)
{
    /// <summary>Earlier turns that the assistant is told of.</summary>
    private const int Remembered = 16;

    public async Task<TurnOutcome> TakeAsync(Incoming message, IProgress<string> progress, CancellationToken cancellationToken)
    {
        if (message.Text.Length == 0) return TurnOutcome.Say("Por ahora solo leo texto: escríbame su pregunta, por favor.", HelpCommand.Starters);
        foreach (var command in commands)
        {
            if (await command.TryAsync(message, cancellationToken) is { } outcome) return outcome;
        }
        return await AnswerAsync(message, progress, cancellationToken);
    }

    private async Task<TurnOutcome> AnswerAsync(Incoming message, IProgress<string> progress, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(options.Value.AnswerSeconds), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        var question = new Question
        {
            Text = message.Text,
            Channel = message.Channel,
            Person = message.PersonKey,
            History = conversations.Last(message.Remembered, Remembered),
        };
        try
        {
            var reply = Reply.From(await answer(question, progress, either.Token), store.Find);
            return new TurnOutcome([new BotMessage.Answered(reply)]) { Exchange = new Exchange(message.Text, reply) };
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            if (error is not OperationCanceledException) log.LogError(error, "A question over {Channel} could not be answered.", message.Channel);
            return TurnOutcome.Say(FailureText.Of(FailureText.StatusOf(error), error).Detail);
        }
    }
}
