using System.Numerics.Tensors;
using ParalegalBot.Tuning.Training.Matrices;

namespace ParalegalBot.Tuning.Training.Layers;

/// <summary>y = g ⊙ x / √(mean(x²) + ε) (Zhang and Sennrich 2019).</summary>
internal sealed class RmsNorm(string name, int width, float epsilon)
{
    public Parameter Gain { get; } = new(name + ".weight", 1, width, isVector: true);

    public void Forward(Compute compute, Matrix x, Matrix y, int tokens) => compute.Rows(tokens, (from, to) =>
    {
        for (var t = from; t < to; t++)
        {
            TensorPrimitives.Multiply(x.Row(t), Inverse(x.Row(t)), y.Row(t));
            TensorPrimitives.Multiply(y.Row(t), Gain.Value.Values, y.Row(t));
        }
    });

    /// <summary>
    /// With r = 1 / √(mean(x²) + ε): dx = r · (g ⊙ dy) − x · r³ / n · Σ(g ⊙ dy ⊙ x), added to <paramref name="dx"/>; dg = Σ over tokens of dy ⊙ x · r.
    /// </summary>
    public void Backward(Compute compute, Matrix x, Matrix dy, Matrix dx, int tokens)
    {
        // First the gain's, over tokens in order: its sum must not depend on who does what when.
        if (Gain.Gradient is { } gradient)
            compute.Rows(width, (from, to) =>
            {
                var part = gradient.Values[from..to];
                Span<float> row = stackalloc float[to - from];
                for (var t = 0; t < tokens; t++)
                {
                    TensorPrimitives.Multiply(dy.Row(t)[from..to], x.Row(t)[from..to], row);
                    TensorPrimitives.MultiplyAdd(row, Inverse(x.Row(t)), part, part);
                }
            });
        compute.Rows(tokens, (from, to) =>
        {
            var weighed = new float[width];
            for (var t = from; t < to; t++)
            {
                var r = Inverse(x.Row(t));
                TensorPrimitives.Multiply(dy.Row(t), Gain.Value.Values, weighed);
                var along = TensorPrimitives.Dot(weighed, x.Row(t));
                TensorPrimitives.MultiplyAdd(weighed, r, dx.Row(t), dx.Row(t));
                TensorPrimitives.MultiplyAdd(x.Row(t), -r * r * r / width * along, dx.Row(t), dx.Row(t));
            }
        });
    }

    private float Inverse(ReadOnlySpan<float> x) => 1 / MathF.Sqrt(TensorPrimitives.SumOfSquares(x) / width + epsilon);
}
