namespace ParalegalBot.Retrieval.Qdrant;

/// <summary>
/// A finished build as a reader holds it: the collection, its facts, and in how many articles each term occurs. The frequencies are read once per
/// build from points of the build itself, so that they are swapped, replicated and restored with it; 100,000 terms take about 2 MB.
/// </summary>
internal sealed class QdrantBuild
{
    private readonly Dictionary<uint, int> frequencies;

    private QdrantBuild(string collection, QdrantBuildFacts facts, Dictionary<uint, int> frequencies) =>
        (Collection, Facts, this.frequencies) = (collection, facts, frequencies);

    public string Collection { get; }

    public QdrantBuildFacts Facts { get; }

    /// <summary>Over whole articles, as <see cref="PostingIndex.Idf"/> has it.</summary>
    public float Idf(string term)
    {
        var frequency = frequencies.GetValueOrDefault(QdrantTerms.Number(term));
        return MathF.Log(1 + (Facts.Articles - frequency + .5f) / (frequency + .5f));
    }

    /// <summary>The facts of a build; null where it is unfinished or of another program.</summary>
    public static async Task<QdrantBuildFacts?> FactsAsync(QdrantConnection connection, string collection, CancellationToken cancellationToken)
    {
        var points = await PointsAsync(connection, collection, [QdrantPayload.BuildId], cancellationToken).ConfigureAwait(false);
        return points is [{ Payload.Build: { Format: QdrantBuildFacts.CurrentFormat } facts }] ? facts : null;
    }

    public static async Task<QdrantBuild> LoadAsync(QdrantConnection connection, string collection, CancellationToken cancellationToken)
    {
        var facts = await FactsAsync(connection, collection, cancellationToken).ConfigureAwait(false)
            ?? throw new ParalegalBotException($"La colección «{collection}» de Qdrant no es un índice completo de este programa; construya uno con «paralegal index swap».");
        var frequencies = new Dictionary<uint, int>();
        var slices = await PointsAsync(connection, collection, [.. Enumerable.Range(0, facts.Slices).Select(QdrantPayload.StatisticsId)], cancellationToken).ConfigureAwait(false);
        foreach (var slice in slices)
            foreach (var (term, frequency) in slice.Payload!.Terms!.Zip(slice.Payload.Frequencies!)) frequencies[term] = frequency;
        return new QdrantBuild(collection, facts, frequencies);
    }

    private static async Task<IReadOnlyList<QdrantRecord>> PointsAsync(QdrantConnection connection, string collection, IReadOnlyList<long> ids, CancellationToken cancellationToken) =>
        ids.Count == 0 ? [] : await connection.AskAsync<IReadOnlyList<QdrantRecord>>(
            $"collections/{collection}/points", new { Ids = ids, WithPayload = true, WithVector = false }, cancellationToken).ConfigureAwait(false);
}
