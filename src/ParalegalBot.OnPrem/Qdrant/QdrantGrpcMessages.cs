using Qdrant.Client.Grpc;
using ParalegalBot.Retrieval.Qdrant;
using Range = Qdrant.Client.Grpc.Range;

namespace ParalegalBot.OnPrem.Qdrant;

/// <summary>Our searches in the words of Qdrant.Client, and what comes back in ours.</summary>
internal static class QdrantGrpcMessages
{
    public static QueryPoints Points(string collection, QdrantSearch search)
    {
        var points = new QueryPoints { CollectionName = collection, Limit = (ulong)search.Limit, Filter = Filter(search.Filter), WithPayload = Payload(search.WithPayload) };
        if (search.Query is QdrantSparse sparse) points.Query = new Query { Nearest = new VectorInput { Sparse = new SparseVector { Indices = { sparse.Indices }, Values = { sparse.Values } } } };
        if (search.Query is float[] dense) points.Query = new Query { Nearest = new VectorInput { Dense = new DenseVector { Data = { dense } } } };
        if (search.Using is { } vector) points.Using = vector;
        if (search.Params is { } how)
        {
            points.Params = new SearchParams();
            if (how.HnswEf is { } breadth) points.Params.HnswEf = (ulong)breadth;
            if (how.Exact is { } exact) points.Params.Exact = exact;
        }
        return points;
    }

    public static QdrantHit Hit(ScoredPoint point) => new((long)point.Id.Num, point.Score, point.Payload.Count == 0 ? null : new QdrantPayload
    {
        Law = point.Payload.TryGetValue("law", out var law) ? law.StringValue : null,
        Article = point.Payload.TryGetValue("article", out var article) ? article.IntegerValue : null,
        Size = point.Payload.TryGetValue("size", out var size) ? (int)size.IntegerValue : null,
        Key = point.Payload.TryGetValue("key", out var key) ? key.StringValue : null,
        Transitory = point.Payload.TryGetValue("transitory", out var transitory) ? transitory.BoolValue : null,
    });

    private static WithPayloadSelector Payload(IReadOnlyList<string>? fields) =>
        fields is null ? new WithPayloadSelector { Enable = false } : new WithPayloadSelector { Include = new PayloadIncludeSelector { Fields = { fields } } };

    private static Filter Filter(QdrantFilter filter)
    {
        var made = new Filter();
        made.Must.AddRange(filter.Must.Select(Condition));
        return made;
    }

    private static Condition Condition(QdrantCondition condition)
    {
        if (condition.HasId is { } ids) return new Condition { HasId = new HasIdCondition { HasId = { ids.Select(id => new PointId { Num = (ulong)id }) } } };
        var field = new FieldCondition { Key = condition.Key };
        if (condition.Match is { } match)
            field.Match = (match.Value, match.Any) switch
            {
                (string text, _) => new Match { Keyword = text },
                (bool flag, _) => new Match { Boolean = flag },
                (_, List<string> texts) => new Match { Keywords = new RepeatedStrings { Strings = { texts } } },
                (_, List<long> numbers) => new Match { Integers = new RepeatedIntegers { Integers = { numbers } } },
                _ => throw new NotSupportedException($"A match on {condition.Key} that has no gRPC form."),
            };
        if (condition.Range is { } range)
        {
            field.Range = new Range();
            if (range.Gte is { } least) field.Range.Gte = least;
            if (range.Lte is { } most) field.Range.Lte = most;
        }
        return new Condition { Field = field };
    }
}
