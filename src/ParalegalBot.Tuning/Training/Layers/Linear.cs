using ParalegalBot.Tuning.Training.Matrices;

namespace ParalegalBot.Tuning.Training.Layers;

/// <summary>y = x · Wᵀ, and with an adapter y = x · Wᵀ + s · (x · Aᵀ) · Bᵀ.</summary>
internal sealed class Linear(string name, int rows, int columns)
{
    public Parameter Weight { get; } = new(name + ".weight", rows, columns);

    public LowRank? Adapter { get; set; }

    /// <summary>Makes, or adds to, the output.</summary>
    public void Forward(Compute compute, MatrixView x, MatrixView y, bool add = false)
    {
        compute.Multiply(x, ((MatrixView)Weight.Value).Transposed, y, add);
        Adapter?.Forward(compute, x, y);
    }

    /// <summary>Adds to the weights' gradients and makes, or adds to, the input's.</summary>
    public void Backward(Compute compute, MatrixView x, MatrixView dy, MatrixView dx, bool add = false)
    {
        compute.Multiply(dy, Weight.Value, dx, add);
        if (Weight.Gradient is { } gradient) compute.Multiply(dy.Transposed, x, gradient, add: true);
        Adapter?.Backward(compute, x, dy, dx);
    }
}
