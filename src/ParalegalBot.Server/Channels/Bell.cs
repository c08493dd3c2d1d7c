namespace ParalegalBot.Server.Channels;

/// <summary>Wakes a worker when there is something to do; whoever waits looks by itself every second as well, for what other servers left.</summary>
public abstract class Bell : IDisposable
{
    private const int MostRings = 64;
    private readonly SemaphoreSlim rings = new(0);

    public void Ring()
    {
        if (rings.CurrentCount < MostRings) rings.Release();
    }

    public Task WaitAsync(CancellationToken cancellationToken) => rings.WaitAsync(TimeSpan.FromSeconds(1), cancellationToken);

    public void Dispose() => rings.Dispose();
}

/// <summary>Rings when a message was accepted.</summary>
public sealed class InboxBell : Bell;

/// <summary>Rings when a message is to be sent.</summary>
public sealed class OutboxBell : Bell;
