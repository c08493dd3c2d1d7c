using Microsoft.Extensions.Options;
using ParalegalBot.OnPrem.Qdrant;
using ParalegalBot.Retrieval;
using ParalegalBot.Retrieval.Qdrant;
using ParalegalBot.Statutes;
using ParalegalBot.Tests.Retrieval;
using ParalegalBot.Tests.Retrieval.Qdrant;
using ParalegalBot.Tests.Statutes;

namespace ParalegalBot.OnPrem.Tests.Qdrant;

/// <summary>The index over Semantic Kernel's connector passes what every index must; the server is the one that <c>PARALEGAL_QDRANT_URL</c> names (gRPC on 6334) or the stand-in.</summary>
public sealed class SemanticKernelIndexTests : PassageIndexConformance, IAsyncDisposable
{
    private SemanticKernelSetting? setting;

    public async ValueTask DisposeAsync()
    {
        if (setting is not null) await setting.DisposeAsync();
        Dispose();
    }

    private protected override async ValueTask<IPassageIndex> IndexAsync(StatuteStore store)
    {
        setting ??= await SemanticKernelSetting.StartAsync();
        await setting.Qdrant.Builds.PublishAsync(store, null, cancellationToken: TestContext.Current.CancellationToken);
        return setting.Index();
    }
}

/// <summary>How the searches travel, and what becomes of faults.</summary>
public sealed class SemanticKernelQueriesTests : IAsyncLifetime
{
    private readonly ScratchFolder folder = new();
    private readonly StatuteStore store;
    private SemanticKernelSetting setting = null!;

    public SemanticKernelQueriesTests()
    {
        store = StatuteStore.Open(folder["statutes.db"]);
        for (var i = 1; i <= 40; i++) store.Write($"L{i}", ("1", $"vacaciones del trabajador {i}|aviso al patrón {i * i}"), ("2", $"renta {i}"));
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => setting = await SemanticKernelSetting.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await setting.DisposeAsync();
        store.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task It_finds_what_the_http_client_finds_with_the_same_scores()
    {
        var embedder = new PassageEmbedder(store, new QdrantSamples.OneVector("uno", 64));
        await setting.Qdrant.Builds.PublishAsync(store, embedder, cancellationToken: Stop);
        var vector = new float[64];
        vector[0] = 1;
        var query = QdrantSamples.Query("aviso de vacaciones") with { Vector = vector, Include = [new ArticleAddress("L7", "2")], Laws = Enumerable.Range(1, 30).Select(i => $"L{i}").ToHashSet(), Limit = 500 };

        var there = await setting.Index(embedder).SearchAsync(query, Stop);
        var here = await setting.Qdrant.Index(embedder).SearchAsync(query, Stop);

        Assert.True(here.Count > 50);
        Assert.Equal(here.OrderBy(candidate => candidate.Row), there.OrderBy(candidate => candidate.Row));
    }

    [Fact]
    public async Task Dense_vectors_are_found_by_the_connector_and_everything_else_in_one_batch()
    {
        Assert.SkipWhen(setting.Front is null, "A real server does not tell who asked it.");
        var embedder = new PassageEmbedder(store, new QdrantSamples.OneVector("uno", 64));
        await setting.Qdrant.Builds.PublishAsync(store, embedder, cancellationToken: Stop);
        var vector = new float[64];
        vector[0] = 1;

        await setting.Index(embedder).SearchAsync(QdrantSamples.Query("vacaciones") with { Vector = vector }, Stop);

        Assert.Equal(["Query", "QueryBatch", "QueryBatch"], setting.Front!.Calls.Select(call => call.Method).Order());
    }

    [Fact]
    public async Task A_fault_that_passes_is_not_noticed_and_one_that_stays_is_one_clear_sentence()
    {
        Assert.SkipWhen(setting.Front is null, "No real server fails on demand.");
        await setting.Qdrant.Builds.PublishAsync(store, null, cancellationToken: Stop);
        var index = setting.Index();

        setting.Front!.Faults.Enqueue(14); // unavailable, once
        Assert.NotEmpty(await index.FindAsync("vacaciones"));
        for (var i = 0; i < 3; i++) setting.Front.Faults.Enqueue(14);
        var failure = await Assert.ThrowsAsync<ParalegalBotException>(() => index.FindAsync("vacaciones"));

        Assert.Contains("Qdrant:GrpcPort", failure.Message);
        Assert.NotEmpty(await index.FindAsync("vacaciones"));
    }
}

/// <summary>Builds over HTTP, searches over gRPC.</summary>
internal sealed class SemanticKernelSetting : IAsyncDisposable
{
    private readonly List<SemanticKernelQueries> queries = [];
    private readonly List<QdrantConnection> connections = [];

    private SemanticKernelSetting(QdrantSetting qdrant, GrpcFront? front) => (Qdrant, Front) = (qdrant, front);

    public QdrantSetting Qdrant { get; }

    public GrpcFront? Front { get; }

    public static async Task<SemanticKernelSetting> StartAsync()
    {
        var qdrant = await QdrantSetting.StartAsync();
        return new SemanticKernelSetting(qdrant, qdrant.StandIn is null ? null : await GrpcFront.StartAsync(qdrant.StandIn.Url));
    }

    public QdrantPassageIndex Index(PassageEmbedder? embedder = null)
    {
        var options = Options.Create(Qdrant.Options);
        var made = new SemanticKernelQueries(options, Options.Create(new QdrantGrpcOptions { GrpcPort = Front?.Port ?? 6334 }), QdrantSetting.Time);
        var connection = new QdrantConnection(options, QdrantSetting.Time);
        queries.Add(made);
        connections.Add(connection);
        return new QdrantPassageIndex(connection, options, QdrantSetting.Time, embedder) { Queries = made };
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var made in queries) made.Dispose();
        foreach (var connection in connections) connection.Dispose();
        if (Front is not null) await Front.DisposeAsync();
        await Qdrant.DisposeAsync();
    }
}
