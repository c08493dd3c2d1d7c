using System.Numerics.Tensors;
using ParalegalBot.Tuning.Training.Matrices;

namespace ParalegalBot.Tuning.Training.Layers;

/// <summary>A low-rank change of a matrix (LoRA, Hu et al. 2021): s · B · A with s = alpha / rank. B starts at nought, so that training starts from the base.</summary>
internal sealed class LowRank
{
    private Matrix hidden = new(0, 1), change = new(0, 1);

    public LowRank(string name, int rows, int columns, int rank, float alpha)
    {
        Down = new Parameter(name + ".lora_A.weight", rank, columns);
        Up = new Parameter(name + ".lora_B.weight", rows, rank);
        Scale = alpha / rank;
        Down.Unfreeze();
        Up.Unfreeze();
    }

    /// <summary>A, [rank × columns].</summary>
    public Parameter Down { get; }

    /// <summary>B, [rows × rank].</summary>
    public Parameter Up { get; }

    public float Scale { get; }

    public void Forward(Compute compute, MatrixView x, MatrixView y)
    {
        Hide(compute, x);
        compute.Multiply(hidden.First(x.Rows), ((MatrixView)Up.Value).Transposed, y, add: true);
    }

    public void Backward(Compute compute, MatrixView x, MatrixView dy, MatrixView dx)
    {
        Hide(compute, x);
        compute.Multiply(dy.Transposed, hidden.First(x.Rows), Up.Gradient!, add: true);
        compute.Multiply(dy, Up.Value, change.First(x.Rows));
        TensorPrimitives.Multiply(change.Top(x.Rows), Scale, change.Top(x.Rows));
        compute.Multiply(change.First(x.Rows).Transposed, x, Down.Gradient!, add: true);
        compute.Multiply(change.First(x.Rows), Down.Value, dx, add: true);
    }

    /// <summary>s · x · Aᵀ.</summary>
    private void Hide(Compute compute, MatrixView x)
    {
        if (hidden.Rows < x.Rows) (hidden, change) = (new Matrix(x.Rows, Down.Value.Rows), new Matrix(x.Rows, Down.Value.Rows));
        compute.Multiply(x, ((MatrixView)Down.Value).Transposed, hidden.First(x.Rows));
        TensorPrimitives.Multiply(hidden.Top(x.Rows), Scale, hidden.Top(x.Rows));
    }
}
