using System.Numerics.Tensors;
using ParalegalBot.Tuning.Training.Matrices;

namespace ParalegalBot.Tuning.Training.Layers;

/// <summary>
/// Grouped-query attention, o = softmax(q · Kᵀ / √d) · V over the token's own text up to itself (Vaswani et al. 2017; Ainslie et al. 2023).
/// Texts of a batch do not see each other. Queries are taken in blocks; the weights of the backward pass are computed again, not kept.
/// </summary>
internal sealed class CausalAttention(int heads, int keyHeads, int headSize, int threads)
{
    private const int BlockRows = 64;

    private readonly int group = heads / keyHeads;
    private readonly float scale = 1 / MathF.Sqrt(headSize);
    private readonly Matrix[] weights = [.. Enumerable.Repeat(new Matrix(0, 1), threads)];
    private readonly Matrix[] changes = [.. Enumerable.Repeat(new Matrix(0, 1), threads)];

    /// <summary>Attends.</summary>
    /// <param name="compute">The cores.</param>
    /// <param name="texts">First token and length of each text.</param>
    /// <param name="q">[tokens × heads · d], turned.</param>
    /// <param name="k">[tokens × key heads · d], turned.</param>
    /// <param name="v">[tokens × key heads · d].</param>
    /// <param name="o">[tokens × heads · d].</param>
    public void Forward(Compute compute, IReadOnlyList<(int Start, int Length)> texts, MatrixView q, MatrixView k, MatrixView v, MatrixView o) =>
        compute.Items(texts.Count * heads, (item, member, product) =>
        {
            var ((start, length), head) = (texts[item / heads], item % heads);
            var (keys, values) = (Head(k, start, length, head / group), Head(v, start, length, head / group));
            for (var row = 0; row < length; row += BlockRows)
            {
                var (rows, seen) = (Math.Min(BlockRows, length - row), Math.Min(row + BlockRows, length));
                var p = Weights(product, Head(q, start + row, rows, head), keys.Block(0, seen, 0, headSize), row, member);
                product.Multiply(p, values.Block(0, seen, 0, headSize), Head(o, start + row, rows, head), add: false);
            }
        });

    /// <summary>
    /// dV = Pᵀ · dO; dP = dO · Vᵀ; dS = P ⊙ (dP − Σ(P ⊙ dP)) / √d; dQ = dS · K; dK = dSᵀ · Q. The heads of a group share keys, so one member does a group.
    /// </summary>
    public void Backward(
        Compute compute, IReadOnlyList<(int Start, int Length)> texts, MatrixView q, MatrixView k, MatrixView v, MatrixView dO, MatrixView dq, MatrixView dk, MatrixView dv) =>
        compute.Items(texts.Count * keyHeads, (item, member, product) =>
        {
            var ((start, length), keyHead) = (texts[item / keyHeads], item % keyHeads);
            var (keys, values) = (Head(k, start, length, keyHead), Head(v, start, length, keyHead));
            var (dKeys, dValues) = (Head(dk, start, length, keyHead), Head(dv, start, length, keyHead));
            Clear(dKeys);
            Clear(dValues);
            for (var head = keyHead * group; head < (keyHead + 1) * group; head++)
            {
                for (var row = 0; row < length; row += BlockRows)
                {
                    var (rows, seen) = (Math.Min(BlockRows, length - row), Math.Min(row + BlockRows, length));
                    var (queries, dOutput) = (Head(q, start + row, rows, head), Head(dO, start + row, rows, head));
                    var p = Weights(product, queries, keys.Block(0, seen, 0, headSize), row, member);
                    product.Multiply(p.Transposed, dOutput, dValues.Block(0, seen, 0, headSize), add: true);
                    var ds = Scratch(changes, member, rows, seen);
                    product.Multiply(dOutput, values.Block(0, seen, 0, headSize).Transposed, ds, add: false);
                    for (var i = 0; i < rows; i++)
                    {
                        var weight = Row(p, i);
                        var change = Row(ds, i);
                        TensorPrimitives.Add(change, -TensorPrimitives.Dot<float>(weight, change), change);
                        TensorPrimitives.Multiply(change, weight, change);
                        TensorPrimitives.Multiply(change, scale, change);
                    }
                    product.Multiply(ds, keys.Block(0, seen, 0, headSize), Head(dq, start + row, rows, head), add: false);
                    product.Multiply(ds.Transposed, queries, dKeys.Block(0, seen, 0, headSize), add: true);
                }
            }
        });

    /// <summary>softmax(q · Kᵀ / √d) of a block of queries, the first of which is at <paramref name="first"/>; nought for later tokens.</summary>
    private MatrixView Weights(BlockProduct product, MatrixView queries, MatrixView keys, int first, int member)
    {
        var p = Scratch(weights, member, queries.Rows, keys.Rows);
        product.Multiply(queries, keys.Transposed, p, add: false);
        for (var i = 0; i < p.Rows; i++)
        {
            var row = Row(p, i);
            row[(first + i + 1)..].Clear();
            var seen = row[..(first + i + 1)];
            TensorPrimitives.Multiply(seen, scale, seen);
            TensorPrimitives.Subtract(seen, TensorPrimitives.Max<float>(seen), seen);
            TensorPrimitives.Exp<float>(seen, seen);
            TensorPrimitives.Divide(seen, TensorPrimitives.Sum<float>(seen), seen);
        }
        return p;
    }

    private MatrixView Head(MatrixView all, int start, int length, int head) => all.Block(start, length, head * headSize, headSize);

    private static MatrixView Scratch(Matrix[] scratch, int member, int rows, int columns)
    {
        if (scratch[member].Columns < columns) scratch[member] = new Matrix(BlockRows, (columns + 255) / 256 * 256);
        return ((MatrixView)scratch[member]).Block(0, rows, 0, columns);
    }

    private static unsafe Span<float> Row(MatrixView matrix, int row) => new(matrix.Data + (long)row * matrix.RowStride, matrix.Columns);

    private static void Clear(MatrixView matrix)
    {
        for (var row = 0; row < matrix.Rows; row++) Row(matrix, row).Clear();
    }
}
