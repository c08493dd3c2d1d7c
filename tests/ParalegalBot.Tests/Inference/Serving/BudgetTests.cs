using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using ParalegalBot.Answering;
using ParalegalBot.Inference.Serving;
using ParalegalBot.Records;
using ParalegalBot.Tests.Inference.OpenAiCompatible;

namespace ParalegalBot.Tests.Inference.Serving;

/// <summary>What answers cost and what a day may cost; the engine is a server that reads 120 tokens and writes 30.</summary>
public sealed class BudgetTests
{
    private const string Question = "¿Con cuántos días de anticipación debe avisar el tejedor?";

    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_answer_costs_what_its_tokens_cost()
    {
        await using var server = await ModelServerStandIn.StartAsync();
        using var setting = Setting(server, ("Budget:InputPrice", "100"), ("Budget:OutputPrice", "1000"));

        await setting.AskAsync(Question, Stop);
        await setting.AskAsync(Question, Stop, "beto");

        Assert.Equal((0.042m, 0.084m), setting.Get<SpendingLedger>().Today("ana"));
    }

    [Fact]
    public async Task A_persons_budget_is_the_persons_own_and_outlives_a_restart_but_not_the_day()
    {
        await using var server = await ModelServerStandIn.StartAsync();
        using var setting = Setting(server, ("Budget:OutputPrice", "1000"), ("Budget:DailyPerPerson", "0.03"));

        await setting.AskAsync(Question, Stop);
        setting.Restart();
        var spent = Assert.IsType<Answer.SourcesOnly>(await setting.AskAsync(Question, Stop));
        await setting.AskAsync(Question, Stop, "beto");
        time.Advance(TimeSpan.FromDays(1));
        await setting.AskAsync(Question, Stop);

        Assert.Contains("presupuesto de hoy", spent.Help);
        Assert.Equal(3, server.Requests.Count(request => request.Path.EndsWith("completions", StringComparison.Ordinal)));
        Assert.Contains(setting.Log.Lines, line => line.Text.Contains("A person's answers cost 0.03"));
        Assert.DoesNotContain(setting.Log.Lines, line => line.Text.Contains("ana"));
    }

    [Fact]
    public async Task The_total_budget_is_everybodys()
    {
        await using var server = await ModelServerStandIn.StartAsync();
        using var setting = Setting(server, ("Budget:OutputPrice", "1000"), ("Budget:DailyTotal", "0.05"));

        foreach (var person in new[] { "ana", "beto", "carla" }) await setting.AskAsync(Question, Stop, person);

        Assert.Equal(2, server.Requests.Count(request => request.Path.EndsWith("completions", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_budget_without_a_price_stops_the_start()
    {
        using var setting = new EngineSetting(("Budget:DailyTotal", "5"));

        Assert.Contains("Budget:DailyTotal", Assert.Throws<OptionsValidationException>(() => setting.Get<IOptions<BudgetOptions>>().Value).Message);
    }

    private EngineSetting Setting(ModelServerStandIn server, params (string Name, string Value)[] settings)
    {
        var setting = new EngineSetting([("Inference:Engine", "openai"), ("Inference:Endpoint", server.Url), .. settings]);
        setting.Services.AddSingleton<TimeProvider>(time);
        return setting;
    }
}
