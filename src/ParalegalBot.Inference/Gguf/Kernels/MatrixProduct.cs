using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using ParalegalBot.Inference.Gguf.Format;

namespace ParalegalBot.Inference.Gguf.Kernels;

/// <summary>y = x · Wᵀ, the rows of W shared out over the team. Each row is unpacked once and multiplied with all tokens; for a single one it is read as it lies.</summary>
internal sealed class MatrixProduct(WorkerTeam team, int maxColumns)
{
    private readonly UnpackedRow[] scratch = [.. Enumerable.Range(0, team.Size * 2).Select(_ => new UnpackedRow(maxColumns))];

    /// <summary>Multiplies.</summary>
    /// <param name="weights">[rows × columns].</param>
    /// <param name="x">[tokens × columns].</param>
    /// <param name="y">[tokens × rows].</param>
    public void Multiply(WeightMatrix weights, Activations x, float[] y)
    {
        x.Prepare(weights.Type);
        // Few large shares for a processor's cache, but enough that a slow thread does not hold up the others; even, for pairs of rows.
        var share = Math.Max(2, (weights.Rows / (team.Size * 8) + 1) / 2 * 2);
        team.Run((weights.Rows + share - 1) / share, (item, member) =>
        {
            var (from, to) = (item * share, Math.Min(weights.Rows, (item + 1) * share));
            if (weights.Type is GgufType.F32 or GgufType.F16 or GgufType.BF16) Floats(weights, x, y, from, to, member);
            else Integers(weights, x, y, from, to, scratch[member]);
        });
    }

    private static unsafe void Integers(WeightMatrix weights, Activations x, float[] y, int from, int to, UnpackedRow row)
    {
        if (x.Tokens == 1 && Avx2.IsSupported && (weights.Type is GgufType.Q8_0 or GgufType.Q4_K))
        {
            for (var r = from; r < to; r++)
                y[r] = weights.Type is GgufType.Q8_0 ? GroupProduct.Dot(weights.Row(r), x, 0) : SuperblockProduct.FourBits(weights.Row(r), x, 0);
            return;
        }
        Span<float> results = stackalloc float[4];
        var superblocks = weights.Type.BlockLength == GgufTypes.Superblock;
        for (var r = from; r < to; r++)
        {
            row.Unpack(weights, r);
            for (var t = 0; t < x.Tokens;)
            {
                var tokens = t + 4 <= x.Tokens ? 4 : 1;
                if (superblocks) SuperblockProduct.Dot(row, x, t, tokens, results);
                else GroupProduct.Dot(row, x, t, tokens, results);
                for (var i = 0; i < tokens; i++, t++) y[t * weights.Rows + r] = results[i];
            }
        }
    }

    private unsafe void Floats(WeightMatrix weights, Activations x, float[] y, int from, int to, int member)
    {
        var (columns, rows) = (weights.Columns, weights.Rows);
        var (one, two) = (scratch[member * 2], scratch[member * 2 + 1]);
        var tiled = Vector512.IsHardwareAccelerated && columns % 16 == 0 ? x.Tokens / 4 * 4 : 0;
        var results = stackalloc float[8];
        fixed (float* xs = x.Floats)
        fixed (float* first = one.Floats, second = two.Floats)
        {
            var r = from;
            for (; tiled > 0 && r < to - 1; r += 2)
            {
                var (w0, w1) = ((nint)Widened(weights, r, one, first), (nint)Widened(weights, r + 1, two, second));
                for (var t = 0; t < tiled; t += 4)
                {
                    FloatProduct.TwoByFour((float*)w0, (float*)w1, xs + t * columns, columns, results);
                    for (var i = 0; i < 4; i++) (y[(t + i) * rows + r], y[(t + i) * rows + r + 1]) = (results[i], results[i + 4]);
                }
            }
            for (var left = from; left < to; left++)
                for (var t = left < r ? tiled : 0; t < x.Tokens; t++)
                    y[t * rows + left] = FloatProduct.Dot(weights, left, x.Floats.Slice(t * columns, columns), one);
        }
    }

    private static unsafe float* Widened(WeightMatrix weights, int row, UnpackedRow scratch, float* pinned)
    {
        if (weights.Type is GgufType.F32) return (float*)weights.Row(row);
        weights.Dequantize(row, scratch.Floats.AsSpan(0, weights.Columns));
        return pinned;
    }
}
