using ParalegalBot.Statutes;

namespace ParalegalBot.Retrieval;

/// <summary>
/// Something of the store that is kept in memory. After an ingestion it is rebuilt aside and swapped; until then queries are answered from
/// the previous state, whose rows still exist.
/// </summary>
public sealed class StoreView<T>(StatuteStore store, Func<Task<T>> load) where T : class
{
    private readonly Lock gate = new();
    private Task<State>? current;
    private Task<State>? next;

    /// <summary>What is loaded; null before the first load is done.</summary>
    public T? Loaded => current is { IsCompletedSuccessfully: true } loaded ? loaded.Result.Value : null;

    /// <summary>The state that queries are answered from; the first call loads it.</summary>
    public async ValueTask<T> GetAsync(CancellationToken cancellationToken = default) =>
        (await Current().WaitAsync(cancellationToken).ConfigureAwait(false)).Value;

    private Task<State> Current()
    {
        lock (gate)
        {
            if (current is null or { IsFaulted: true }) return current = Task.Run(LoadAsync);
            if (next is { IsCompleted: true })
            {
                if (next.IsCompletedSuccessfully) current = next;
                next = null;
            }
            if (next is null && current.IsCompletedSuccessfully && current.Result.Generation != store.Generation) next = Task.Run(LoadAsync);
            return current;
        }
    }

    private async Task<State> LoadAsync()
    {
        // Read before the load: whatever is written meanwhile makes the next view.
        var generation = store.Generation;
        return new State(generation, await load().ConfigureAwait(false));
    }

    private sealed record State(long Generation, T Value);
}
