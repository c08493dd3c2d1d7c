using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using ParalegalBot.Inference.Gguf.Format;

namespace ParalegalBot.Inference.Gguf.Kernels;

/// <summary>
/// Row times tokens for Q4_K, Q5_K and Q6_K. Within a superblock everything is integers: Σ scale·(number·x) less Σ minimum·(sum of x);
/// two singles weigh the two sums at its end.
/// </summary>
internal static class SuperblockProduct
{
    /// <summary>Dot products of one row with <paramref name="tokens"/> tokens from <paramref name="first"/>; 1 or 4 of them.</summary>
    /// <param name="row">Unpacked, [columns].</param>
    /// <param name="x">Prepared for superblocks, [tokens × columns].</param>
    /// <param name="first">The first token.</param>
    /// <param name="tokens">1 or 4.</param>
    /// <param name="results">[tokens].</param>
    public static void Dot(UnpackedRow row, Activations x, int first, int tokens, Span<float> results)
    {
        var (columns, blocks) = (x.Columns, x.Columns / GgufTypes.Superblock);
        ref var a = ref Unsafe.Add(ref Unsafe.AsRef(in x.Numbers[0]), first * columns);
        ref var scales = ref Unsafe.Add(ref Unsafe.AsRef(in x.Scales[0]), first * blocks);
        ref var sums = ref Unsafe.Add(ref Unsafe.AsRef(in x.Sums[0]), first * columns / 16);
        if (!Avx2.IsSupported)
        {
            for (var t = 0; t < tokens; t++)
                results[t] = Portable(row, ref Unsafe.Add(ref a, t * columns), ref Unsafe.Add(ref scales, t * blocks), ref Unsafe.Add(ref sums, t * columns / 16), blocks);
        }
        else if (tokens == 4)
        {
            Four(row, ref a, ref scales, ref sums, columns, blocks, results);
        }
        else
        {
            var sum = Vector256<float>.Zero;
            for (var b = 0; b < blocks; b++)
            {
                var isum = Vector256<int>.Zero;
                ref var w = ref row.Numbers[b * 256];
                var (lower, upper) = GroupScales(row, b);
                for (var g = 0; g < 8; g++)
                    isum = Step(isum, Vector256.LoadUnsafe(ref w, (nuint)(g * 32)).AsByte(), ref a, b * 256 + g * 32, Spread(g < 4 ? lower : upper, g));
                sum = Finish(sum, isum, row, b, ref sums, b * 16, Unsafe.Add(ref scales, b));
            }
            results[0] = Vector256.Sum(sum);
        }
    }

    private static void Four(UnpackedRow row, ref sbyte a, ref float scales, ref short sums, int columns, int blocks, Span<float> results)
    {
        var (r0, r1, r2, r3) = (Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.Zero);
        for (var b = 0; b < blocks; b++)
        {
            var (i0, i1, i2, i3) = (Vector256<int>.Zero, Vector256<int>.Zero, Vector256<int>.Zero, Vector256<int>.Zero);
            ref var w = ref row.Numbers[b * 256];
            var (lower, upper) = GroupScales(row, b);
            for (var g = 0; g < 8; g++)
            {
                var wv = Vector256.LoadUnsafe(ref w, (nuint)(g * 32)).AsByte();
                var scale = Spread(g < 4 ? lower : upper, g);
                var at = b * 256 + g * 32;
                i0 = Step(i0, wv, ref a, at, scale);
                i1 = Step(i1, wv, ref a, columns + at, scale);
                i2 = Step(i2, wv, ref a, 2 * columns + at, scale);
                i3 = Step(i3, wv, ref a, 3 * columns + at, scale);
            }
            var perToken = columns / 16;
            r0 = Finish(r0, i0, row, b, ref sums, b * 16, Unsafe.Add(ref scales, b));
            r1 = Finish(r1, i1, row, b, ref sums, perToken + b * 16, Unsafe.Add(ref scales, blocks + b));
            r2 = Finish(r2, i2, row, b, ref sums, 2 * perToken + b * 16, Unsafe.Add(ref scales, 2 * blocks + b));
            r3 = Finish(r3, i3, row, b, ref sums, 3 * perToken + b * 16, Unsafe.Add(ref scales, 3 * blocks + b));
        }
        (results[0], results[1], results[2], results[3]) = (Vector256.Sum(r0), Vector256.Sum(r1), Vector256.Sum(r2), Vector256.Sum(r3));
    }

    /// <summary>32 products, pairs added to 16 bits (63 · 127 · 2 fits), weighed with the group scales, added to 8 sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Step(Vector256<int> sum, Vector256<byte> w, ref sbyte x, int at, Vector256<short> scale)
    {
        var pairs = Avx2.MultiplyAddAdjacent(w, Vector256.LoadUnsafe(ref x, (nuint)at));
        return AvxVnni.IsSupported ? AvxVnni.MultiplyWideningAndAdd(sum, pairs, scale) : sum + Avx2.MultiplyAddAdjacent(pairs, scale);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Finish(Vector256<float> sum, Vector256<int> isum, UnpackedRow row, int block, ref short sums, int at, float scale)
    {
        var minima = Avx2.MultiplyAddAdjacent(Vector256.LoadUnsafe(ref row.GroupMinima[block * 16]), Vector256.LoadUnsafe(ref sums, (nuint)at));
        sum = Vector256.FusedMultiplyAdd(Vector256.ConvertToSingle(isum), Vector256.Create(scale * row.Scales[block]), sum);
        return Vector256.FusedMultiplyAdd(Vector256.ConvertToSingle(minima), Vector256.Create(-scale * row.Minima[block]), sum);
    }

    /// <summary>The 16 group scales as two vectors whose halves are alike, because a byte shuffle stays within its half.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<short> Lower, Vector256<short> Upper) GroupScales(UnpackedRow row, int block)
    {
        var all = Vector256.LoadUnsafe(ref row.GroupScales[block * 16]);
        return (Vector256.Create(all.GetLower(), all.GetLower()), Vector256.Create(all.GetUpper(), all.GetUpper()));
    }

    /// <summary>Scale 2g in the lower half, scale 2g + 1 in the upper half (g counted within its vector).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Spread(Vector256<short> scales, int group)
    {
        var at = (short)((group % 4 * 4) | ((group % 4 * 4 + 1) << 8));
        return Avx2.Shuffle(scales.AsByte(), Vector256.Create(Vector128.Create(at), Vector128.Create((short)(at + 0x0202))).AsByte()).AsInt16();
    }

    /// <summary>The same without AVX2.</summary>
    internal static float Portable(UnpackedRow row, ref sbyte x, ref float scales, ref short sums, int blocks)
    {
        var result = 0f;
        for (var b = 0; b < blocks; b++)
        {
            var (products, minima) = (0, 0);
            for (var g = b * 16; g < b * 16 + 16; g++)
            {
                products += row.GroupScales[g] * PortableDot.Sixteen(ref row.Numbers[0], ref x, g * 16);
                minima += row.GroupMinima[g] * Unsafe.Add(ref sums, g);
            }
            result += Unsafe.Add(ref scales, b) * (row.Scales[b] * products - row.Minima[b] * minima);
        }
        return result;
    }
}
