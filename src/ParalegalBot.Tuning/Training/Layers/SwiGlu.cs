using System.Numerics.Tensors;
using ParalegalBot.Tuning.Training.Matrices;

namespace ParalegalBot.Tuning.Training.Layers;

/// <summary>h = silu(gate) ⊙ up with silu(z) = z · σ(z) (Shazeer 2020).</summary>
internal static class SwiGlu
{
    public static void Forward(Compute compute, Matrix gate, Matrix up, Matrix hidden, int tokens) => compute.Rows(tokens, (from, to) =>
    {
        for (var t = from; t < to; t++)
        {
            TensorPrimitives.Sigmoid<float>(gate.Row(t), hidden.Row(t));
            TensorPrimitives.Multiply(hidden.Row(t), gate.Row(t), hidden.Row(t));
            TensorPrimitives.Multiply(hidden.Row(t), up.Row(t), hidden.Row(t));
        }
    });

    /// <summary>d up = dh ⊙ silu(gate); d gate = dh ⊙ up ⊙ σ · (1 + gate · (1 − σ)). They take the places of <paramref name="gate"/> and <paramref name="up"/>.</summary>
    public static void Backward(Compute compute, Matrix gate, Matrix up, Matrix dHidden, int tokens) => compute.Rows(tokens, (from, to) =>
    {
        var sigmoid = new float[gate.Columns];
        for (var t = from; t < to; t++)
        {
            var g = gate.Row(t);
            var u = up.Row(t);
            var d = dHidden.Row(t);
            TensorPrimitives.Sigmoid<float>(g, sigmoid);
            for (var i = 0; i < sigmoid.Length; i++)
            {
                var (s, z) = (sigmoid[i], g[i]);
                g[i] = d[i] * u[i] * s * (1 + z * (1 - s));
                u[i] = d[i] * z * s;
            }
        }
    });
}
