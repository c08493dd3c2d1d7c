using System.Globalization;
using System.Linq.Expressions;
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

    /// <summary>The conditions of one of our searches, over these records.</summary>
    public static Expression<Func<PassagePoint, bool>> Filter(QdrantFilter filter)
    {
        var point = Expression.Parameter(typeof(PassagePoint));
        return Expression.Lambda<Func<PassagePoint, bool>>(
            filter.Must.SelectMany(condition => Terms(point, condition)).Aggregate(Expression.AndAlso), point);
    }

    private static IEnumerable<Expression> Terms(ParameterExpression point, QdrantCondition condition)
    {
        var property = typeof(PassagePoint).GetProperties().Single(held => held.Name.Equals(condition.Key, StringComparison.OrdinalIgnoreCase));
        var member = Expression.Property(point, property);
        ConstantExpression Constant(object value) => Expression.Constant(Convert.ChangeType(value, property.PropertyType, CultureInfo.InvariantCulture));
        if (condition.Match?.Value is { } value) yield return Expression.Equal(member, Constant(value));
        if (condition.Match?.Any is List<string> names)
            yield return Expression.Call(typeof(Enumerable), nameof(Enumerable.Contains), [typeof(string)], Expression.Constant(names.ToArray()), member);
        if (condition.Range?.Gte is { } least) yield return Expression.GreaterThanOrEqual(member, Constant(least));
        if (condition.Range?.Lte is { } most) yield return Expression.LessThanOrEqual(member, Constant(most));
    }

    /// <summary>What our own searches read of a point.</summary>
    public QdrantPayload Payload() => new() { Law = Law, Article = Article, Size = Size, Key = Key, Transitory = Transitory };
}
