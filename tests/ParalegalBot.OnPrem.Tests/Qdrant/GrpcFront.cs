using System.Buffers.Binary;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Qdrant.Client.Grpc;

namespace ParalegalBot.OnPrem.Tests.Qdrant;

/// <summary>Takes the searches of Qdrant's gRPC API and has the stand-in answer them over HTTP, where it checks them; nothing else is taken.</summary>
internal sealed class GrpcFront : IAsyncDisposable
{
    private static readonly string[] AllFields = ["kind", "law", "article", "size", "key", "transitory", "introductory", "from", "to"];

    private readonly WebApplication application;
    private readonly HttpClient behind;

    private GrpcFront(WebApplication application, string standIn) => (this.application, behind) = (application, new HttpClient { BaseAddress = new Uri(standIn) });

    public int Port { get; private set; }

    /// <summary>Called methods, with the number of searches in each.</summary>
    public List<(string Method, int Searches)> Calls { get; } = [];

    /// <summary>gRPC statuses to answer the next calls with; 0 lets one through.</summary>
    public Queue<int> Faults { get; } = new();

    public static async Task<GrpcFront> StartAsync(string standIn)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(options => options.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        var front = new GrpcFront(builder.Build(), standIn);
        front.application.Run(front.AnswerAsync);
        await front.application.StartAsync();
        front.Port = new Uri(front.application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port;
        return front;
    }

    public async ValueTask DisposeAsync()
    {
        await application.DisposeAsync();
        behind.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var message = body.ToArray()[5..]; // one flag byte and four of length
        context.Response.ContentType = "application/grpc";
        var method = context.Request.Path.Value!;
        var status = 0;
        lock (Faults) status = Faults.TryDequeue(out var fault) ? fault : 0;
        IMessage? reply = null;
        if (status == 0)
        {
            (status, reply) = method switch
            {
                "/qdrant.Points/Query" => await OneAsync(QueryPoints.Parser.ParseFrom(message)),
                "/qdrant.Points/QueryBatch" => await BatchAsync(QueryBatchPoints.Parser.ParseFrom(message)),
                _ => (12, null), // unimplemented
            };
        }
        if (reply is not null)
        {
            var bytes = reply.ToByteArray();
            var head = new byte[5];
            BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(1), bytes.Length);
            await context.Response.Body.WriteAsync(head);
            await context.Response.Body.WriteAsync(bytes);
        }
        context.Response.AppendTrailer("grpc-status", status.ToString());
    }

    private async Task<(int, IMessage?)> OneAsync(QueryPoints query)
    {
        lock (Calls) Calls.Add(("Query", 1));
        var (status, found) = await AskAsync(query.CollectionName, [query]);
        return (status, found is null ? null : new QueryResponse { Result = { found[0] } });
    }

    private async Task<(int, IMessage?)> BatchAsync(QueryBatchPoints batch)
    {
        lock (Calls) Calls.Add(("QueryBatch", batch.QueryPoints.Count));
        var (status, found) = await AskAsync(batch.CollectionName, batch.QueryPoints);
        return (status, found is null ? null : new QueryBatchResponse { Result = { found.Select(points => new BatchResult { Result = { points } }) } });
    }

    private async Task<(int Status, List<List<ScoredPoint>>? Found)> AskAsync(string collection, IEnumerable<QueryPoints> queries)
    {
        var body = new JsonObject { ["searches"] = new JsonArray([.. queries.Select(Search)]) };
        using var response = await behind.PostAsJsonAsync($"collections/{collection}/points/query/batch", body);
        if (response.StatusCode is System.Net.HttpStatusCode.NotFound) return (5, null);
        if (!response.IsSuccessStatusCode) return (3, null);
        var results = (await response.Content.ReadFromJsonAsync<JsonNode>())!["result"]!.AsArray();
        return (0, [.. results.Select(result => result!["points"]!.AsArray().Select(point => Point(point!)).ToList())]);
    }

    private static JsonNode Search(QueryPoints query)
    {
        var search = new JsonObject { ["limit"] = query.Limit, ["filter"] = new JsonObject { ["must"] = new JsonArray([.. query.Filter.Must.Select(Condition)]) } };
        if (query.Query?.Nearest is { } nearest)
            search["query"] = nearest.VariantCase switch
            {
                VectorInput.VariantOneofCase.Dense => Numbers(nearest.Dense.Data),
                VectorInput.VariantOneofCase.Sparse => new JsonObject { ["indices"] = Numbers(nearest.Sparse.Indices), ["values"] = Numbers(nearest.Sparse.Values) },
                var other => throw new NotSupportedException($"{other}"),
            };
        if (query.HasUsing) search["using"] = query.Using;
        if (query.Params is { } how)
        {
            search["params"] = new JsonObject();
            if (how.HasExact) search["params"]!["exact"] = how.Exact;
            if (how.HasHnswEf) search["params"]!["hnsw_ef"] = how.HnswEf;
        }
        if (query.WithPayload?.Include is { } fields) search["with_payload"] = new JsonArray([.. fields.Fields.Select(name => (JsonNode)name)]);
        else if (query.WithPayload?.Enable is true) search["with_payload"] = new JsonArray([.. AllFields.Select(name => (JsonNode)name)]);
        return search;
    }

    private static JsonNode Condition(Condition condition)
    {
        if (condition.HasId is { } ids) return new JsonObject { ["has_id"] = Numbers(ids.HasId.Select(id => id.Num)) };
        var field = condition.Field ?? throw new NotSupportedException($"{condition.ConditionOneOfCase}");
        var made = new JsonObject { ["key"] = field.Key };
        if (field.Range is { } range)
        {
            made["range"] = new JsonObject();
            if (range.HasGte) made["range"]!["gte"] = (long)range.Gte;
            if (range.HasLte) made["range"]!["lte"] = (long)range.Lte;
        }
        if (field.Match is { } match)
            made["match"] = match.MatchValueCase switch
            {
                Match.MatchValueOneofCase.Keyword => new JsonObject { ["value"] = match.Keyword },
                Match.MatchValueOneofCase.Boolean => new JsonObject { ["value"] = match.Boolean },
                Match.MatchValueOneofCase.Keywords => new JsonObject { ["any"] = new JsonArray([.. match.Keywords.Strings.Select(text => (JsonNode)text)]) },
                Match.MatchValueOneofCase.Integers => new JsonObject { ["any"] = Numbers(match.Integers.Integers) },
                var other => throw new NotSupportedException($"{other}"),
            };
        return made;
    }

    private static JsonArray Numbers<T>(IEnumerable<T> values) => new([.. values.Select(value => JsonValue.Create(value))]);

    private static ScoredPoint Point(JsonNode point)
    {
        var made = new ScoredPoint { Id = new PointId { Num = point["id"]!.GetValue<ulong>() }, Score = point["score"]!.GetValue<float>() };
        foreach (var (name, value) in point["payload"]?.AsObject() ?? [])
            made.Payload[name] = value!.GetValueKind() switch
            {
                System.Text.Json.JsonValueKind.String => new Value { StringValue = value.GetValue<string>() },
                System.Text.Json.JsonValueKind.Number => new Value { IntegerValue = value.GetValue<long>() },
                _ => new Value { BoolValue = value.GetValue<bool>() },
            };
        return made;
    }
}
