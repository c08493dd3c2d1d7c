using ParalegalBot.Server.WhatsApp;

namespace ParalegalBot.Tests.WhatsApp;

public sealed class GraphErrorTests
{
    /// <summary>Code by code what Meta's table asks for.</summary>
    [Theory]
    [InlineData(0, nameof(GraphAction.Stop))]
    [InlineData(190, nameof(GraphAction.Stop))]
    [InlineData(3, nameof(GraphAction.Stop))]
    [InlineData(10, nameof(GraphAction.Stop))]
    [InlineData(200, nameof(GraphAction.Stop))]
    [InlineData(299, nameof(GraphAction.Stop))]
    [InlineData(368, nameof(GraphAction.Stop))]
    [InlineData(131031, nameof(GraphAction.Stop))]
    [InlineData(131042, nameof(GraphAction.Hold))]
    [InlineData(4, nameof(GraphAction.Slow))]
    [InlineData(80007, nameof(GraphAction.Slow))]
    [InlineData(130429, nameof(GraphAction.Slow))]
    [InlineData(131056, nameof(GraphAction.SlowPair))]
    [InlineData(1, nameof(GraphAction.Retry))]
    [InlineData(2, nameof(GraphAction.Retry))]
    [InlineData(131000, nameof(GraphAction.Retry))]
    [InlineData(131016, nameof(GraphAction.Retry))]
    [InlineData(33, nameof(GraphAction.GiveUp))]
    [InlineData(100, nameof(GraphAction.GiveUp))]
    [InlineData(131026, nameof(GraphAction.GiveUp))]
    [InlineData(131047, nameof(GraphAction.Wait))]
    [InlineData(131051, nameof(GraphAction.GiveUp))]
    [InlineData(131048, nameof(GraphAction.GiveUp))]
    [InlineData(131049, nameof(GraphAction.GiveUp))]
    [InlineData(130472, nameof(GraphAction.GiveUp))]
    [InlineData(130497, nameof(GraphAction.GiveUp))]
    [InlineData(132000, nameof(GraphAction.FixTemplate))]
    [InlineData(132015, nameof(GraphAction.FixTemplate))]
    [InlineData(999999, nameof(GraphAction.GiveUp))]
    public void Each_code_has_its_action(int code, string action) => Assert.Equal(action, new GraphError(code, "").Action.ToString());
}
