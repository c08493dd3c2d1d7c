using System.Text.Json.Nodes;

namespace ParalegalBot.Tests.Retrieval.Qdrant;

/// <summary>Points of one collection in memory, ranked exactly: dot products of dense vectors, sparse ones with IDF, filters over indexed payload only.</summary>
internal sealed class StandInCollection(JsonNode config)
{
    private readonly SortedDictionary<long, StoredPoint> points = [];
    private readonly Dictionary<string, string> indexes = [];
    private Dictionary<(string Vector, uint Term), List<(StoredPoint Point, float Weight)>>? postings;
    private readonly Dictionary<string, int> withVector = [];

    public int Count => points.Count;

    /// <summary>As the server tells of a collection.</summary>
    public JsonObject Describe() => new() { ["status"] = "green", ["points_count"] = points.Count, ["config"] = new JsonObject { ["params"] = config.DeepClone() } };

    public void Index(string field, string type) => indexes[field] = type;

    public StandInCollection Copy()
    {
        var copy = new StandInCollection(config.DeepClone());
        foreach (var (id, point) in points) copy.points[id] = point;
        foreach (var (field, type) in indexes) copy.indexes[field] = type;
        return copy;
    }

    public JsonArray Read(IEnumerable<long> ids) => [.. ids.Where(points.ContainsKey).Select(id => new JsonObject { ["id"] = id, ["payload"] = points[id].Payload.DeepClone() })];

    /// <summary>Takes all points or none.</summary>
    public void Upsert(JsonArray incoming)
    {
        var parsed = incoming.Select(node => Parse(node!)).ToList();
        foreach (var point in parsed) points[point.Id] = point;
        postings = null;
    }

    public JsonArray Search(JsonNode search)
    {
        var matches = Compile(search["filter"]);
        var limit = search["limit"]?.GetValue<int>() ?? 10;
        var payload = search["with_payload"] as JsonArray;
        IEnumerable<(StoredPoint Point, float Score)> ranked = search["query"] switch
        {
            null => points.Values.Where(matches).Select(point => (point, 0f)),
            JsonArray dense => Dense(dense, search["using"]!.GetValue<string>()).Where(pair => matches(pair.Point)).OrderByDescending(pair => pair.Score),
            JsonObject sparse => Sparse(sparse, search["using"]!.GetValue<string>()).Where(pair => matches(pair.Point)).OrderByDescending(pair => pair.Score),
            var other => throw new StandInRefusal(400, $"query {other.ToJsonString()} is not implemented"),
        };
        return [.. ranked.Take(limit).Select(pair => new JsonObject
        {
            ["id"] = pair.Point.Id, ["version"] = 0, ["score"] = pair.Score,
            ["payload"] = payload is null ? null : new JsonObject(payload.Select(name => name!.GetValue<string>())
                .Where(pair.Point.Payload.ContainsKey).Select(name => KeyValuePair.Create(name, pair.Point.Payload[name]?.DeepClone()))),
        })];
    }

    private StoredPoint Parse(JsonNode node)
    {
        var dense = new Dictionary<string, float[]>();
        var sparse = new Dictionary<string, (uint[] Indices, float[] Values)>();
        foreach (var (name, vector) in node["vector"]!.AsObject())
            if (vector is JsonArray values) dense[name] = Sized(name, values);
            else sparse[name] = Checked(name, vector!);
        return new StoredPoint(node["id"]!.GetValue<long>(), dense, sparse, node["payload"]!.DeepClone().AsObject());
    }

    private float[] Sized(string name, JsonArray values)
    {
        var expected = config["vectors"]?[name]?["size"]?.GetValue<int>() ?? throw new StandInRefusal(400, $"Not existing vector name error: {name}");
        return values.Count == expected ? [.. values.Select(value => value!.GetValue<float>())]
            : throw new StandInRefusal(400, $"Vector dimension error: expected dim: {expected}, got {values.Count}");
    }

    private (uint[] Indices, float[] Values) Checked(string name, JsonNode vector)
    {
        if (config["sparse_vectors"]?[name]?["modifier"]?.GetValue<string>() is not "idf") throw new StandInRefusal(400, $"Not existing vector name error: {name}");
        uint[] indices = [.. vector["indices"]!.AsArray().Select(index => index!.GetValue<uint>())];
        float[] values = [.. vector["values"]!.AsArray().Select(value => value!.GetValue<float>())];
        return indices.Length == values.Length && indices.Distinct().Count() == indices.Length ? (indices, values)
            : throw new StandInRefusal(422, $"{name}: must be the same length and indices unique");
    }

