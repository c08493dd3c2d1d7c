namespace ParalegalBot.Inference.Gguf.Sampling;

/// <summary>Draws tokens: penalty, top-k, top-p, min-p, temperature, in llama.cpp's order. One a text; seeded.</summary>
internal sealed class Sampler(SamplingSettings settings)
{
    private readonly Random random = new((int)(settings.Seed ^ (settings.Seed >> 32)));
    private readonly Queue<int> recent = new();

    /// <summary>The next token.</summary>
    /// <param name="logits">[vocabulary], changed in place; −∞ is never drawn.</param>
    public int Draw(Span<float> logits)
    {
        Penalise(logits);
        var token = settings.Temperature <= 0 ? System.Numerics.Tensors.TensorPrimitives.IndexOfMax(logits) : Random(logits);
        recent.Enqueue(token);
        if (recent.Count > settings.PenaltyWindow) recent.Dequeue();
        return token;
    }

    private void Penalise(Span<float> logits)
    {
        if (settings.RepetitionPenalty is 1 or <= 0) return;
        foreach (var token in recent.Distinct())
            logits[token] = logits[token] > 0 ? logits[token] / settings.RepetitionPenalty : logits[token] * settings.RepetitionPenalty;
    }

    private int Random(ReadOnlySpan<float> logits)
    {
        var candidates = new List<(int Token, float Logit)>();
        for (var token = 0; token < logits.Length; token++)
            if (logits[token] > float.NegativeInfinity) candidates.Add((token, logits[token]));
        candidates.Sort((a, b) => b.Logit.CompareTo(a.Logit));
        if (settings.TopK > 0 && settings.TopK < candidates.Count) candidates.RemoveRange(settings.TopK, candidates.Count - settings.TopK);
        KeepLikely(candidates);
        var weights = Weights(candidates, settings.Temperature);
        var drawn = random.NextDouble() * weights.Sum();
        var at = 0;
        while (at < weights.Length - 1 && (drawn -= weights[at]) >= 0) at++;
        return candidates[at].Token;
    }

    private void KeepLikely(List<(int Token, float Logit)> candidates)
    {
        var weights = Weights(candidates, 1);
        var (kept, sum, enough) = (0, 0.0, settings.TopP * weights.Sum());
        while (kept < weights.Length && (kept == 0 || settings.TopP >= 1 || sum < enough) && weights[kept] >= settings.MinP) sum += weights[kept++];
        kept = Math.Max(1, kept);
        candidates.RemoveRange(kept, candidates.Count - kept);
    }

    /// <summary>exp((logit − largest) / temperature).</summary>
    private static double[] Weights(List<(int Token, float Logit)> candidates, float temperature) =>
        [.. candidates.Select(candidate => Math.Exp((candidate.Logit - candidates[0].Logit) / temperature))];
}
