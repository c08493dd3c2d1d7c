using Microsoft.Extensions.VectorData;
using ParalegalBot.Retrieval.Qdrant;

namespace ParalegalBot.OnPrem.Qdrant;

/// <summary>A passage's point as Semantic Kernel's connector maps it; the layout is <see cref="QdrantLayout"/>'s.</summary>
internal sealed class PassagePoint
{
    public ulong Id { get; set; }

    public string Kind { get; set; } = "";

    public string Law { get; set; } = "";

    public long Article { get; set; }

    public int Size { get; set; }

    public string Key { get; set; } = "";

    public bool Transitory { get; set; }

    public bool Introductory { get; set; }

    public int From { get; set; }

    public int To { get; set; }

    public ReadOnlyMemory<float> Dense { get; set; }

    /// <summary>How the connector is to read them, for vectors of that length.</summary>
    public static VectorStoreCollectionDefinition Definition(int dimensions) => new()
    {
        Properties =
        [
            new VectorStoreKeyProperty(nameof(Id), typeof(ulong)),
            .. typeof(PassagePoint).GetProperties().Where(property => property.Name is not (nameof(Id) or nameof(Dense)))
                .Select(property => new VectorStoreDataProperty(property.Name, property.PropertyType) { StorageName = property.Name.ToLowerInvariant() }),
            new VectorStoreVectorProperty(nameof(Dense), typeof(ReadOnlyMemory<float>), dimensions)
            {
                StorageName = QdrantCorpus.DenseVector, DistanceFunction = DistanceFunction.DotProductSimilarity,
            },
        ],
    };

    /// <summary>What our own searches read of a point.</summary>
    public QdrantPayload Payload() => new() { Law = Law, Article = Article, Size = Size, Key = Key, Transitory = Transitory };
}
