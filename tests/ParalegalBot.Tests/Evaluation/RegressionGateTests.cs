using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ParalegalBot.Answering;
using ParalegalBot.Answering.Checks;
using ParalegalBot.Evaluation;
using ParalegalBot.Ingestion;
using ParalegalBot.Statutes;

namespace ParalegalBot.Tests.Evaluation;

/// <summary>
/// The evaluation as a gate: over the starter set with our own cases, over the eight official laws with the development cases. Floors and ceilings stand in
/// manifests/evaluation/floors.json; whoever lowers one says so there. The shipped thresholds are recomputed from the same run.
/// </summary>
public sealed class RegressionGateTests(RegressionGateTests.EightLaws eight) : IClassFixture<RegressionGateTests.EightLaws>
{
    private static readonly JsonElement Floors = JsonDocument.Parse(File.ReadAllText(Path.Combine(Shared.Repository, "manifests/evaluation/floors.json"))).RootElement;

    [Fact]
    public async Task Over_the_starter_set_no_measure_falls_below_its_floor()
    {
        using var store = EvaluatedStore.Of(provider => provider.GetRequiredService<StarterSet>().LoadIfEmpty(provider.GetRequiredService<StatuteStore>()));
        var held = EvaluationCase.Load(Manifest("held-out.jsonl")).Where(one => one.Gold.All(gold => store.Get<StatuteStore>().Article(gold.Law, gold.Article) is not null));
        var screened = EvaluationCase.Load(Manifest("screen-held-out.jsonl")).Where(one => one.Expected == "refuse");

        Check("starter", await store.RunAsync([.. held, .. screened]));
    }

    [Fact]
    public async Task Over_the_official_laws_no_measure_falls_below_its_floor() => Check("development", await eight.Store.RunAsync(eight.Cases));

    [Fact]
    public async Task The_shipped_thresholds_are_what_calibration_yields()
    {
        var shipped = AnswerThresholds.Load(Manifest("thresholds.json"));
        var cases = Manifest("calibration.jsonl");
        var results = await eight.Store.RunShowingAllAsync(EvaluationCase.Load(cases));

        var (fresh, _) = Calibration.Fit(
            results, eight.Store.Get<StatuteStore>().Statutes(), Calibration.Hash(File.ReadAllText(cases)), shipped.TargetRisk, Calibration.SupportLimit(results, eight.Store.Get<SupportScore>()), shipped.Date);

        Assert.True(shipped.Cases == fresh.Cases && shipped.Corpus == fresh.Corpus,
            $"manifests/evaluation/thresholds.json comes from other cases or laws ({shipped.Provenance}) than this test has ({fresh.Provenance}): calibrate again with «paralegal calibrate manifests/evaluation/calibration.jsonl --risk 0.06» over ../shared/corpus/official.");
        Assert.Equal(shipped.Answer, fresh.Answer, 0.02);
        Assert.Equal(shipped.Sources, fresh.Sources, 0.02);
        Assert.Equal(shipped.Support, fresh.Support, 0.02);
        Assert.All(shipped.Weights, weight => Assert.Equal(weight.Value, fresh.Weights[weight.Key], 0.05));
    }

    /// <summary>Design promise 4: of what federal codes say on matters of the states, a reply says so; of everyone's law it does not.</summary>
    [Fact]
    public async Task Federal_law_on_a_state_matter_is_told_as_such_and_only_that()
    {
        var results = await eight.Store.RunAsync(EvaluationCase.Load(Manifest("state-matters.jsonl")));
        var shown = results.Where(result => result.Row.Outcome is "cited" or "sources").ToList();
        var wrong = shown.Where(result => result.Answer.Notices.Any(notice => notice.Kind is NoticeKind.Jurisdiction) != (result.Case.Kind == "state")).ToList();

        TestContext.Current.SendDiagnosticMessage($"jurisdiction said right: {shown.Count - wrong.Count} of {shown.Count} replies to {results.Count} questions");
        Assert.True(shown.Count >= 90 && 1 - ((double)wrong.Count / shown.Count) >= Floors.GetProperty("jurisdiction").GetDouble(),
            string.Join('\n', wrong.Select(result => $"{result.Case.Kind}: {result.Case.Question} → {string.Join(", ", result.Row.Citations.Concat(result.Row.Sources).Select(place => $"{place.Law} {place.Article}"))}")));
    }

    private static void Check(string run, IReadOnlyList<CaseResult> results)
    {
        var values = ShareMeasures.Of(results).ToDictionary(share => share.Name, share => share.Value.Share).Concat(MeanMeasures.Of(results).Select(mean => KeyValuePair.Create(mean.Name, mean.Value))).ToDictionary();
        var broken = new List<string>();
        foreach (var floor in Floors.GetProperty(run).GetProperty("at_least").EnumerateObject())
            if (!(values[floor.Name] >= floor.Value.GetDouble())) broken.Add($"{floor.Name}: {values[floor.Name]:0.000}, at least {floor.Value.GetDouble():0.000}");
        foreach (var ceiling in Floors.GetProperty(run).GetProperty("at_most").EnumerateObject())
            if (!(values[ceiling.Name] <= ceiling.Value.GetDouble())) broken.Add($"{ceiling.Name}: {values[ceiling.Name]:0.000}, at most {ceiling.Value.GetDouble():0.000}");

        TestContext.Current.SendDiagnosticMessage($"{run}: {string.Join("; ", values.Where(value => !value.Key.StartsWith("accurate, ", StringComparison.Ordinal)).Select(value => $"{value.Key} {value.Value:0.000}"))}");
        Assert.True(broken.Count == 0, string.Join('\n', broken));
    }

    private static string Manifest(string name) => Path.Combine(Shared.Repository, "manifests", "evaluation", name);

    /// <summary>The eight official files, read once for the tests of this class.</summary>
    public sealed class EightLaws : IDisposable
    {
        private readonly Lazy<EvaluatedStore> store = new(() => EvaluatedStore.Of(provider => provider.GetRequiredService<IngestionRun>()
            .RunAsync([Shared.Need("corpus/official")], new IngestionChoices(VerifiedThrough: new DateOnly(2026, 11, 20))).ToBlockingEnumerable().Count()));

        internal EvaluatedStore Store => store.Value;

        internal IReadOnlyList<EvaluationCase> Cases => EvaluationCase.Load(Shared.Need("questions/dev.jsonl"));

        public void Dispose()
        {
            if (store.IsValueCreated) store.Value.Dispose();
        }
    }
}
