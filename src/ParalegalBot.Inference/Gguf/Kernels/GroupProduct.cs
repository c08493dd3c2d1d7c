using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using ParalegalBot.Inference.Gguf.Format;

namespace ParalegalBot.Inference.Gguf.Kernels;

/// <summary>Row times tokens for Q8_0 and Q4_0: integer products of 32, each weighed with both scales.</summary>
internal static unsafe class GroupProduct
{
    private const int BlockBytes = 34;

    /// <summary>Dot products of one row with <paramref name="tokens"/> tokens from <paramref name="first"/>; 1 or 4 of them.</summary>
    /// <param name="row">Unpacked, [columns].</param>
    /// <param name="x">Prepared as Q8_0, [tokens × columns].</param>
    /// <param name="first">The first token.</param>
    /// <param name="tokens">1 or 4.</param>
    /// <param name="results">[tokens].</param>
    public static void Dot(UnpackedRow row, Activations x, int first, int tokens, Span<float> results)
    {
        var (columns, groups) = (x.Columns, x.Columns / GgufTypes.Group);
        fixed (sbyte* w = row.Numbers, numbers = x.Numbers)
        fixed (float* ws = row.Scales, scales = x.Scales)
        {
            if (tokens == 4 && Avx2.IsSupported)
            {
                Four(w, ws, numbers + first * columns, scales + first * groups, columns, groups, results);
                return;
            }
            for (var t = 0; t < tokens; t++)
            {
                sbyte* xs = numbers + (first + t) * columns;
                float* scale = scales + (first + t) * groups;
                if (!Avx2.IsSupported)
                {
                    results[t] = Portable(ref *w, ref *ws, ref *xs, ref *scale, groups);
                    continue;
                }
                var sum = Vector256<float>.Zero;
                for (var g = 0; g < groups; g++) sum = Step(sum, Vector256.Load(w + g * 32), xs + g * 32, ws[g] * scale[g]);
                results[t] = Lanes.Sum(sum);
            }
        }
    }

    /// <summary>One token with a row of Q8_0 as it lies in the file: what writing an answer consists of.</summary>
    /// <param name="blocks">A half-precision scale and 32 numbers, columns / 32 times.</param>
    /// <param name="x">Prepared as Q8_0.</param>
    /// <param name="token">Which.</param>
    public static float Dot(byte* blocks, Activations x, int token)
    {
        var (at, groups) = (token * x.Columns, x.Columns / GgufTypes.Group);
        fixed (sbyte* numbers = &x.Numbers[at])
        fixed (float* scales = &x.Scales[token * groups])
        {
            var sum = Vector256<float>.Zero;
            for (var g = 0; g < groups; g++, blocks += BlockBytes)
                sum = Step(sum, Vector256.Load((sbyte*)blocks + 2), numbers + g * 32, HalfFloats.Half(blocks) * scales[g]);
            return Lanes.Sum(sum);
        }
    }

    private static void Four(sbyte* w, float* ws, sbyte* x, float* xs, int columns, int groups, Span<float> results)
    {
        Vector256<float> r0 = Vector256<float>.Zero, r1 = r0, r2 = r0, r3 = r0;
        sbyte* x1 = x + columns, x2 = x1 + columns, x3 = x2 + columns;
        // Scales are multiplied eight groups at a time; each step then only spreads one of them out.
        var scales = stackalloc float[4 * 8];
        for (var g = 0; g < groups; g += 8)
        {
            var few = Math.Min(8, groups - g);
            for (var t = 0; t < 4; t++)
            {
                if (few == 8) (Vector256.Load(ws + g) * Vector256.Load(xs + t * groups + g)).Store(scales + t * 8);
                else for (var i = 0; i < few; i++) scales[t * 8 + i] = ws[g + i] * xs[t * groups + g + i];
            }
            for (var i = 0; i < few; i++)
            {
                var at = (g + i) * 32;
                var wv = Vector256.Load(w + at);
                r0 = Step(r0, wv, x + at, scales[i]);
                r1 = Step(r1, wv, x1 + at, scales[8 + i]);
                r2 = Step(r2, wv, x2 + at, scales[16 + i]);
                r3 = Step(r3, wv, x3 + at, scales[24 + i]);
            }
        }
        (results[0], results[1], results[2], results[3]) = (Lanes.Sum(r0), Lanes.Sum(r1), Lanes.Sum(r2), Lanes.Sum(r3));
    }

    /// <summary>The instruction wants one side unsigned: |w| times sign(w)·x, for which 2 · 128 · 127 still fits the 16 bits of the older one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Step(Vector256<float> sum, Vector256<sbyte> w, sbyte* x, float scale)
    {
        var (size, signed) = (Avx2.Abs(w), Avx2.Sign(Vector256.Load(x), w));
        var products = AvxVnni.IsSupported
            ? AvxVnni.MultiplyWideningAndAdd(Vector256<int>.Zero, size, signed)
            : Avx2.MultiplyAddAdjacent(Avx2.MultiplyAddAdjacent(size, signed), Vector256<short>.One);
        return Vector256.FusedMultiplyAdd(Vector256.ConvertToSingle(products), Vector256.Create(scale), sum);
    }

    /// <summary>The same without AVX2.</summary>
    internal static float Portable(ref sbyte w, ref float ws, ref sbyte x, ref float xs, int groups)
    {
        var sum = 0f;
        for (var g = 0; g < groups; g++)
            sum += Unsafe.Add(ref ws, g) * Unsafe.Add(ref xs, g) * (PortableDot.Sixteen(ref w, ref x, g * 32) + PortableDot.Sixteen(ref w, ref x, g * 32 + 16));
        return sum;
    }
}
