using System.Numerics.Tensors;
using ParalegalBot.Tuning.Training.Matrices;

namespace ParalegalBot.Tuning.Training.Layers;

/// <summary>−ln softmax(logits)[target], and its derivative softmax(logits) − onehot(target).</summary>
internal static class CrossEntropy
{
    /// <summary>The losses, in nats; the logits become their derivatives.</summary>
    /// <param name="compute">The cores.</param>
    /// <param name="logits">[rows × vocabulary].</param>
    /// <param name="targets">One a row.</param>
    /// <param name="losses">One a row, to be filled.</param>
    public static void Run(Compute compute, Matrix logits, ReadOnlyMemory<int> targets, Memory<double> losses) => compute.Rows(targets.Length, (from, to) =>
    {
        for (var i = from; i < to; i++)
        {
            var row = logits.Row(i);
            var target = targets.Span[i];
            var largest = TensorPrimitives.Max<float>(row);
            var right = row[target] - largest;
            TensorPrimitives.Subtract(row, largest, row);
            TensorPrimitives.Exp<float>(row, row);
            var total = TensorPrimitives.Sum<float>(row);
            losses.Span[i] = Math.Log(total) - right;
            TensorPrimitives.Divide(row, total, row);
            row[target] -= 1;
        }
    });
}
