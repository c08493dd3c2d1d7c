using ParalegalBot.Retrieval;
using ParalegalBot.Statutes;

namespace ParalegalBot.Tests.Retrieval.Qdrant;

public sealed class QdrantPassageIndexTests : PassageIndexConformance, IAsyncDisposable
{
    private QdrantSetting? setting;

    public async ValueTask DisposeAsync()
    {
        if (setting is not null) await setting.DisposeAsync();
        Dispose();
    }

    private protected override async ValueTask<IPassageIndex> IndexAsync(StatuteStore store)
    {
        setting ??= await QdrantSetting.StartAsync();
        await setting.Builds.PublishAsync(store, null, cancellationToken: TestContext.Current.CancellationToken);
        return setting.Index();
    }
}
