using Grpc.Core;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.VectorData;
using Microsoft.SemanticKernel.Connectors.Qdrant;
using ParalegalBot.Retrieval.Qdrant;
using Qdrant.Client;

namespace ParalegalBot.OnPrem.Qdrant;

/// <summary>
/// Searches by Semantic Kernel's connector and, where it has no words for them, by Qdrant.Client: the connector finds the nearest dense vectors;
/// sparse vectors, exact scoring and lists go through the client in one batch. What is asked, and what becomes of it, stays in <see cref="QdrantSearches"/>.
/// </summary>
internal sealed class SemanticKernelQueries : IQdrantQueries, IDisposable
{
    private readonly QdrantOptions options;
    private readonly TimeProvider time;
    private readonly QdrantClient client;
    private readonly QdrantVectorStore store;

    public SemanticKernelQueries(IOptions<QdrantOptions> options, IOptions<QdrantGrpcOptions> grpc, TimeProvider time)
    {
        (this.options, this.time) = (options.Value, time);
        var url = new Uri(options.Value.Url);
        client = new QdrantClient(url.Host, grpc.Value.GrpcPort, url.Scheme == "https", options.Value.ApiKey.Length == 0 ? null : options.Value.ApiKey, TimeSpan.FromSeconds(options.Value.TimeoutSeconds));
        store = new QdrantVectorStore(client, ownsClient: false, new() { HasNamedVectors = true });
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<QdrantHits>> QueryAsync(string collection, IReadOnlyList<QdrantSearch> searches, CancellationToken cancellationToken)
    {
        var others = searches.Where(search => !IsNearest(search)).ToList();
        var batch = AttemptAsync(collection, async () => others.Count == 0 ? [] :
            (await client.QueryBatchAsync(collection, [.. others.Select(search => QdrantGrpcMessages.Points(collection, search))], cancellationToken: cancellationToken).ConfigureAwait(false))
                .Select(result => new QdrantHits([.. result.Result.Select(QdrantGrpcMessages.Hit)])).ToList(), cancellationToken);
        var nearest = searches.Where(IsNearest).Select(search => AttemptAsync(collection, () => NearestAsync(collection, search, cancellationToken), cancellationToken)).ToList();
        await Task.WhenAll([batch, .. nearest]).ConfigureAwait(false);
        var (found, near) = (new Queue<QdrantHits>(await batch.ConfigureAwait(false)), new Queue<Task<QdrantHits>>(nearest));
        var results = new List<QdrantHits>();
        foreach (var search in searches) results.Add(IsNearest(search) ? await near.Dequeue().ConfigureAwait(false) : found.Dequeue());
        return results;
    }

    public void Dispose()
    {
        store.Dispose();
        client.Dispose();
    }

    private static bool IsNearest(QdrantSearch search) => search is { Query: float[], Params.Exact: null or false };

    private async Task<QdrantHits> NearestAsync(string collection, QdrantSearch search, CancellationToken cancellationToken)
    {
        var vector = (float[])search.Query!;
        using var passages = store.GetCollection<ulong, PassagePoint>(collection, PassagePoint.Definition(vector.Length));
        var hits = new List<QdrantHit>();
        var filter = new VectorSearchOptions<PassagePoint> { Filter = PassagePoint.Filter(search.Filter) };
        await foreach (var result in passages.SearchAsync(new ReadOnlyMemory<float>(vector), search.Limit, filter, cancellationToken).ConfigureAwait(false))
            hits.Add(new QdrantHit((long)result.Record.Id, (float)result.Score!.Value, result.Record.Payload()));
        return new QdrantHits(hits);
    }

    /// <summary>As over HTTP: what passes is tried again, what stays is one sentence.</summary>
    private async Task<T> AttemptAsync<T>(string collection, Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await ask().ConfigureAwait(false);
            }
            catch (Exception failure) when (Status(failure) is { } status && !cancellationToken.IsCancellationRequested)
            {
                if (status.StatusCode is StatusCode.NotFound) throw new QdrantMissingException(collection);
                var passing = status.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded or StatusCode.ResourceExhausted or StatusCode.Internal or StatusCode.Unknown;
                if (!passing || attempt >= options.Attempts)
                    throw new ParalegalBotException($"Qdrant ({options.Url}, por gRPC) no atendió la búsqueda ({status.StatusCode}); revise que esté en marcha, Qdrant:GrpcPort y Qdrant:ApiKey.", failure);
            }
            await Task.Delay(TimeSpan.FromMilliseconds(options.RetryMilliseconds * Math.Pow(2, attempt - 1)), time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The connector wraps what gRPC threw.</summary>
    private static RpcException? Status(Exception failure) => failure as RpcException ?? failure.InnerException as RpcException;
}
