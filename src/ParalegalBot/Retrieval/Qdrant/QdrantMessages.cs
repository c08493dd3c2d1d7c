using System.Text.Json;
using System.Text.Json.Serialization;

namespace ParalegalBot.Retrieval.Qdrant;

// The part of Qdrant's HTTP API that we use, as records; snake_case on the wire, nulls left out.

/// <summary>What every successful reply wraps.</summary>
internal sealed record QdrantReply<T>(T Result);

internal sealed record QdrantVersion(string Title, string Version);

internal sealed record QdrantAliases(IReadOnlyList<QdrantAlias> Aliases);

internal sealed record QdrantAlias(string AliasName, string CollectionName);

internal sealed record QdrantCollections(IReadOnlyList<QdrantCollectionName> Collections);

internal sealed record QdrantCollectionName(string Name);

internal sealed record QdrantCollection(string Status);

internal sealed record QdrantCount(long Count);

internal sealed record QdrantSnapshot(string Name, long Size);

internal sealed record QdrantUpdate(string Status);

/// <summary>A point as written.</summary>
internal sealed record QdrantPoint(long Id, IReadOnlyDictionary<string, object> Vector, QdrantPayload Payload);

/// <summary>A point as read by id.</summary>
internal sealed record QdrantRecord(long Id, QdrantPayload? Payload);

/// <summary>A point as found.</summary>
internal sealed record QdrantHit(long Id, float Score, QdrantPayload? Payload);

internal sealed record QdrantHits(IReadOnlyList<QdrantHit> Points);

/// <summary>Weights of terms by their number; numbers are unique within one vector.</summary>
internal sealed record QdrantSparse(uint[] Indices, float[] Values);

/// <summary>One search of a batch; without <see cref="Query"/> it lists what the filter leaves, by id.</summary>
internal sealed record QdrantSearch
{
    /// <summary>A <see cref="QdrantSparse"/> or a dense vector.</summary>
    public object? Query { get; init; }

    public string? Using { get; init; }

    public required QdrantFilter Filter { get; init; }

    public QdrantSearchParams? Params { get; init; }

    public required int Limit { get; init; }

    /// <summary>Names of payload fields; none by default.</summary>
    public IReadOnlyList<string>? WithPayload { get; init; }
}

internal sealed record QdrantSearchParams(int? HnswEf = null, bool? Exact = null);

internal sealed record QdrantFilter(IReadOnlyList<QdrantCondition> Must);

/// <summary>A field equal to a value, among values, or in a range; or a set of ids.</summary>
internal sealed record QdrantCondition
{
    public string? Key { get; init; }

    public QdrantMatch? Match { get; init; }

    public QdrantRange? Range { get; init; }

    public IReadOnlyList<long>? HasId { get; init; }
}

internal sealed record QdrantMatch(object? Value = null, object? Any = null);

internal sealed record QdrantRange(long? Gte = null, long? Lte = null);

/// <summary>How our messages look on the wire.</summary>
internal static class QdrantJson
{
    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };
}
