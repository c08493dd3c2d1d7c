using System.Runtime.CompilerServices;
using System.Threading.Channels;
using ParalegalBot.Conversations;
using ParalegalBot.Records;
using ParalegalBot.Server.Channels;
using ParalegalBot.Server.Channels.Turns;
using ParalegalBot.Server.Operations;
using ParalegalBot.Statutes;

namespace ParalegalBot.Server.WebChat;

/// <summary>Asks the assistant within a conversation and reports as it goes: progress lines, then the turn or what went wrong.</summary>
public sealed class ChatReplies(
    AnswerQuestion answer, IEnumerable<ICommand> commands, ConversationStore conversations, StatuteStore store, TimeProvider time, ILogger<ChatReplies> log)
{
    private const string Web = "web";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>Earlier turns that the assistant is told of.</summary>
    private const int Remembered = 16;

    /// <summary>Answers; the stream always ends with a turn or a problem unless the person went away.</summary>
    public async IAsyncEnumerable<ChatEvent> AskAsync(
        AskRequest request, string conversation, Uri address, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var events = Channel.CreateUnbounded<ChatEvent>();
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        var work = Task.Run(async () =>
        {
            var last = await FinishAsync(request, conversation, address, new Lines(events.Writer), either.Token);
            events.Writer.TryWrite(last);
            events.Writer.Complete();
        }, CancellationToken.None);
        await foreach (var progress in events.Reader.ReadAllAsync(cancellationToken)) yield return progress;
        await work;
    }

    private async Task<ChatEvent> FinishAsync(
        AskRequest request, string conversation, Uri address, IProgress<string> progress, CancellationToken cancellationToken)
    {
        try
        {
            if (await CommandAsync(request, conversation, cancellationToken) is { } note) return new ChatEvent(Note: note);
            var question = request.ToQuestion(Web, PersonOf(conversation)) with { History = conversations.Last(conversation, Remembered) };
            var exchange = new Exchange(question.Text, Reply.From(await answer(question, progress, cancellationToken), store.Find));
            var number = conversations.Append(conversation, question.Person, exchange);
            return new ChatEvent(Turn: Show(exchange, number, address));
        }
        catch (Exception error)
        {
            if (error is not OperationCanceledException) log.Unanswered(Web, error);
            return new ChatEvent(Problem: FailureText.Of(FailureText.StatusOf(error), error).Detail);
        }
    }

    /// <summary>What a command says; null where a question was asked.</summary>
    private async Task<ShownNote?> CommandAsync(AskRequest request, string conversation, CancellationToken cancellationToken)
    {
        var message = new Incoming { Channel = Web, Id = "", Conversation = conversation, Person = conversation, Text = request.Text!.Trim(), Address = "" };
        foreach (var command in commands.OfType<IPageCommand>())
        {
            if (await command.TryAsync(message, cancellationToken) is not { } outcome) continue;
            var notes = outcome.Messages.OfType<BotMessage.Note>().ToList();
            return new ShownNote(message.Text, string.Join("\n\n", notes.Select(note => note.Text)), [.. notes.SelectMany(note => note.Choices)], outcome.Forgotten);
        }
        return null;
    }

    /// <summary>The page knows no more of a person than their browser's conversation.</summary>
    public static string PersonOf(string conversation) => Incoming.PersonKeyOf(Web, conversation);

    /// <summary>All turns of a conversation as the page shows them.</summary>
    public IReadOnlyList<ShownTurn> Shown(string conversation, Uri address) =>
        [.. conversations.Exchanges(conversation).Select((exchange, index) => Show(exchange, index + 1, address))];

    private static ShownTurn Show(Exchange exchange, int number, Uri address) =>
        new(number, exchange.Question, exchange.Reply, ReplyText.Of(exchange.Reply, address));

    /// <summary>Unlike <see cref="Progress{T}"/> it keeps the order of the lines and needs no thread of its own.</summary>
    private sealed class Lines(ChannelWriter<ChatEvent> events) : IProgress<string>
    {
        public void Report(string value) => events.TryWrite(new ChatEvent(Progress: value));
    }
}
