using ParalegalBot.Statutes;

namespace ParalegalBot.Retrieval;

/// <summary>The embedded index: the store's passages as postings and vectors in memory.</summary>
public sealed class SqlitePassageIndex : IPassageIndex
{
    private readonly StoreView<PassageIndexSnapshot> view;

    /// <summary>An index over the store's passages; without an embedder it has no semantic route.</summary>
    public SqlitePassageIndex(StatuteStore store, PassageEmbedder? embedder = null) => view = new StoreView<PassageIndexSnapshot>(store, () => LoadAsync(store, embedder));

    /// <summary>The state that queries are answered from; the first call loads it.</summary>
    public ValueTask<PassageIndexSnapshot> SnapshotAsync(CancellationToken cancellationToken = default) => view.GetAsync(cancellationToken);

    /// <inheritdoc />
    public async ValueTask<IReadOnlyList<PassageCandidate>> SearchAsync(PassageQuery query, CancellationToken cancellationToken = default) =>
        (await SnapshotAsync(cancellationToken).ConfigureAwait(false)).Search(query);

    /// <inheritdoc />
    public float Idf(string term) => view.Loaded?.Articles.Idf(term) ?? 10;

    private static async Task<PassageIndexSnapshot> LoadAsync(StatuteStore store, PassageEmbedder? embedder)
    {
        if (embedder is not null) await embedder.EmbedMissingAsync().ConfigureAwait(false);
        var titles = store.Statutes().ToDictionary(statute => statute.Abbreviation, statute => statute.Title);
        var vectors = embedder is null ? null : store.Vectors();
        return PassageIndexSnapshot.Build(
            store.ReadForIndex(), law => titles.GetValueOrDefault(law), vectors?.Values.FirstOrDefault()?.Length ?? 0,
            vectors is null ? null : item => vectors.TryGetValue(item.Row, out var vector) ? vector : default);
    }
}
