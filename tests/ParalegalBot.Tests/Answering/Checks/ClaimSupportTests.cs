using Microsoft.Extensions.AI;
using ParalegalBot.Answering.Checks;

namespace ParalegalBot.Tests.Answering.Checks;

public sealed class ClaimSupportTests
{
    private const string Deposit = "Al terminar el arrendamiento, el depósito se devuelve.";
    private const string Near = "Al terminar el arrendamiento, el depósito se entrega."; // three of four words

    private static readonly AnswerThresholds Limit = AnswerThresholds.ShowAll with { Support = 0.8 };

    [Theory]
    [InlineData("El depósito se devuelve al terminar el arrendamiento.", null, true)]
    [InlineData("La luna gira alrededor del planeta.", null, false)]
    [InlineData(Near, null, false)]
    [InlineData(Near, """{"supported": true}""", true)] // uncertain: the judge decides
    [InlineData(Near, """{"supported": false}""", false)]
    [InlineData(Near, """{"supported": "true"}""", false)]
    [InlineData(Near, "Sí, por supuesto.", false)]
    [InlineData("La luna gira alrededor del planeta.", """{"supported": true}""", false)] // beyond the band nobody asks
    public async Task Only_what_is_uncertain_is_judged_and_only_a_plain_yes_supports(string claim, string? judged, bool supported)
    {
        using var engine = new Scripted(judged);
        var support = new ClaimSupport(new SupportScore(_ => 1, _ => null), Limit, judge: judged is null ? null : new ClaimJudge(engine));

        Assert.Equal(supported, (await support.LookAsync(ClaimSamples.Claim(Deposit, claim), TestContext.Current.CancellationToken)).Finding is null);
    }

    [Fact]
    public async Task A_judge_or_a_model_that_fails_supports_nothing()
    {
        using var engine = new Scripted(null);
        var lexical = new SupportScore(_ => 1, _ => null);

        Assert.NotNull((await new ClaimSupport(lexical, Limit, judge: new ClaimJudge(engine)).LookAsync(ClaimSamples.Claim(Deposit, Near), TestContext.Current.CancellationToken)).Finding);
        var (score, finding) = await new ClaimSupport(lexical, Limit, new Broken()).LookAsync(ClaimSamples.Claim(Deposit, "El depósito se devuelve al terminar."), TestContext.Current.CancellationToken);
        Assert.Equal((0, "support"), (score, finding?.Check));
    }

    [Fact]
    public async Task A_sentence_repeated_word_for_word_needs_no_model() =>
        Assert.Null((await new ClaimSupport(new SupportScore(_ => 1, _ => null), Limit, new Broken()).LookAsync(ClaimSamples.Claim(Deposit, Deposit), TestContext.Current.CancellationToken)).Finding);

    private sealed class Broken : IEntailmentModel
    {
        public double Limit => 0.5;

        public double Score(string evidence, string claim) => throw new InvalidOperationException("The model is broken.");
    }

    /// <summary>Says one thing, or fails.</summary>
    private sealed class Scripted(string? says) : IChatClient
    {
        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            says is null ? throw new InvalidOperationException("The engine is down.") : Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, says)));

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose() { }
    }
}
