using ParalegalBot.Statutes;

namespace ParalegalBot.Retrieval;

/// <summary>
/// The embedded index: the store's passages as postings in memory. After an ingestion it rebuilds aside and swaps;
/// until then queries are answered from the previous state, whose rows still exist.
/// </summary>
public sealed class SqlitePassageIndex(StatuteStore store, PassageEmbedder? embedder = null) : IPassageIndex
{
    private readonly Lock gate = new();
    private Task<State>? current;
    private Task<State>? next;

    /// <summary>Whether the first load is done.</summary>
    public bool Ready => current?.IsCompletedSuccessfully ?? false;

    /// <summary>The state that queries are answered from; the first call loads it.</summary>
    public async ValueTask<PassageIndexSnapshot> SnapshotAsync(CancellationToken cancellationToken = default) =>
        (await Current().WaitAsync(cancellationToken).ConfigureAwait(false)).Snapshot;

    /// <inheritdoc />
    public async ValueTask<IReadOnlyList<PassageCandidate>> SearchAsync(PassageQuery query, CancellationToken cancellationToken = default) =>
        (await SnapshotAsync(cancellationToken).ConfigureAwait(false)).Search(query);

    /// <inheritdoc />
    public float Idf(string term) => current is { IsCompletedSuccessfully: true } loaded ? loaded.Result.Snapshot.Articles.Idf(term) : 10;

    private Task<State> Current()
    {
        lock (gate)
        {
            if (current is null or { IsFaulted: true }) return current = Task.Run(Load);
            if (next is { IsCompleted: true })
            {
                if (next.IsCompletedSuccessfully) current = next;
                next = null;
            }
            if (next is null && current.IsCompletedSuccessfully && current.Result.Generation != store.Generation) next = Task.Run(Load);
            return current;
        }
    }

    private async Task<State> Load()
    {
        if (embedder is not null) await embedder.EmbedMissingAsync().ConfigureAwait(false);
        var generation = store.Generation;
        var titles = store.Statutes().ToDictionary(statute => statute.Abbreviation, statute => statute.Title);
        var vectors = embedder is null ? null : store.Vectors();
        return new State(generation, PassageIndexSnapshot.Build(
            store.ReadForIndex(), law => titles.GetValueOrDefault(law), vectors?.Values.FirstOrDefault()?.Length ?? 0,
            vectors is null ? null : item => vectors.TryGetValue(item.Row, out var vector) ? vector : default));
    }

    private sealed record State(long Generation, PassageIndexSnapshot Snapshot);
}
