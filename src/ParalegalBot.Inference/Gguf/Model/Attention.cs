using System.Numerics.Tensors;
using ParalegalBot.Inference.Gguf.Kernels;

namespace ParalegalBot.Inference.Gguf.Model;

/// <summary>
/// Causal grouped-query attention of one layer: o = softmax(scale · q·Kᵀ) · V over the positions up to the token's own (Vaswani et al. 2017;
/// Ainslie et al. 2023). A key or value is widened from half precision once for all query heads that share it. Queries and weights are
/// rounded to half precision too, the cache's own, as llama.cpp's are: rounding apart, the two engines would drift where integers follow.
/// </summary>
internal sealed class Attention(LlamaParameters shape, WorkerTeam team)
{
    private readonly float[][] scores = [.. Enumerable.Repeat(Array.Empty<float>(), team.Size)];
    private readonly float[][] widened = [.. Enumerable.Range(0, team.Size).Select(_ => new float[shape.HeadSize])];
    private readonly Half[][] rounded = [.. Enumerable.Repeat(Array.Empty<Half>(), team.Size)];

    /// <summary>Attends for every token of a batch; their keys and values are in the caches already.</summary>
    /// <param name="batch">The tokens.</param>
    /// <param name="layer">From 0.</param>
    /// <param name="queries">[tokens × H·d], turned.</param>
    /// <param name="output">[tokens × H·d].</param>
    public void Run(LlamaBatch batch, int layer, float[] queries, float[] output) => team.Run(batch.Count * shape.KeyHeads, (item, member) =>
    {
        var (token, head) = (item / shape.KeyHeads, item % shape.KeyHeads);
        var (group, d) = (shape.Heads / shape.KeyHeads, shape.HeadSize);
        var at = (token * shape.Heads + head * group) * d;
        if (scores[member].Length < group * (batch.Position(token) + 1)) scores[member] = new float[group * (batch.Position(token) + 256)];
        if (rounded[member].Length < scores[member].Length + group * d) rounded[member] = new Half[scores[member].Length + group * d];
        Round(queries.AsSpan(at, group * d), rounded[member]);
        Head(batch, token, layer, head, queries.AsSpan(at, group * d), output.AsSpan(at, group * d), member);
    });

    private unsafe void Head(LlamaBatch batch, int token, int layer, int head, ReadOnlySpan<float> queries, Span<float> output, int member)
    {
        var (scores, widened) = (this.scores[member], this.widened[member]);
        var (length, d) = (batch.Position(token) + 1, shape.HeadSize);
        var cache = batch.Cache(token);
        for (var p = 0; p < length; p++)
        {
            fixed (Half* key = cache.Key(layer, p).Slice(head * d, d)) HalfFloats.Widen(key, widened);
            for (var q = 0; q * d < queries.Length; q++) scores[q * length + p] = shape.AttentionScale * TensorPrimitives.Dot(queries.Slice(q * d, d), widened);
        }
        for (var q = 0; q * d < queries.Length; q++) Softmax(scores.AsSpan(q * length, length));
        Round(scores.AsSpan(0, queries.Length / d * length), rounded[member]);
        output.Clear();
        for (var p = 0; p < length; p++)
        {
            fixed (Half* value = cache.Value(layer, p).Slice(head * d, d)) HalfFloats.Widen(value, widened);
            for (var q = 0; q * d < queries.Length; q++)
            {
                var part = output.Slice(q * d, d);
                TensorPrimitives.MultiplyAdd(widened, scores[q * length + p], part, part);
            }
        }
    }

    private static unsafe void Round(Span<float> values, Half[] halves)
    {
        TensorPrimitives.ConvertToHalf(values, halves);
        fixed (Half* first = halves) HalfFloats.Widen(first, values);
    }

    /// <summary>exp(x − max) / Σ, in place.</summary>
    internal static void Softmax(Span<float> values)
    {
        TensorPrimitives.Subtract(values, TensorPrimitives.Max(values), values);
        TensorPrimitives.Exp(values, values);
        TensorPrimitives.Divide(values, TensorPrimitives.Sum(values), values);
    }
}
