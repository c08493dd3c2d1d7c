using Microsoft.Extensions.Options;
using ParalegalBot.Retrieval;
using ParalegalBot.Retrieval.Qdrant;

namespace ParalegalBot.Tests.Retrieval.Qdrant;

/// <summary>A server to test against: the one that <c>PARALEGAL_QDRANT_URL</c> names, else the stand-in; and the parts that talk to it under an alias of their own.</summary>
internal sealed class QdrantSetting : IAsyncDisposable
{
    private static readonly Lazy<OpenApiDescription> Published = new(() => new OpenApiDescription(Shared.Need("qdrant-openapi.json")));

    private readonly List<QdrantConnection> connections = [];

    private QdrantSetting(QdrantStandIn? standIn, QdrantOptions options)
    {
        (StandIn, Options) = (standIn, options);
        Builds = new QdrantBuilds(Connect(), Wrapped, Time);
    }

    /// <summary>Null where a real server is tested.</summary>
    public QdrantStandIn? StandIn { get; }

    public QdrantOptions Options { get; }

    public QdrantBuilds Builds { get; }

    /// <summary>The description of Qdrant's API; a test is skipped where it is not there.</summary>
    public static OpenApiDescription Description => Published.Value;

    public static TimeProvider Time => TimeProvider.System;

    public static async Task<QdrantSetting> StartAsync() => Environment.GetEnvironmentVariable("PARALEGAL_QDRANT_URL") is { Length: > 0 } url
        ? new QdrantSetting(null, OptionsFor(url))
        : await StandInAsync();

    /// <summary>For tests that need faults, which no real server produces on demand.</summary>
    public static async Task<QdrantSetting> StandInAsync(string apiKey = "")
    {
        var standIn = await QdrantStandIn.StartAsync(Description, apiKey);
        var options = OptionsFor(standIn.Url);
        options.ApiKey = apiKey;
        return new QdrantSetting(standIn, options);
    }

    /// <summary>An index that looks at the alias before every search.</summary>
    public QdrantPassageIndex Index(PassageEmbedder? embedder = null) => new(Connect(), Wrapped, Time, embedder);

    public async ValueTask DisposeAsync()
    {
        if (StandIn is null)
            foreach (var build in await Builds.ListAsync())
                await connections[0].ChangeAsync<bool>(HttpMethod.Delete, $"collections/{build.Collection}", null, CancellationToken.None);
        foreach (var connection in connections) connection.Dispose();
        if (StandIn is not null) await StandIn.DisposeAsync();
    }

    private IOptions<QdrantOptions> Wrapped => Microsoft.Extensions.Options.Options.Create(Options);

    private QdrantConnection Connect()
    {
        var connection = new QdrantConnection(Wrapped, Time);
        connections.Add(connection);
        return connection;
    }

    private static QdrantOptions OptionsFor(string url) => new()
    {
        Url = url, Alias = $"test-{Guid.NewGuid():n}"[..16], RetryMilliseconds = 0, RefreshSeconds = 0, BatchSize = 64, TimeoutSeconds = 20,
    };
}
