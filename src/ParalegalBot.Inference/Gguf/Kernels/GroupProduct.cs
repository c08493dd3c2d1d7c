using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using ParalegalBot.Inference.Gguf.Format;

namespace ParalegalBot.Inference.Gguf.Kernels;

/// <summary>Row times tokens for Q8_0 and Q4_0: integer products of 32, each weighed with both scales.</summary>
internal static class GroupProduct
{
    /// <summary>Dot products of one row with <paramref name="tokens"/> tokens from <paramref name="first"/>; 1 or 4 of them.</summary>
    /// <param name="row">Unpacked, [columns].</param>
    /// <param name="x">Prepared as Q8_0, [tokens × columns].</param>
    /// <param name="first">The first token.</param>
    /// <param name="tokens">1 or 4.</param>
    /// <param name="results">[tokens].</param>
    public static void Dot(UnpackedRow row, Activations x, int first, int tokens, Span<float> results)
    {
        ref var w = ref row.Numbers[0];
        ref var ws = ref row.Scales[0];
        var (columns, groups) = (x.Columns, x.Columns / GgufTypes.Group);
        ref var a = ref Unsafe.Add(ref Unsafe.AsRef(in x.Numbers[0]), first * columns);
        ref var s = ref Unsafe.Add(ref Unsafe.AsRef(in x.Scales[0]), first * groups);
        if (!Avx2.IsSupported)
        {
            for (var t = 0; t < tokens; t++) results[t] = Portable(ref w, ref ws, ref Unsafe.Add(ref a, t * columns), ref Unsafe.Add(ref s, t * groups), groups);
        }
        else if (tokens == 4)
        {
            var (r0, r1, r2, r3) = (Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.Zero);
            for (var g = 0; g < groups; g++)
            {
                var wv = Vector256.LoadUnsafe(ref w, (nuint)(g * 32));
                var magnitude = Avx2.Abs(wv);
                var scale = Unsafe.Add(ref ws, g);
                r0 = Step(r0, wv, magnitude, ref a, g * 32, scale * Unsafe.Add(ref s, g));
                r1 = Step(r1, wv, magnitude, ref a, columns + g * 32, scale * Unsafe.Add(ref s, groups + g));
                r2 = Step(r2, wv, magnitude, ref a, 2 * columns + g * 32, scale * Unsafe.Add(ref s, 2 * groups + g));
                r3 = Step(r3, wv, magnitude, ref a, 3 * columns + g * 32, scale * Unsafe.Add(ref s, 3 * groups + g));
            }
            (results[0], results[1], results[2], results[3]) = (Vector256.Sum(r0), Vector256.Sum(r1), Vector256.Sum(r2), Vector256.Sum(r3));
        }
        else
        {
            var (even, odd) = (Vector256<float>.Zero, Vector256<float>.Zero);
            var g = 0;
            for (; g < groups - 1; g += 2)
            {
                var (w0, w1) = (Vector256.LoadUnsafe(ref w, (nuint)(g * 32)), Vector256.LoadUnsafe(ref w, (nuint)(g * 32 + 32)));
                even = Step(even, w0, Avx2.Abs(w0), ref a, g * 32, Unsafe.Add(ref ws, g) * Unsafe.Add(ref s, g));
                odd = Step(odd, w1, Avx2.Abs(w1), ref a, g * 32 + 32, Unsafe.Add(ref ws, g + 1) * Unsafe.Add(ref s, g + 1));
            }
            if (g < groups)
            {
                var wv = Vector256.LoadUnsafe(ref w, (nuint)(g * 32));
                even = Step(even, wv, Avx2.Abs(wv), ref a, g * 32, Unsafe.Add(ref ws, g) * Unsafe.Add(ref s, g));
            }
            results[0] = Vector256.Sum(even + odd);
        }
    }

    /// <summary>Signed times signed as |w| times sign(w)·x, because the instruction wants one side unsigned; 2 · 128 · 127 still fits 16 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Step(Vector256<float> sum, Vector256<sbyte> w, Vector256<byte> magnitude, ref sbyte x, int at, float scale)
    {
        var signed = Avx2.Sign(Vector256.LoadUnsafe(ref x, (nuint)at), w);
        var products = AvxVnni.IsSupported
            ? AvxVnni.MultiplyWideningAndAdd(Vector256<int>.Zero, magnitude, signed)
            : Avx2.MultiplyAddAdjacent(Avx2.MultiplyAddAdjacent(magnitude, signed), Vector256<short>.One);
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
