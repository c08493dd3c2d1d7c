using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ParalegalBot.Inference.Gguf.Kernels;

/// <summary>
/// Half precision and bfloat16 to single. A half's exponent and mantissa, moved 13 bits left, are the single that is 2^112 times too small;
/// one product corrects normals and subnormals alike. Infinities, which no weight has, come out as 65536. A bfloat16 is a single's upper half.
/// </summary>
internal static class HalfFloats
{
    private const int SignExponentMantissa = unchecked((int)0x8FFF_E000);
    private const float Scale = 5.192296858534828e33f; // 2^112

    /// <summary>One half out of its two bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe float Half(byte* at) => BitConverter.Int32BitsToSingle((Unsafe.ReadUnaligned<short>(at) << 13) & SignExponentMantissa) * Scale;

    /// <summary>Sixteen halves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Widen(Vector256<short> halves) => Vector512.Multiply(
        Vector512.BitwiseAnd(Vector512.ShiftLeft(Avx512F.ConvertToVector512Int32(halves), 13), Vector512.Create(SignExponentMantissa)).AsSingle(), Vector512.Create(Scale));

    /// <summary>Eight halves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Widen(Vector128<short> halves) => Vector256.Multiply(
        Vector256.BitwiseAnd(Vector256.ShiftLeft(Avx2.ConvertToVector256Int32(halves), 13), Vector256.Create(SignExponentMantissa)).AsSingle(), Vector256.Create(Scale));

    /// <summary>Eight bfloat16.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> WidenBrain(Vector128<short> brains) => Vector256.ShiftLeft(Avx2.ConvertToVector256Int32(brains), 16).AsSingle();

    /// <summary>Halves to singles, as many as <paramref name="singles"/> holds.</summary>
    public static unsafe void Widen(Half* halves, Span<float> singles)
    {
        var i = 0;
        if (Avx512F.IsSupported)
            for (; i <= singles.Length - 16; i += 16) Widen(Vector256.Load((short*)halves + i)).CopyTo(singles[i..]);
        if (Avx2.IsSupported)
            for (; i <= singles.Length - 8; i += 8) Widen(Vector128.Load((short*)halves + i)).CopyTo(singles[i..]);
        for (; i < singles.Length; i++) singles[i] = (float)halves[i];
    }

    /// <summary>Bfloat16 to singles, as many as <paramref name="singles"/> holds.</summary>
    public static unsafe void WidenBrain(ushort* brains, Span<float> singles)
    {
        var i = 0;
        if (Avx2.IsSupported)
            for (; i <= singles.Length - 8; i += 8) WidenBrain(Vector128.Load((short*)brains + i)).CopyTo(singles[i..]);
        for (; i < singles.Length; i++) singles[i] = BitConverter.Int32BitsToSingle(brains[i] << 16);
    }

    /// <summary>The single nearest to <paramref name="value"/> that a bfloat16 can hold, ties to even.</summary>
    public static float RoundToBrain(float value)
    {
        var bits = BitConverter.SingleToUInt32Bits(value);
        return BitConverter.UInt32BitsToSingle((bits + 0x7FFF + ((bits >> 16) & 1)) & 0xFFFF_0000);
    }
}
