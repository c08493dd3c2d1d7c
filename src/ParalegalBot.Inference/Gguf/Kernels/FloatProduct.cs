using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using ParalegalBot.Inference.Gguf.Format;

namespace ParalegalBot.Inference.Gguf.Kernels;

/// <summary>Products in single precision, for F32, F16 and BF16 weights.</summary>
internal static unsafe class FloatProduct
{
    /// <summary>One row with one token, the weights widened on the way.</summary>
    public static float Dot(WeightMatrix weights, int row, ReadOnlySpan<float> x, UnpackedRow scratch)
    {
        if (weights.Type is GgufType.F32) return TensorPrimitives.Dot(new ReadOnlySpan<float>(weights.Row(row), x.Length), x);
        if (weights.Type is GgufType.F16 && Avx512F.IsSupported && x.Length % 32 == 0) return Dot((short*)weights.Row(row), x);
        var widened = scratch.Floats.AsSpan(0, x.Length);
        weights.Dequantize(row, widened);
        return TensorPrimitives.Dot(widened, x);
    }

    private static float Dot(short* halves, ReadOnlySpan<float> x)
    {
        ref var first = ref Unsafe.AsRef(in x[0]);
        var (even, odd) = (Vector512<float>.Zero, Vector512<float>.Zero);
        for (var i = 0; i < x.Length; i += 32)
        {
            even = Vector512.FusedMultiplyAdd(HalfFloats.Widen(Vector256.Load(halves + i)), Vector512.LoadUnsafe(ref first, (nuint)i), even);
            odd = Vector512.FusedMultiplyAdd(HalfFloats.Widen(Vector256.Load(halves + i + 16)), Vector512.LoadUnsafe(ref first, (nuint)i + 16), odd);
        }
        return Vector512.Sum(even + odd);
    }

    /// <summary>Two rows with four tokens at once: six loads serve eight products. Columns are a multiple of 16.</summary>
    /// <param name="w0">First row, [columns].</param>
    /// <param name="w1">Second row, [columns].</param>
    /// <param name="x">[4 × columns].</param>
    /// <param name="columns">Length of a row.</param>
    /// <param name="results">[2 × 4], row by row.</param>
    public static void TwoByFour(float* w0, float* w1, float* x, int columns, float* results)
    {
        var (a0, a1, a2, a3) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
        var (b0, b1, b2, b3) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
        float* x1 = x + columns, x2 = x1 + columns, x3 = x2 + columns;
        for (var i = 0; i < columns; i += 16)
        {
            var (a, b) = (Vector512.Load(w0 + i), Vector512.Load(w1 + i));
            var v = Vector512.Load(x + i);
            (a0, b0) = (Vector512.FusedMultiplyAdd(a, v, a0), Vector512.FusedMultiplyAdd(b, v, b0));
            v = Vector512.Load(x1 + i);
            (a1, b1) = (Vector512.FusedMultiplyAdd(a, v, a1), Vector512.FusedMultiplyAdd(b, v, b1));
            v = Vector512.Load(x2 + i);
            (a2, b2) = (Vector512.FusedMultiplyAdd(a, v, a2), Vector512.FusedMultiplyAdd(b, v, b2));
            v = Vector512.Load(x3 + i);
            (a3, b3) = (Vector512.FusedMultiplyAdd(a, v, a3), Vector512.FusedMultiplyAdd(b, v, b3));
        }
        (results[0], results[1], results[2], results[3]) = (Vector512.Sum(a0), Vector512.Sum(a1), Vector512.Sum(a2), Vector512.Sum(a3));
        (results[4], results[5], results[6], results[7]) = (Vector512.Sum(b0), Vector512.Sum(b1), Vector512.Sum(b2), Vector512.Sum(b3));
    }
}
