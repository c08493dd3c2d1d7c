namespace ParalegalBot.Tuning.Training.Optimization;

/// <summary>A linear rise over the warm-up, then half a cosine down to a share of the peak (Loshchilov and Hutter 2017).</summary>
internal sealed record LearningRate(float Peak, int Warmup, int Steps, float Least)
{
    /// <summary>The rate of a step, from 0.</summary>
    public float At(int step)
    {
        if (step < Warmup) return Peak * (step + 1) / Warmup;
        var done = Math.Clamp((step - Warmup) / (double)Math.Max(1, Steps - Warmup), 0, 1);
        return (float)(Peak * (Least + (1 - Least) * 0.5 * (1 + Math.Cos(Math.PI * done))));
    }
}
