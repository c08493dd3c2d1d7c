using System.Numerics.Tensors;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using ParalegalBot.Inference.Gguf.Format;

namespace ParalegalBot.Inference.Gguf.Kernels;

/// <summary>
/// The inputs of a matrix product, [tokens × columns], in the form that the weights ask for: an integer product needs integers on both sides.
/// The forms and their rounding are ggml's (F16 and BF16 rounded to the weights' own type; Q8_0, groups of 32 with a half-precision scale; Q8_K,
/// superblocks of 256 with a single scale and sums of 16), so that results agree with llama.cpp to rounding. Each form is made once.
/// </summary>
internal sealed class Activations(int maxTokens, int maxColumns)
{
    private readonly float[] values = new float[maxTokens * maxColumns];
    private readonly float[] rounded = new float[maxTokens * maxColumns];
    private readonly sbyte[] numbers = new sbyte[maxTokens * maxColumns];
    private readonly float[] scales = new float[maxTokens * maxColumns / GgufTypes.Group + 1];
    private readonly short[] sums = new short[maxTokens * maxColumns / 16 + 1];
    private GgufType form;

    public int Tokens { get; private set; }

    public int Columns { get; private set; }

    /// <summary>[tokens × columns] to be filled; forgets the forms made of what was there.</summary>
    public Span<float> Renew(int tokens, int columns)
    {
        (Tokens, Columns, form) = (tokens, columns, GgufType.F32);
        return values.AsSpan(0, tokens * columns);
    }

    /// <summary>Signed bytes, [tokens × columns].</summary>
    public ReadOnlySpan<sbyte> Numbers => numbers;

    /// <summary>One a group of 32 ([tokens × columns / 32]) or a superblock ([tokens × columns / 256]).</summary>
    public ReadOnlySpan<float> Scales => scales;

    /// <summary>The sums of 16 numbers, superblocks only: [tokens × columns / 16].</summary>
    public ReadOnlySpan<short> Sums => sums;

    /// <summary>Singles for weights of a float type.</summary>
    public ReadOnlySpan<float> Floats => (form is GgufType.F32 ? values : rounded).AsSpan(0, Tokens * Columns);

    /// <summary>Makes the form that weights of this type are multiplied with.</summary>
    public void Prepare(GgufType weights)
    {
        var wanted = weights switch
        {
            GgufType.Q4_0 => GgufType.Q8_0,
            GgufType.Q5_K or GgufType.Q6_K => GgufType.Q4_K,
            _ => weights,
        };
        if (wanted == form) return;
        form = wanted;
        var source = values.AsSpan(0, Tokens * Columns);
        switch (wanted)
        {
            case GgufType.F16: for (var i = 0; i < source.Length; i++) rounded[i] = (float)(Half)source[i]; break;
            case GgufType.BF16: for (var i = 0; i < source.Length; i++) rounded[i] = HalfFloats.RoundToBrain(source[i]); break;
            case GgufType.Q8_0: for (var at = 0; at < source.Length; at += GgufTypes.Group) Group(source.Slice(at, GgufTypes.Group), at); break;
            case GgufType.Q4_K: for (var at = 0; at < source.Length; at += GgufTypes.Superblock) Superblock(source.Slice(at, GgufTypes.Superblock), at); break;
        }
    }

    private void Group(ReadOnlySpan<float> source, int at)
    {
        var largest = MathF.Abs(TensorPrimitives.MaxMagnitude(source));
        scales[at / GgufTypes.Group] = (float)(Half)(largest / 127f);
        Round(source, largest == 0 ? 0 : 127f / largest, numbers.AsSpan(at));
    }

    private void Superblock(ReadOnlySpan<float> source, int at)
    {
        var largest = TensorPrimitives.MaxMagnitude(source);
        var inverse = largest == 0 ? 0 : -127f / largest;
        scales[at / GgufTypes.Superblock] = largest == 0 ? 0 : 1 / inverse;
        Round(source, inverse, numbers.AsSpan(at));
        for (var i = 0; i < GgufTypes.Superblock; i += 16) sums[(at + i) / 16] = (short)Sixteen(at + i);
    }

    /// <summary>The sum of 16 numbers.</summary>
    private int Sixteen(int at)
    {
        var (low, high) = Vector128.Widen(Vector128.Create<sbyte>(numbers.AsSpan(at, 16)));
        return Vector128.Sum(low + high);
    }

    private static void Round(ReadOnlySpan<float> source, float factor, Span<sbyte> numbers)
    {
        if (Avx512F.IsSupported)
        {
            for (var i = 0; i < source.Length; i += 16)
                Avx512F.ConvertToVector128SByteWithSaturation(Avx512F.ConvertToVector512Int32(Vector512.Create(source[i..]) * Vector512.Create(factor))).CopyTo(numbers[i..]);
            return;
        }
        for (var i = 0; i < source.Length; i++) numbers[i] = (sbyte)Math.Clamp((int)MathF.Round(source[i] * factor), -128, 127);
    }
}
