using ParalegalBot.Retrieval;
using ParalegalBot.Statutes;

namespace ParalegalBot.Tests.Retrieval;

public sealed class SqlitePassageIndexTests : PassageIndexConformance
{
    private protected override ValueTask<IPassageIndex> IndexAsync(StatuteStore store) => new(new SqlitePassageIndex(store));
}

/// <summary>Every index has its suite, or this fails.</summary>
public sealed class PassageIndexSuites
{
    [Fact]
    public void No_index_was_forgotten()
    {
        var implementations = typeof(IPassageIndex).Assembly.GetTypes().Where(type => type.IsClass && typeof(IPassageIndex).IsAssignableFrom(type)).Select(type => type.Name + "Tests");
        var suites = typeof(PassageIndexConformance).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(PassageIndexConformance))).Select(type => type.Name);

        Assert.Empty(implementations.Except(suites));
    }
}
