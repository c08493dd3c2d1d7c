using ParalegalBot.Server.Channels;

namespace ParalegalBot.Server.WhatsApp;

/// <summary>Marks the person's message as read and, while the bot works, shows that it writes; Meta's sign lasts 25 seconds and is renewed before. A failure is nobody's concern.</summary>
internal sealed class WhatsAppSign : IWorkSign
{
    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(20);

    private readonly CancellationTokenSource ended = new();
    private readonly GraphClient graph;
    private readonly TimeProvider time;
    private readonly ILogger log;
    private readonly string message;
    private readonly string address;
    private readonly Task read;
    private Task typing = Task.CompletedTask;
    private int works;

    public WhatsAppSign(GraphClient graph, Incoming incoming, TimeProvider time, ILogger log)
    {
        (this.graph, this.time, this.log) = (graph, time, log);
        address = incoming.Address;
        message = WhatsAppAddress.Read(address).Message;
        read = TryAsync(typing: false, CancellationToken.None); // also where the answer comes sooner
    }

    public void Report(string value)
    {
        if (Interlocked.Exchange(ref works, 1) == 0) typing = TypeAsync();
    }

    public async Task<string> EndAsync()
    {
        await ended.CancelAsync();
        await typing;
        ended.Dispose();
        return address;
    }

    private async Task TypeAsync()
    {
        try
        {
            await read.WaitAsync(ended.Token);
            while (true)
            {
                await TryAsync(typing: true, ended.Token);
                await Task.Delay(Renewal, time, ended.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // the answer is there
        }
    }

    private async Task TryAsync(bool typing, CancellationToken cancellationToken)
    {
        try
        {
            if (await graph.ReadAsync(message, typing, cancellationToken) is GraphResult.Refused(var error)) log.LogDebug("WhatsApp took no sign of work: {Problem}.", error);
        }
        catch (Exception error)
        {
            log.LogDebug("WhatsApp took no sign of work: {Problem}.", error.GetType().Name);
        }
    }
}
