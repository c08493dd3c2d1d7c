using ParalegalBot.Retrieval;
using ParalegalBot.Retrieval.Qdrant;
using ParalegalBot.Statutes;
using ParalegalBot.Tests.Statutes;

namespace ParalegalBot.Tests.Retrieval.Qdrant;

/// <summary>What a reader makes of a server that is away, busy, broken, slow, or changed under its hands.</summary>
public sealed class QdrantFaultTests : IAsyncLifetime
{
    private readonly ScratchFolder folder = new();
    private readonly StatuteStore store;
    private QdrantSetting setting = null!;

    public QdrantFaultTests()
    {
        store = StatuteStore.Open(folder["statutes.db"]);
        store.Write("LX", ("1", "vacaciones"));
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private QdrantStandIn StandIn => setting.StandIn!;

    public async ValueTask InitializeAsync() => setting = await QdrantSetting.StandInAsync();

    public async ValueTask DisposeAsync()
    {
        await setting.DisposeAsync();
        store.Dispose();
        folder.Dispose();
    }

    [Theory]
    [InlineData("429")]
    [InlineData("500")]
    [InlineData("503")]
    [InlineData("silence")]
    [InlineData("cut off")]
    public async Task A_fault_that_passes_is_not_noticed(string fault)
    {
        var index = await IndexAsync();
        setting.Options.TimeoutSeconds = .3;

        StandIn.Next(QdrantStandIn.Fault(fault), null, QdrantStandIn.Fault(fault)); // the look at the alias, and the first request of the search

        Assert.Equal(["LX 1"], await index.FindAsync("vacaciones"));
    }

    [Theory]
    [InlineData("429", "saturado")]
    [InlineData("500", "falló (500)")]
    [InlineData("silence", "no respondió")]
    [InlineData("cut off", "incompleta")]
    public async Task A_fault_that_stays_is_one_clear_sentence_and_heals_by_itself(string fault, string says)
    {
        var index = await IndexAsync();
        setting.Options.TimeoutSeconds = .3;
        StandIn.Next(QdrantStandIn.Fault(fault), QdrantStandIn.Fault(fault), QdrantStandIn.Fault(fault));

        var failure = await Assert.ThrowsAsync<ParalegalBotException>(() => index.FindAsync("vacaciones"));

        Assert.Contains(says, failure.Message);
        Assert.Equal(["LX 1"], await index.FindAsync("vacaciones"));
    }

    [Fact]
    public async Task A_server_that_is_down_is_told_and_found_again_when_it_is_back()
    {
        var index = await IndexAsync();
        var port = new Uri(StandIn.Url).Port;
        await StandIn.DisposeAsync();

        var down = await Assert.ThrowsAsync<ParalegalBotException>(() => index.FindAsync("vacaciones"));
        await using var back = await QdrantStandIn.StartAsync(QdrantSetting.Description, port: port);
        var empty = await Assert.ThrowsAsync<ParalegalBotException>(() => index.FindAsync("vacaciones"));
        await setting.Builds.PublishAsync(store, null, cancellationToken: Stop);

        Assert.Contains("No se pudo conectar", down.Message);
        Assert.Contains("no existe el alias", empty.Message);
        Assert.Equal(["LX 1"], await index.FindAsync("vacaciones"));
    }

    [Fact]
    public async Task A_search_sees_one_build_even_where_the_alias_moves_meanwhile()
    {
        var (index, first, second) = await TwoBuildsAsync();

        StandIn.Next(null, null, StandIn.Meanwhile(() => StandIn.Move(setting.Options.Alias, second)));

        Assert.Equal(["LX 1"], await index.FindAsync("vacaciones"));
        Assert.Equal(["LX 1", "LY 1"], await index.FindAsync("vacaciones"));
        Assert.NotEqual(first, second);
    }

    [Fact]
    public async Task A_search_whose_build_vanishes_starts_again_on_the_next()
    {
        var (index, first, second) = await TwoBuildsAsync();

        StandIn.Next(null, null, StandIn.Meanwhile(() =>
        {
            StandIn.Move(setting.Options.Alias, second);
            StandIn.Delete(first);
        }));

        Assert.Equal(["LX 1", "LY 1"], await index.FindAsync("vacaciones"));
    }

    [Fact]
    public async Task A_build_that_was_deleted_is_told_with_the_cure()
    {
        var index = await IndexAsync();
        StandIn.Delete((await setting.Builds.CurrentAsync(Stop))!);

        var failure = await Assert.ThrowsAsync<ParalegalBotException>(() => index.FindAsync("vacaciones"));

        Assert.Contains("paralegal index swap", failure.Message);
    }

    [Fact]
    public async Task Vectors_of_another_size_are_told_with_the_cure()
    {
        await setting.Builds.PublishAsync(store, new PassageEmbedder(store, new QdrantSamples.OneVector("uno", 64)), cancellationToken: Stop);
        var query = QdrantSamples.Query("vacaciones") with { Vector = new float[32] };

        var failure = await Assert.ThrowsAsync<ParalegalBotException>(async () => await setting.Index().SearchAsync(query, Stop));

        Assert.Contains("64 dimensiones", failure.Message);
        Assert.Contains("paralegal index embed", failure.Message);
    }

    [Fact]
    public async Task Vectors_of_another_encoder_are_told_with_the_cure()
    {
        await setting.Builds.PublishAsync(store, new PassageEmbedder(store, new QdrantSamples.OneVector("uno", 64)), cancellationToken: Stop);
        var other = setting.Index(new PassageEmbedder(store, new QdrantSamples.OneVector("otro", 64)));

        var failure = await Assert.ThrowsAsync<ParalegalBotException>(() => other.FindAsync("vacaciones"));

        Assert.Contains("«uno»", failure.Message);
        Assert.Contains("«otro»", failure.Message);
    }

    [Fact]
    public async Task A_wrong_key_is_told_and_not_tried_again()
    {
        await using var locked = await QdrantSetting.StandInAsync("secreta");
        await locked.Builds.PublishAsync(store, null, cancellationToken: Stop);
        var (before, alias) = (locked.StandIn!.Requests.Count, locked.Options.Alias);
        using var connection = new QdrantConnection(Microsoft.Extensions.Options.Options.Create(new QdrantOptions { Url = locked.Options.Url, ApiKey = "otra", Alias = alias }), TimeProvider.System);

        var failure = await Assert.ThrowsAsync<ParalegalBotException>(() => QdrantBuilds.CurrentAsync(connection, alias, Stop));

        Assert.Contains("Qdrant:ApiKey", failure.Message);
        Assert.Equal(before + 1, locked.StandIn.Requests.Count);
    }

    [Fact]
    public async Task A_search_is_two_batched_requests_and_a_look_at_the_alias()
    {
        var index = await IndexAsync();
        var before = StandIn.Requests.Count;

        await index.FindAsync("vacaciones");

        var current = await setting.Builds.CurrentAsync(Stop);
        Assert.Equal(["GET /aliases", $"POST /collections/{current}/points/query/batch", $"POST /collections/{current}/points/query/batch"], StandIn.Requests.Skip(before).SkipLast(1));
    }

    private async Task<QdrantPassageIndex> IndexAsync()
    {
        await setting.Builds.PublishAsync(store, null, cancellationToken: Stop);
        var index = setting.Index();
        await index.FindAsync("vacaciones"); // loads the build
        return index;
    }

    /// <summary>An index pinned to the first of two builds; the second also has law LY.</summary>
    private async Task<(QdrantPassageIndex Index, string First, string Second)> TwoBuildsAsync()
    {
        var first = await setting.Builds.PublishAsync(store, null, cancellationToken: Stop);
        store.Write("LY", ("1", "vacaciones"));
        var second = await setting.Builds.PublishAsync(store, null, cancellationToken: Stop);
        await setting.Builds.SwapAsync(first, Stop);
        var index = setting.Index();
        Assert.Equal(["LX 1"], await index.FindAsync("vacaciones"));
        return (index, first, second);
    }
}
