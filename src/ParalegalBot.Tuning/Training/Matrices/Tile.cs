using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ParalegalBot.Tuning.Training.Matrices;

/// <summary>
/// The innermost product: a panel of A's rows times a panel of B's columns, all sums in registers. Sixteen vectors of 16 where the processor has
/// 32 such registers, eight of 8 elsewhere.
/// </summary>
internal static unsafe class Tile
{
    public static readonly int Rows = Vector512.IsHardwareAccelerated ? 8 : 4;

    public static readonly int Columns = Vector512.IsHardwareAccelerated ? 32 : 16;

    /// <summary>Multiplies.</summary>
    /// <param name="a">[depth × Rows].</param>
    /// <param name="b">[depth × Columns].</param>
    /// <param name="depth">Length of the sums.</param>
    /// <param name="c">[Rows × Columns].</param>
    /// <param name="stride">Numbers from one row of <paramref name="c"/> to the next.</param>
    /// <param name="add">Whether to add to it.</param>
    public static void Multiply(float* a, float* b, int depth, float* c, int stride, bool add)
    {
        if (Vector512.IsHardwareAccelerated) Wide(a, b, depth, c, stride, add);
        else Narrow(a, b, depth, c, stride, add);
    }

    private static void Wide(float* a, float* b, int depth, float* c, int stride, bool add)
    {
        Vector512<float> c00 = default, c10 = default, c20 = default, c30 = default, c40 = default, c50 = default, c60 = default, c70 = default;
        Vector512<float> c01 = default, c11 = default, c21 = default, c31 = default, c41 = default, c51 = default, c61 = default, c71 = default;
        for (var k = 0; k < depth; k++, a += 8, b += 32)
        {
            var (b0, b1) = (Vector512.Load(b), Vector512.Load(b + 16));
            var x = Vector512.Create(a[0]);
            (c00, c01) = (Vector512.FusedMultiplyAdd(x, b0, c00), Vector512.FusedMultiplyAdd(x, b1, c01));
            x = Vector512.Create(a[1]);
            (c10, c11) = (Vector512.FusedMultiplyAdd(x, b0, c10), Vector512.FusedMultiplyAdd(x, b1, c11));
            x = Vector512.Create(a[2]);
            (c20, c21) = (Vector512.FusedMultiplyAdd(x, b0, c20), Vector512.FusedMultiplyAdd(x, b1, c21));
            x = Vector512.Create(a[3]);
            (c30, c31) = (Vector512.FusedMultiplyAdd(x, b0, c30), Vector512.FusedMultiplyAdd(x, b1, c31));
            x = Vector512.Create(a[4]);
            (c40, c41) = (Vector512.FusedMultiplyAdd(x, b0, c40), Vector512.FusedMultiplyAdd(x, b1, c41));
            x = Vector512.Create(a[5]);
            (c50, c51) = (Vector512.FusedMultiplyAdd(x, b0, c50), Vector512.FusedMultiplyAdd(x, b1, c51));
            x = Vector512.Create(a[6]);
            (c60, c61) = (Vector512.FusedMultiplyAdd(x, b0, c60), Vector512.FusedMultiplyAdd(x, b1, c61));
            x = Vector512.Create(a[7]);
            (c70, c71) = (Vector512.FusedMultiplyAdd(x, b0, c70), Vector512.FusedMultiplyAdd(x, b1, c71));
        }
        Put(c, c00, c01, add);
        Put(c + stride, c10, c11, add);
        Put(c + 2 * stride, c20, c21, add);
        Put(c + 3 * stride, c30, c31, add);
        Put(c + 4 * stride, c40, c41, add);
        Put(c + 5 * stride, c50, c51, add);
        Put(c + 6 * stride, c60, c61, add);
        Put(c + 7 * stride, c70, c71, add);
    }

    internal static void Narrow(float* a, float* b, int depth, float* c, int stride, bool add)
    {
        Vector256<float> c00 = default, c10 = default, c20 = default, c30 = default, c01 = default, c11 = default, c21 = default, c31 = default;
        for (var k = 0; k < depth; k++, a += 4, b += 16)
        {
            var (b0, b1) = (Vector256.Load(b), Vector256.Load(b + 8));
            var x = Vector256.Create(a[0]);
            (c00, c01) = (Vector256.FusedMultiplyAdd(x, b0, c00), Vector256.FusedMultiplyAdd(x, b1, c01));
            x = Vector256.Create(a[1]);
            (c10, c11) = (Vector256.FusedMultiplyAdd(x, b0, c10), Vector256.FusedMultiplyAdd(x, b1, c11));
            x = Vector256.Create(a[2]);
            (c20, c21) = (Vector256.FusedMultiplyAdd(x, b0, c20), Vector256.FusedMultiplyAdd(x, b1, c21));
            x = Vector256.Create(a[3]);
            (c30, c31) = (Vector256.FusedMultiplyAdd(x, b0, c30), Vector256.FusedMultiplyAdd(x, b1, c31));
        }
        Put(c, c00, c01, add);
        Put(c + stride, c10, c11, add);
        Put(c + 2 * stride, c20, c21, add);
        Put(c + 3 * stride, c30, c31, add);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(float* c, Vector512<float> low, Vector512<float> high, bool add)
    {
        (add ? Vector512.Load(c) + low : low).Store(c);
        (add ? Vector512.Load(c + 16) + high : high).Store(c + 16);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(float* c, Vector256<float> low, Vector256<float> high, bool add)
    {
        (add ? Vector256.Load(c) + low : low).Store(c);
        (add ? Vector256.Load(c + 8) + high : high).Store(c + 8);
    }
}
