using ParalegalBot.Inference.Gguf.Format;

namespace ParalegalBot.Inference.Gguf.Model;

/// <summary>
/// Rotary position embedding: pair i of a head is turned by the angle position · base^(−2i/d). The llama architecture pairs neighbours
/// (2i, 2i + 1). Scalings: linear divides the angle; a tensor of factors divides each frequency by its own (Llama 3.1); YaRN (Peng et al.
/// 2023, section 3) interpolates low frequencies, keeps high ones, ramps between, and multiplies cosine and sine with a magnitude.
/// Parameters and their defaults are those of llama.cpp's context and ggml's rope.
/// </summary>
internal sealed class RotaryEmbedding
{
    private readonly int pairs;
    private readonly float step;
    private readonly float linear;
    private readonly float[] factors;
    private readonly float[] extrapolation;
    private readonly float magnitude;

    /// <param name="metadata">The header's.</param>
    /// <param name="parameters">The model's shape.</param>
    /// <param name="factors">The tensor <c>rope_freqs.weight</c>, [d / 2], or empty.</param>
    /// <param name="file">For messages.</param>
    public RotaryEmbedding(GgufMetadata metadata, LlamaParameters parameters, float[] factors, string file)
    {
        pairs = parameters.HeadSize / 2;
        this.factors = factors.Length == 0 ? [.. Enumerable.Repeat(1f, pairs)] : factors;
        var frequencyBase = metadata.Float("llama.rope.freq_base", 10_000);
        if (!(frequencyBase > 0)) throw GgufFault.Of(file, "llama.rope.freq_base debe ser positivo");
        step = MathF.Pow(frequencyBase, -2f / parameters.HeadSize);
        var type = metadata.Text("llama.rope.scaling.type") ?? "linear";
        if (type is not ("none" or "linear" or "yarn")) throw GgufFault.Of(file, $"la rotación «{type}» no se conoce (sí none, linear y yarn)");
        var factor = metadata.Float("llama.rope.scaling.factor", metadata.Float("llama.rope.scale_linear", 0));
        if (factor < 0) throw GgufFault.Of(file, "llama.rope.scaling.factor debe ser positivo");
        linear = type is "none" || factor == 0 ? 1 : 1 / factor;
        extrapolation = new float[pairs];
        var share = metadata.Float("llama.rope.scaling.yarn_ext_factor", -1);
        if (share < 0) share = type is "yarn" ? 1 : 0;
        magnitude = metadata.Float("llama.rope.scaling.attn_factor", 1);
        if (share == 0)
        {
            magnitude *= metadata.Float("llama.rope.scaling.yarn_attn_factor", 1);
            return;
        }
        // The magnitude is 1 + 0.1 ln(factor), for stretching only.
        if (1 / linear > 1) magnitude *= metadata.Float("llama.rope.scaling.yarn_log_multiplier", 0) is var log and not 0
            ? (1 + 0.1f * MathF.Log(1 / linear)) / (1 + 0.1f * log * MathF.Log(1 / linear))
            : 1 + 0.1f * MathF.Log(1 / linear);
        var original = metadata.Count("llama.rope.scaling.original_context_length", 1, 1 << 24, parameters.Context);
        var low = MathF.Max(0, MathF.Floor(PairOfTurns(metadata.Float("llama.rope.scaling.yarn_beta_fast", 32), original, frequencyBase)));
        var high = MathF.Min(2 * pairs - 1, MathF.Ceiling(PairOfTurns(metadata.Float("llama.rope.scaling.yarn_beta_slow", 1), original, frequencyBase)));
        for (var i = 0; i < pairs; i++) extrapolation[i] = share * (1 - Math.Clamp((i - low) / MathF.Max(0.001f, high - low), 0, 1));
    }

    /// <summary>Cosines and sines of a position.</summary>
    /// <param name="position">From 0.</param>
    /// <param name="table">[d]: cosine and sine of each pair, alternating.</param>
    public void Fill(int position, Span<float> table)
    {
        // The angle is the running product that llama.cpp takes, in single precision: at large positions its rounding shows.
        float angle = position;
        for (var i = 0; i < pairs; i++)
        {
            var unscaled = angle / factors[i];
            var turned = linear * unscaled * (1 - extrapolation[i]) + unscaled * extrapolation[i];
            (table[2 * i], table[2 * i + 1]) = (MathF.Cos(turned) * magnitude, MathF.Sin(turned) * magnitude);
            angle *= step;
        }
    }

    /// <summary>Turns every head of a token.</summary>
    /// <param name="heads">[heads × d], changed in place.</param>
    /// <param name="table">From <see cref="Fill"/>.</param>
    public static void Apply(Span<float> heads, ReadOnlySpan<float> table)
    {
        for (var head = 0; head < heads.Length; head += table.Length)
        {
            for (var i = 0; i < table.Length; i += 2)
            {
                var (a, b) = (heads[head + i], heads[head + i + 1]);
                heads[head + i] = a * table[i] - b * table[i + 1];
                heads[head + i + 1] = a * table[i + 1] + b * table[i];
            }
        }
    }

    /// <summary>The pair that makes this many turns over the original context: d · ln(context / (turns · 2π)) / (2 ln base).</summary>
    private float PairOfTurns(float turns, int context, float frequencyBase) =>
        2 * pairs * MathF.Log(context / (turns * 2 * MathF.PI)) / (2 * MathF.Log(frequencyBase));
}
