using ParalegalBot.Evaluation.Perturbation;

namespace ParalegalBot.Tests.Evaluation;

/// <summary>The check on a fixed slice of the perturbed set; the whole set is the benchmark <c>check</c>.</summary>
public sealed class PerturbedSetTests
{
    // None of the eight laws over which the rules of the checks were written.
    private static readonly string[] Laws = ["LGEEPA", "LMV", "LAdua"];

    private static readonly PerturbedSet Set = PerturbedSet.Read(Laws.Select(law => Shared.Need($"corpus/docx/{law}.docx")));

    [Fact]
    public async Task False_claims_are_caught_and_true_ones_pass()
    {
        var measure = new PairMeasure();
        var check = Set.Check(Path.Combine(Shared.Repository, "manifests"));
        foreach (var pair in Set.Pairs(450, seed: 7)) await measure.AddAsync(check, pair, new DateOnly(2026, 3, 1));

        Assert.True(measure.Results.Count >= 400);
        Assert.InRange(measure.Of(null).F1, 0.90, 1);
        Assert.InRange(measure.FalseAlarms.Share, 0, 0.10);
        Assert.InRange(measure.CaughtOf(Change.Number).Share, 0.99, 1);
        Assert.InRange(measure.CaughtOf(Change.Article).Share, 0.99, 1);
        Assert.All(Enum.GetValues<Change>(), change => Assert.True(measure.CaughtOf(change) is { Count: < 5 } or { Share: > 0.75 }, $"{change}: {measure.CaughtOf(change)}"));
    }

    [Fact]
    public void The_same_seed_makes_the_same_pairs_and_no_false_claim_is_its_true_one()
    {
        var pairs = Set.Pairs(60, seed: 3);

        Assert.Equal(pairs.Select(pair => pair.False), Set.Pairs(60, seed: 3).Select(pair => pair.False));
        Assert.NotEqual(pairs.Select(pair => pair.False), Set.Pairs(60, seed: 4).Select(pair => pair.False));
        Assert.All(pairs, pair => Assert.NotEqual(pair.True, pair.False));
    }
}
