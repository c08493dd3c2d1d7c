using ParalegalBot.Tuning.Training.Layers;
using ParalegalBot.Tuning.Training.Matrices;

namespace ParalegalBot.Tuning.Training.Optimization;

/// <summary>
/// Adam with decay apart from the gradient (Loshchilov and Hutter 2019): m ← β₁m + (1 − β₁)g; v ← β₂v + (1 − β₂)g²;
/// w ← w − rate · (m̂ / (√v̂ + ε) + decay · w) with m̂ = m / (1 − β₁ᵗ), v̂ = v / (1 − β₂ᵗ). Norms' gains do not decay.
/// </summary>
internal sealed class AdamW(IReadOnlyList<Parameter> parameters, float beta1 = 0.9f, float beta2 = 0.95f, float epsilon = 1e-8f, float decay = 0.1f)
{
    /// <summary>The running means, one a parameter in their order.</summary>
    public IReadOnlyList<Moments> States { get; } = [.. parameters.Select(parameter => new Moments(parameter))];

    /// <summary>Steps taken.</summary>
    public int Steps { get; set; }

    /// <summary>The length of all gradients together.</summary>
    public double Norm() => Math.Sqrt(parameters.Sum(parameter => SumOfSquares(parameter.Gradient!.Values)));

    /// <summary>One step; the gradients are multiplied with <paramref name="share"/> first and are nought afterwards.</summary>
    public void Step(Compute compute, float rate, float share)
    {
        Steps++;
        var (first, second) = ((float)(1 - Math.Pow(beta1, Steps)), (float)(1 - Math.Pow(beta2, Steps)));
        foreach (var state in States)
        {
            var shrink = state.Parameter.IsVector ? 0 : decay;
            compute.Rows(state.Parameter.Value.Rows, (from, to) =>
            {
                var columns = state.Parameter.Value.Columns;
                var range = (from * columns)..(to * columns);
                Update(state.Parameter.Value.Values[range], state.Parameter.Gradient!.Values[range], state.Mean.Values[range], state.Square.Values[range], rate, share, shrink, first, second);
            });
        }
    }

    private void Update(Span<float> weights, Span<float> gradients, Span<float> means, Span<float> squares, float rate, float share, float shrink, float first, float second)
    {
        for (var i = 0; i < weights.Length; i++)
        {
            var gradient = gradients[i] * share;
            var mean = beta1 * means[i] + (1 - beta1) * gradient;
            var square = beta2 * squares[i] + (1 - beta2) * gradient * gradient;
            (means[i], squares[i], gradients[i]) = (mean, square, 0);
            weights[i] -= rate * (mean / first / (MathF.Sqrt(square / second) + epsilon) + shrink * weights[i]);
        }
    }

    private static double SumOfSquares(ReadOnlySpan<float> values)
    {
        var sum = 0.0;
        // By thousands in single precision, their sums in double: exact enough, and the same bits however many cores there are.
        for (var at = 0; at < values.Length; at += 1024) sum += System.Numerics.Tensors.TensorPrimitives.SumOfSquares(values.Slice(at, Math.Min(1024, values.Length - at)));
        return sum;
    }

    /// <summary>What Adam remembers of a parameter.</summary>
    internal sealed class Moments(Parameter parameter)
    {
        public Parameter Parameter => parameter;

        public Matrix Mean { get; } = new(parameter.Value.Rows, parameter.Value.Columns);

        public Matrix Square { get; } = new(parameter.Value.Rows, parameter.Value.Columns);
    }
}
