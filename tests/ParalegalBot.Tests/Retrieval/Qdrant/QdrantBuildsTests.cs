using System.Globalization;
using ParalegalBot.Statutes;
using ParalegalBot.Tests.Statutes;

namespace ParalegalBot.Tests.Retrieval.Qdrant;

/// <summary>Builds come, go and come back without a reader noticing more than the new law.</summary>
public sealed class QdrantBuildsTests : IAsyncLifetime
{
    private readonly ScratchFolder folder = new();
    private readonly StatuteStore store;
    private QdrantSetting setting = null!;

    public QdrantBuildsTests()
    {
        store = StatuteStore.Open(folder["statutes.db"]);
        store.Write("LX", ("1", "vacaciones"));
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => setting = await QdrantSetting.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await setting.DisposeAsync();
        store.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task A_new_build_replaces_the_current_one_which_stays_for_going_back()
    {
        var first = await PublishAsync();
        var index = setting.Index();
        var before = await index.FindAsync("vacaciones");
        store.Write("LY", ("1", "vacaciones"));
        var second = await PublishAsync();

        Assert.Equal(["LX 1"], before);
        Assert.Equal(["LX 1", "LY 1"], await index.FindAsync("vacaciones"));
        var builds = await setting.Builds.ListAsync(Stop);
        Assert.True(builds.Single(build => build.Current) is { Finished: true, Passages: 2 } current && current.Collection == second);
        Assert.Equal(first, builds.Single(build => build.Previous).Collection);

        await setting.Builds.SwapAsync(first, Stop);

        Assert.Equal(["LX 1"], await index.FindAsync("vacaciones"));
        Assert.Equal(second, (await setting.Builds.ListAsync(Stop)).Single(build => build.Previous).Collection);
    }

    [Fact]
    public async Task Only_the_current_and_the_previous_build_are_kept()
    {
        var first = await PublishAsync();
        var second = await PublishAsync();
        var third = await PublishAsync();

        Assert.Equal(new[] { second, third }.Order(), (await setting.Builds.ListAsync(Stop)).Select(build => build.Collection).Order());
        Assert.NotEqual(first, second);
    }

    [Fact]
    public async Task The_current_build_cannot_be_dropped_and_the_others_can()
    {
        var first = await PublishAsync();
        var second = await PublishAsync();

        var failure = await Assert.ThrowsAsync<ParalegalBotException>(() => setting.Builds.DropAsync(second, Stop));
        await setting.Builds.DropAsync(first, Stop);

        Assert.Contains("en uso", failure.Message);
        Assert.Equal([second], (await setting.Builds.ListAsync(Stop)).Select(build => build.Collection));
        await Assert.ThrowsAsync<ParalegalBotException>(() => setting.Builds.SwapAsync("otra-cosa", Stop));
    }

    [Fact]
    public async Task A_build_that_fails_leaves_the_current_one_and_nothing_else()
    {
        await using var standIn = await QdrantSetting.StandInAsync();
        var current = await standIn.Builds.PublishAsync(store, null, cancellationToken: Stop);
        var creating = Enumerable.Repeat<Func<Microsoft.AspNetCore.Http.HttpContext, Task>?>(null, 9); // the collection and eight payload indexes
        standIn.StandIn!.Next([.. creating, QdrantStandIn.Status(500), QdrantStandIn.Status(500), QdrantStandIn.Status(500)]);

        await Assert.ThrowsAsync<ParalegalBotException>(() => standIn.Builds.PublishAsync(store, null, cancellationToken: Stop));

        Assert.Equal([current], standIn.StandIn.Collections);
        Assert.Equal(["LX 1"], await standIn.Index().FindAsync("vacaciones"));
    }

    [Fact]
    public async Task What_a_build_that_died_left_is_never_used_and_cleared_away_after_a_day()
    {
        await using var standIn = await QdrantSetting.StandInAsync();
        var today = TimeProvider.System.GetUtcNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        var (young, old) = ($"{standIn.Options.Alias}-{today}-dead", $"{standIn.Options.Alias}-20200101-000000-dead");
        using (var client = new HttpClient { BaseAddress = new Uri(standIn.Options.Url) })
            foreach (var name in new[] { young, old })
                (await client.PutAsync($"collections/{name}", new StringContent("""{"vectors": {}}""", null, "application/json"), Stop)).EnsureSuccessStatusCode();

        var refused = await Assert.ThrowsAsync<ParalegalBotException>(() => standIn.Builds.SwapAsync(young, Stop));
        var current = await standIn.Builds.PublishAsync(store, null, cancellationToken: Stop);

        Assert.Contains("incompleta", refused.Message);
        Assert.Equal(new[] { current, young }.Order(), standIn.StandIn!.Collections.Order());
    }

    [Fact]
    public async Task A_store_that_changes_during_a_build_keeps_the_current_one()
    {
        var current = await PublishAsync();

        var failure = await Assert.ThrowsAsync<ParalegalBotException>(() => setting.Builds.PublishAsync(store, null, (_, _) =>
        {
            if (store.Find("LZ") is null) store.Write("LZ", ("1", "vacaciones"));
        }, Stop));

        Assert.Contains("sigue en uso", failure.Message);
        Assert.Equal([current], (await setting.Builds.ListAsync(Stop)).Select(build => build.Collection));
    }

    [Fact]
    public async Task A_snapshot_comes_back_as_a_build_of_its_own()
    {
        var first = await PublishAsync();
        var location = await setting.Builds.SnapshotAsync(first, Stop);
        store.Write("LY", ("1", "vacaciones"));
        var second = await PublishAsync();

        var restored = await setting.Builds.RestoreAsync(location, Stop);

        Assert.Equal(second, await setting.Builds.CurrentAsync(Stop));
        await setting.Builds.SwapAsync(restored, Stop);
        Assert.Equal(["LX 1"], await setting.Index().FindAsync("vacaciones"));
        await Assert.ThrowsAsync<ParalegalBotException>(() => setting.Builds.RestoreAsync("copia.snapshot", Stop));
    }

    private Task<string> PublishAsync() => setting.Builds.PublishAsync(store, null, cancellationToken: Stop);
}