    private IEnumerable<(StoredPoint Point, float Score)> Dense(JsonArray query, string name)
    {
        var wanted = Sized(name, query);
        foreach (var point in points.Values)
            if (point.Dense.TryGetValue(name, out var held)) yield return (point, System.Numerics.Tensors.TensorPrimitives.Dot(wanted, held));
    }

    private IEnumerable<(StoredPoint Point, float Score)> Sparse(JsonObject query, string name)
    {
        var (indices, values) = Checked(name, query);
        var postings = Postings();
        var scores = new Dictionary<StoredPoint, float>();
        foreach (var (term, weight) in indices.Zip(values))
        {
            if (!postings.TryGetValue((name, term), out var list)) continue;
            var idf = MathF.Log((withVector[name] - list.Count + .5f) / (list.Count + .5f) + 1);
            foreach (var (point, held) in list) scores[point] = scores.GetValueOrDefault(point) + weight * idf * held;
        }
        return scores.Select(pair => (pair.Key, pair.Value));
    }

    private Dictionary<(string Vector, uint Term), List<(StoredPoint Point, float Weight)>> Postings()
    {
        lock (withVector)
        {
            if (postings is not null) return postings;
            var built = new Dictionary<(string Vector, uint Term), List<(StoredPoint Point, float Weight)>>();
            withVector.Clear();
            foreach (var point in points.Values)
                foreach (var (name, (indices, values)) in point.Sparse)
                {
                    withVector[name] = withVector.GetValueOrDefault(name) + 1;
                    for (var i = 0; i < indices.Length; i++)
                    {
                        if (!built.TryGetValue((name, indices[i]), out var list)) built[(name, indices[i])] = list = [];
                        list.Add((point, values[i]));
                    }
                }
            return postings = built;
        }
    }

    private Func<StoredPoint, bool> Compile(JsonNode? filter)
    {
        if (filter is null) return _ => true;
        if (filter.AsObject().Any(pair => pair.Key != "must")) throw new StandInRefusal(400, "only must is implemented");
        var conditions = filter["must"]!.AsArray().Select(condition => Condition(condition!)).ToList();
        return point => conditions.TrueForAll(condition => condition(point));
    }

    private Func<StoredPoint, bool> Condition(JsonNode condition)
    {
        if (condition["has_id"] is JsonArray ids)
        {
            var wanted = ids.Select(id => id!.GetValue<long>()).ToHashSet();
            return point => wanted.Contains(point.Id);
        }
        var key = condition["key"]!.GetValue<string>();
        // As a server in strict mode does: an unindexed filter scans every payload.
        if (!indexes.TryGetValue(key, out var type)) throw new StandInRefusal(400, $"Index required but not found for \"{key}\"");
        if (condition["range"] is { } range)
        {
            if (type != "integer") throw new StandInRefusal(400, $"{key} is no integer");
            var (from, to) = (range["gte"]?.GetValue<long>() ?? long.MinValue, range["lte"]?.GetValue<long>() ?? long.MaxValue);
            return point => point.Payload[key] is { } value && value.GetValue<long>() >= from && value.GetValue<long>() <= to;
        }
        var allowed = (condition["match"]!["any"] as JsonArray ?? [condition["match"]!["value"]!.DeepClone()]).Select(value => value!.ToJsonString()).ToHashSet();
        return point => point.Texts.TryGetValue(key, out var value) && allowed.Contains(value);
    }

    private sealed record StoredPoint(long Id, Dictionary<string, float[]> Dense, Dictionary<string, (uint[] Indices, float[] Values)> Sparse, JsonObject Payload)
    {
        /// <summary>Payload values as JSON text, for comparing.</summary>
        public Dictionary<string, string> Texts { get; } = Payload.Where(pair => pair.Value is JsonValue).ToDictionary(pair => pair.Key, pair => pair.Value!.ToJsonString());

        public bool Equals(StoredPoint? other) => ReferenceEquals(this, other);

        public override int GetHashCode() => Id.GetHashCode();
    }
}

/// <summary>Anything that the stand-in does not take.</summary>
internal sealed class StandInRefusal(int status, string message) : Exception(message)
{
    public int Status => status;
}
