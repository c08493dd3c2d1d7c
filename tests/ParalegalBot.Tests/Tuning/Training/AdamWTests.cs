using ParalegalBot.Tuning.Training.Layers;
using ParalegalBot.Tuning.Training.Matrices;
using ParalegalBot.Tuning.Training.Optimization;

namespace ParalegalBot.Tests.Tuning.Training;

public sealed class AdamWTests
{
    [Fact]
    public void Two_steps_give_the_values_worked_out_by_hand()
    {
        // w = 1, g = 0.5 then 0.25 (of which half counts), rate 0.1, decay 0.01, betas 0.9 and 0.999, epsilon 1e-8:
        // m1 = 0.025, v1 = 6.25e-5, corrected 0.25 and 0.0625: w = 1 - 0.1 (0.25 / 0.25 + 0.01) = 0.899
        // m2 = 0.035, v2 = 7.80625e-5, corrected 0.184210526 and 0.0390507754: w = 0.899 - 0.1 (0.932176 + 0.00899) = 0.8048833
        var parameter = new Parameter("w", 1, 1);
        parameter.Unfreeze();
        parameter.Value.Values[0] = 1;
        using var compute = new Compute(1);
        var adam = new AdamW([parameter], 0.9f, 0.999f, 1e-8f, 0.01f);

        parameter.Gradient!.Values[0] = 0.5f;
        adam.Step(compute, 0.1f, share: 0.5f);
        Assert.Equal(0.899f, parameter.Value.Values[0], 1e-6f);
        Assert.Equal(0, parameter.Gradient.Values[0]);
        parameter.Gradient.Values[0] = 0.25f;
        adam.Step(compute, 0.1f, share: 0.5f);

        var expected = 0.899 - 0.1 * (0.035 / 0.19 / (Math.Sqrt(7.80625e-5 / (1 - 0.999 * 0.999)) + 1e-8) + 0.01 * 0.899);
        Assert.Equal(expected, parameter.Value.Values[0], 1e-6);
    }

    [Fact]
    public void A_gain_does_not_decay_and_the_norm_is_that_of_all_gradients()
    {
        var (gain, weight) = (new Parameter("g", 1, 1, isVector: true), new Parameter("w", 1, 2));
        foreach (var parameter in new[] { gain, weight }) parameter.Unfreeze();
        gain.Value.Values[0] = 1;
        weight.Value.Values.Fill(1);
        using var compute = new Compute(1);
        var adam = new AdamW([gain, weight], decay: 0.5f);
        (gain.Gradient!.Values[0], weight.Gradient!.Values[0], weight.Gradient.Values[1]) = (2, 3, 6);

        Assert.Equal(7, adam.Norm(), 6);
        gain.Gradient.Values.Clear();
        weight.Gradient.Values.Clear();
        adam.Step(compute, 0.1f, 1);

        Assert.Equal(1, gain.Value.Values[0]);
        Assert.Equal(0.95f, weight.Value.Values[0], 1e-6f);
    }

    [Fact]
    public void The_rate_rises_linearly_and_falls_by_half_a_cosine()
    {
        var rate = new LearningRate(Peak: 1, Warmup: 4, Steps: 104, Least: 0.1f);

        Assert.Equal(0.25f, rate.At(0));
        Assert.Equal(1f, rate.At(3));
        Assert.Equal(1f, rate.At(4));
        Assert.Equal(0.55f, rate.At(54), 1e-6f);
        Assert.Equal(0.1f, rate.At(104), 1e-6f);
    }
}
