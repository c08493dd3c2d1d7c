using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using ParalegalBot.Inference.Gguf.Format;

namespace ParalegalBot.Inference.Gguf.Kernels;

/// <summary>
/// Row times tokens for Q4_K, Q5_K and Q6_K. Within a superblock everything is integers: Σ scale·(number·x) less Σ minimum·(sum of x);
/// two singles weigh the two sums at its end.
/// </summary>
internal static unsafe class SuperblockProduct
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
        fixed (sbyte* numbers = &x.Numbers[first * columns])
        fixed (float* scales = &x.Scales[first * blocks])
        fixed (short* sums = &x.Sums[first * columns / 16])
        {
            if (tokens == 4 && Avx2.IsSupported) Four(row, numbers, scales, sums, columns, blocks, results);
            else for (var t = 0; t < tokens; t++) results[t] = One(row, numbers + t * columns, scales + t * blocks, sums + t * columns / 16, blocks);
        }
    }

    private static float One(UnpackedRow row, sbyte* x, float* scales, short* sums, int blocks)
    {
        if (!Avx2.IsSupported) return Portable(row, ref *x, ref *scales, ref *sums, blocks);
        var (sum, surplus) = (Vector256<float>.Zero, Vector128<float>.Zero);
        for (var b = 0; b < blocks; b++)
        {
            var isum = Vector256<int>.Zero;
            ref var w = ref row.Numbers[b * 256];
            var (lower, upper) = GroupScales(row, b);
            for (var g = 0; g < 8; g++)
                isum = Step(isum, Vector256.LoadUnsafe(ref w, (nuint)(g * 32)).AsByte(), x + b * 256 + g * 32, Spread(g < 4 ? lower : upper, g));
            Finish(row, b, isum, sums, scales[b], ref sum, ref surplus);
        }
        return Lanes.Sum(sum) - Lanes.Sum(surplus);
    }

    /// <summary>One token with a row of Q4_K as it lies in the file: what writing an answer consists of.</summary>
    /// <param name="data">Superblocks: two half-precision scales, twelve bytes of scales and minima, 128 of numbers.</param>
    /// <param name="x">Prepared for superblocks.</param>
    /// <param name="token">Which.</param>
    public static float FourBits(byte* data, Activations x, int token)
    {
        var blocks = x.Columns / GgufTypes.Superblock;
        var (sum, surplus, nibble) = (Vector256<float>.Zero, Vector128<float>.Zero, Vector256.Create((byte)15));
        var scales = stackalloc short[8];
        fixed (sbyte* numbers = &x.Numbers[token * x.Columns])
        fixed (float* weights = &x.Scales[token * blocks])
        fixed (short* sums = &x.Sums[token * x.Columns / 16])
        {
            for (var b = 0; b < blocks; b++, data += 144)
            {
                var (each, least) = UnpackedRow.SixBits(data + 4);
                Vector128.WidenLower(Vector128.CreateScalar(each).AsByte()).AsInt16().Store(scales);
                var thirtyTwo = Ssse3.HorizontalAdd(Vector128.Load(sums + b * 16), Vector128.Load(sums + b * 16 + 8));
                var minima = Sse2.MultiplyAddAdjacent(Vector128.WidenLower(Vector128.CreateScalar(least).AsByte()).AsInt16(), thirtyTwo);
                Vector256<int> even = Vector256<int>.Zero, odd = even;
                for (var pair = 0; pair < 4; pair++)
                {
                    var packed = Vector256.Load(data + 16 + pair * 32);
                    var at = numbers + b * 256 + pair * 64;
                    even = Step(even, packed & nibble, at, Vector256.Create(scales[pair * 2]));
                    odd = Step(odd, Vector256.ShiftRightLogical(packed.AsUInt16(), 4).AsByte() & nibble, at + 32, Vector256.Create(scales[pair * 2 + 1]));
                }
                sum = Vector256.FusedMultiplyAdd(Vector256.ConvertToSingle(even + odd), Vector256.Create(HalfFloats.Half(data) * weights[b]), sum);
                surplus = Vector128.FusedMultiplyAdd(Vector128.ConvertToSingle(minima), Vector128.Create(HalfFloats.Half(data + 2) * weights[b]), surplus);
            }
        }
        return Lanes.Sum(sum) - Lanes.Sum(surplus);
    }

    private static void Four(UnpackedRow row, sbyte* x, float* scales, short* sums, int columns, int blocks, Span<float> results)
    {
        Vector256<float> r0 = Vector256<float>.Zero, r1 = r0, r2 = r0, r3 = r0;
        Vector128<float> s0 = Vector128<float>.Zero, s1 = s0, s2 = s0, s3 = s0;
        sbyte* x1 = x + columns, x2 = x1 + columns, x3 = x2 + columns;
        var perToken = columns / 16;
        fixed (sbyte* w = row.Numbers)
        {
            for (var b = 0; b < blocks; b++)
            {
                Vector256<int> i0 = Vector256<int>.Zero, i1 = i0, i2 = i0, i3 = i0;
                var (lower, upper) = GroupScales(row, b);
                for (var g = 0; g < 8; g++)
                {
                    var at = b * 256 + g * 32;
                    var (wv, scale) = (Vector256.Load((byte*)w + at), Spread(g < 4 ? lower : upper, g));
                    i0 = Step(i0, wv, x + at, scale);
                    i1 = Step(i1, wv, x1 + at, scale);
                    i2 = Step(i2, wv, x2 + at, scale);
                    i3 = Step(i3, wv, x3 + at, scale);
                }
                Finish(row, b, i0, sums, scales[b], ref r0, ref s0);
                Finish(row, b, i1, sums + perToken, scales[blocks + b], ref r1, ref s1);
                Finish(row, b, i2, sums + 2 * perToken, scales[2 * blocks + b], ref r2, ref s2);
                Finish(row, b, i3, sums + 3 * perToken, scales[3 * blocks + b], ref r3, ref s3);
            }
        }
        (results[0], results[1]) = (Lanes.Sum(r0) - Lanes.Sum(s0), Lanes.Sum(r1) - Lanes.Sum(s1));
        (results[2], results[3]) = (Lanes.Sum(r2) - Lanes.Sum(s2), Lanes.Sum(r3) - Lanes.Sum(s3));
    }

    /// <summary>32 products, pairs added to 16 bits (63 · 127 · 2 fits), weighed with the group scales, added to 8 sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Step(Vector256<int> sum, Vector256<byte> w, sbyte* x, Vector256<short> scale)
    {
        var pairs = Avx2.MultiplyAddAdjacent(w, Vector256.Load(x));
        return AvxVnni.IsSupported ? AvxVnni.MultiplyWideningAndAdd(sum, pairs, scale) : sum + Avx2.MultiplyAddAdjacent(pairs, scale);
    }

    /// <summary>
    /// Ends a superblock. What the minima take off is kept as llama.cpp keeps it, so that both round alike: Q6_K's within the integers, Q5_K's in one sum, Q4_K's in four.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish(UnpackedRow row, int block, Vector256<int> isum, short* sums, float scale, ref Vector256<float> sum, ref Vector128<float> surplus)
    {
        var eight = Avx2.MultiplyAddAdjacent(Vector256.LoadUnsafe(ref row.GroupMinima[block * 16]), Vector256.Load(sums + block * 16));
        if (row.Type is GgufType.Q6_K) isum -= eight;
        sum = Vector256.FusedMultiplyAdd(Vector256.ConvertToSingle(isum), Vector256.Create(scale * row.Scales[block]), sum);
        if (row.Type is GgufType.Q6_K) return;
        var four = Ssse3.HorizontalAdd(eight.GetLower(), eight.GetUpper());
        if (row.Type is GgufType.Q5_K) four = Vector128.CreateScalar(Vector128.Sum(four));
        surplus = Vector128.FusedMultiplyAdd(Vector128.ConvertToSingle(four), Vector128.Create(scale * row.Minima[block]), surplus);
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
