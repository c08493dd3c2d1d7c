using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ParalegalBot.Tuning.Training.Matrices;

/// <summary>Copies a block into panels of so many rows, the rows of a panel side by side for every column; short panels are filled up with noughts.</summary>
internal static unsafe class Panels
{
    /// <summary>Packs.</summary>
    /// <param name="block">[rows × depth].</param>
    /// <param name="to">[panels × depth × height].</param>
    /// <param name="height">Rows in a panel, a multiple of 4.</param>
    public static void Pack(MatrixView block, float* to, int height)
    {
        for (var row = 0; row < block.Rows; row += height, to += height * block.Columns)
        {
            var rows = Math.Min(height, block.Rows - row);
            var from = block.Data + (long)row * block.RowStride;
            if (rows < height) new Span<float>(to, height * block.Columns).Clear();
            if (block.RowStride == 1) Copy(from, block.ColumnStride, block.Columns, to, rows, height);
            else if (block.ColumnStride == 1) Transpose(from, block.RowStride, block.Columns, to, rows, height);
            else throw new ArgumentException("Neither rows nor columns of the block lie side by side.");
        }
    }

    private static void Copy(float* from, int stride, int depth, float* to, int rows, int height)
    {
        for (var k = 0; k < depth; k++, from += stride, to += height)
        {
            if (rows == 32)
            {
                Vector512.Load(from).Store(to);
                Vector512.Load(from + 16).Store(to + 16);
            }
            else if (rows == 8) Vector256.Load(from).Store(to);
            else new ReadOnlySpan<float>(from, rows).CopyTo(new Span<float>(to, rows));
        }
    }

    private static void Transpose(float* from, int stride, int depth, float* to, int rows, int height)
    {
        var i = 0;
        for (; Avx.IsSupported && i <= rows - 8; i += 8)
        {
            var k = 0;
            for (; k <= depth - 8; k += 8) EightByEight(from + (long)i * stride + k, stride, to + k * height + i, height);
            for (; k < depth; k++)
                for (var j = i; j < i + 8; j++) to[k * height + j] = from[(long)j * stride + k];
        }
        for (; i < rows; i++)
            for (var k = 0; k < depth; k++) to[k * height + i] = from[(long)i * stride + k];
    }

    /// <summary>Pairs, then fours, then halves change places.</summary>
    private static void EightByEight(float* from, long stride, float* to, int height)
    {
        var (a, b, c, d) = (Vector256.Load(from), Vector256.Load(from + stride), Vector256.Load(from + 2 * stride), Vector256.Load(from + 3 * stride));
        var (p, q, r, s) = (Avx.UnpackLow(a, b), Avx.UnpackHigh(a, b), Avx.UnpackLow(c, d), Avx.UnpackHigh(c, d));
        var (a0, a1, a2, a3) = (Avx.Shuffle(p, r, 0x44), Avx.Shuffle(p, r, 0xEE), Avx.Shuffle(q, s, 0x44), Avx.Shuffle(q, s, 0xEE));
        from += 4 * stride;
        (a, b, c, d) = (Vector256.Load(from), Vector256.Load(from + stride), Vector256.Load(from + 2 * stride), Vector256.Load(from + 3 * stride));
        (p, q, r, s) = (Avx.UnpackLow(a, b), Avx.UnpackHigh(a, b), Avx.UnpackLow(c, d), Avx.UnpackHigh(c, d));
        var (b0, b1, b2, b3) = (Avx.Shuffle(p, r, 0x44), Avx.Shuffle(p, r, 0xEE), Avx.Shuffle(q, s, 0x44), Avx.Shuffle(q, s, 0xEE));
        Avx.Permute2x128(a0, b0, 0x20).Store(to);
        Avx.Permute2x128(a1, b1, 0x20).Store(to + height);
        Avx.Permute2x128(a2, b2, 0x20).Store(to + 2 * height);
        Avx.Permute2x128(a3, b3, 0x20).Store(to + 3 * height);
        Avx.Permute2x128(a0, b0, 0x31).Store(to + 4 * height);
        Avx.Permute2x128(a1, b1, 0x31).Store(to + 5 * height);
        Avx.Permute2x128(a2, b2, 0x31).Store(to + 6 * height);
        Avx.Permute2x128(a3, b3, 0x31).Store(to + 7 * height);
    }
}
