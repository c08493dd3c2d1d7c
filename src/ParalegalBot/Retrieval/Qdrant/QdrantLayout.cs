namespace ParalegalBot.Retrieval.Qdrant;

/// <summary>How a build's collection is laid out: vectors, indexed payload, shards and where things are kept.</summary>
internal static class QdrantLayout
{
    /// <summary>Payload fields that are filtered by, with their types.</summary>
    public static IReadOnlyList<(string Field, string Type)> Indexes { get; } =
    [
        ("kind", "keyword"), ("law", "keyword"), ("address", "keyword"), ("unit", "keyword"),
        ("article", "integer"), ("from", "integer"), ("to", "integer"), ("introductory", "bool"),
    ];

    /// <summary>The body that creates the collection.</summary>
    public static object Collection(QdrantBuildFacts facts, QdrantOptions options, int largeCorpus, int passagesPerShard)
    {
        var large = facts.Passages >= largeCorpus;
        var replicas = Math.Max(1, options.Replicas);
        // Stored vectors and the question's are rounded unit vectors: their dot product is the cosine, and the server must not scale them again.
        var dense = new { Size = facts.Dimensions, Distance = "Dot", OnDisk = options.OnDisk == "true" || (options.OnDisk == "auto" && large) };
        var sparse = new { Modifier = "idf" };
        return new
        {
            Vectors = facts.Dimensions == 0 ? [] : new Dictionary<string, object> { [QdrantCorpus.DenseVector] = dense },
            SparseVectors = new Dictionary<string, object>
            {
                [QdrantCorpus.PassageVector] = sparse, [QdrantCorpus.ArticleVector] = sparse, [QdrantCorpus.HierarchyVector] = sparse,
            },
            ShardNumber = options.Shards > 0 ? options.Shards : 1 + facts.Passages / passagesPerShard,
            ReplicationFactor = replicas,
            WriteConsistencyFactor = options.WriteConsistency > 0 ? options.WriteConsistency : replicas / 2 + 1,
            QuantizationConfig = options.Quantization == "int8" || (options.Quantization == "auto" && large)
                ? new { Scalar = new { Type = "int8", Quantile = .99, AlwaysRam = true } } : null,
        };
    }
}
