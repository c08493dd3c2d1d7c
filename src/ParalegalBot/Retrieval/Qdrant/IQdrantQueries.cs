namespace ParalegalBot.Retrieval.Qdrant;

/// <summary>How a batch of searches reaches Qdrant: over its HTTP API, or by another client.</summary>
internal interface IQdrantQueries
{
    /// <summary>Runs the searches and returns what each found, in their order.</summary>
    /// <exception cref="QdrantMissingException">There is no such collection.</exception>
    Task<IReadOnlyList<QdrantHits>> QueryAsync(string collection, IReadOnlyList<QdrantSearch> searches, CancellationToken cancellationToken);
}
