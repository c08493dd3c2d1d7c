using System.Threading.Channels;
using ParalegalBot.Records;
using ParalegalBot.Server.Channels;

namespace ParalegalBot.Tests.Channels;

/// <summary>A channel whose wire is a queue: what was sent can be awaited, and each send ends as the test says.</summary>
internal sealed class RecordingChannel : IChannel
{
    private readonly Channel<OutboxEntry> sent = Channel.CreateUnbounded<OutboxEntry>();

    public string Name => "prueba";

    public string? Carrier => "Prueba es un servicio de Ejemplo, S. A.";

    public Func<OutboxEntry, Delivery> Wire { get; set; } = message => new Delivery.Delivered($"id{message.Number}");

    public List<string> Progress { get; } = [];

    public IWorkSign Begin(Incoming message) => new Sign(this, message.Address);

    public IReadOnlyList<string> Render(string address, BotMessage message) => message switch
    {
        BotMessage.Note note => [note.Text],
        BotMessage.Answered answered => [answered.Reply.Text],
        _ => [],
    };

    public Task<Delivery> SendAsync(OutboxEntry message, CancellationToken cancellationToken)
    {
        var delivery = Wire(message);
        sent.Writer.TryWrite(message);
        return Task.FromResult(delivery);
    }

    /// <summary>The next message that went over the wire.</summary>
    public async Task<OutboxEntry> NextAsync() => await sent.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

    /// <summary>Whether something was sent that nobody asked for yet.</summary>
    public bool More => sent.Reader.TryPeek(out _);

    private sealed class Sign(RecordingChannel channel, string address) : IWorkSign
    {
        public void Report(string value) => channel.Progress.Add(value);

        public Task<string> EndAsync() => Task.FromResult(address);
    }
}
