using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using ParalegalBot.Inference.Gguf.Format;

namespace ParalegalBot.Inference.Gguf.Kernels;

/// <summary>
/// A row of weights taken out of its packing, once, before it is multiplied with many tokens; each thread has one.
/// Groups of 32: weight i = Scales[i/32] · Numbers[i]. Superblocks: weight i = Scales[i/256] · GroupScales[i/16] · Numbers[i] − Minima[i/256] · GroupMinima[i/16].
/// </summary>
internal sealed unsafe class UnpackedRow(int maxColumns)
{
    public float[] Floats { get; } = new float[maxColumns];

    public sbyte[] Numbers { get; } = new sbyte[maxColumns];

    public float[] Scales { get; } = new float[maxColumns / GgufTypes.Group + 1];

    public float[] Minima { get; } = new float[maxColumns / GgufTypes.Superblock + 1];

    public short[] GroupScales { get; } = new short[maxColumns / 16 + 1];

    public short[] GroupMinima { get; } = new short[maxColumns / 16 + 1];

    /// <summary>How it was stored.</summary>
    public GgufType Type { get; private set; }

    public void Unpack(WeightMatrix weights, int row)
    {
        Type = weights.Type;
        var data = weights.Row(row);
        var blocks = weights.Columns / weights.Type.BlockLength;
        fixed (sbyte* numbers = Numbers)
        {
            for (var block = 0; block < blocks; block++, data += weights.Type.BlockBytes)
            {
                switch (weights.Type)
                {
                    case GgufType.Q8_0: Q8(data, (byte*)numbers + block * 32, block); break;
                    case GgufType.Q4_0: Q4(data, (byte*)numbers + block * 32, block); break;
                    case GgufType.Q4_K: Q4K(data, (byte*)numbers + block * 256, block); break;
                    case GgufType.Q5_K: Q5K(data, (byte*)numbers + block * 256, block); break;
                    case GgufType.Q6_K: Q6K(data, (byte*)numbers + block * 256, block); break;
                }
            }
        }
    }

    private void Q8(byte* data, byte* numbers, int block)
    {
        Scales[block] = HalfFloats.Half(data);
        Vector256.Load(data + 2).Store(numbers);
    }

    private void Q4(byte* data, byte* numbers, int block)
    {
        Scales[block] = HalfFloats.Half(data);
        var nibbles = Vector128.Load(data + 2);
        (Vector128.BitwiseAnd(nibbles, Vector128.Create((byte)15)) - Vector128.Create((byte)8)).Store(numbers);
        (Upper(nibbles) - Vector128.Create((byte)8)).Store(numbers + 16);
    }

    private void Q4K(byte* data, byte* numbers, int block)
    {
        ScalesAndMinima(data, block);
        for (var pair = 0; pair < 4; pair++)
        {
            var nibbles = Vector256.Load(data + 16 + pair * 32);
            Vector256.BitwiseAnd(nibbles, Vector256.Create((byte)15)).Store(numbers + pair * 64);
            Upper(nibbles).Store(numbers + pair * 64 + 32);
        }
    }

    private void Q5K(byte* data, byte* numbers, int block)
    {
        ScalesAndMinima(data, block);
        var fifth = Vector256.Load(data + 16);
        for (var pair = 0; pair < 4; pair++)
        {
            var nibbles = Vector256.Load(data + 48 + pair * 32);
            Vector256.BitwiseOr(Vector256.BitwiseAnd(nibbles, Vector256.Create((byte)15)), Bit(fifth, pair * 2)).Store(numbers + pair * 64);
            Vector256.BitwiseOr(Upper(nibbles), Bit(fifth, pair * 2 + 1)).Store(numbers + pair * 64 + 32);
        }
    }

    /// <summary>Numbers are kept unsigned; the 32 that each is too large becomes the minimum 32 · group scale.</summary>
    private void Q6K(byte* data, byte* numbers, int block)
    {
        Scales[block] = Minima[block] = HalfFloats.Half(data + 208);
        var scales = Vector256.WidenLower(Vector128.Load((sbyte*)data + 192).ToVector256Unsafe());
        scales.CopyTo(GroupScales, block * 16);
        Vector256.ShiftLeft(scales, 5).CopyTo(GroupMinima, block * 16);
        var (nibble, pair) = (Vector256.Create((byte)15), Vector256.Create((byte)0x30));
        for (var half = 0; half < 2; half++)
        {
            var (low0, low1, high) = (Vector256.Load(data + half * 64), Vector256.Load(data + half * 64 + 32), Vector256.Load(data + 128 + half * 32));
            var to = numbers + half * 128;
            ((low0 & nibble) | (Shift(high, 4) & pair)).Store(to);
            ((low1 & nibble) | (Shift(high, 2) & pair)).Store(to + 32);
            (Upper(low0) | (high & pair)).Store(to + 64);
            (Upper(low1) | (Vector256.ShiftRightLogical(high.AsUInt16(), 2).AsByte() & pair)).Store(to + 96);
        }
    }

    /// <summary>Each of the eight scales and minima stands for two runs of 16.</summary>
    private void ScalesAndMinima(byte* data, int block)
    {
        (Scales[block], Minima[block]) = (HalfFloats.Half(data), HalfFloats.Half(data + 2));
        var (scales, minima) = SixBits(data + 4);
        Twice(scales).CopyTo(GroupScales, block * 16);
        Twice(minima).CopyTo(GroupMinima, block * 16);
    }

    /// <summary>Eight scales and eight minima, a byte each, out of twelve bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static (ulong Scales, ulong Minima) SixBits(byte* data)
    {
        var (a, b, c) = (Unsafe.ReadUnaligned<uint>(data), Unsafe.ReadUnaligned<uint>(data + 4), Unsafe.ReadUnaligned<uint>(data + 8));
        const uint Six = 0x3F3F3F3F, Four = 0x0F0F0F0F, Top = 0x30303030;
        return ((a & Six) | ((ulong)((c & Four) | ((a >> 2) & Top)) << 32), (b & Six) | ((ulong)(((c >> 4) & Four) | ((b >> 2) & Top)) << 32));
    }

    /// <summary>Eight bytes to sixteen shorts, each byte twice.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Twice(ulong bytes)
    {
        var doubled = Vector128.Shuffle(Vector128.CreateScalar(bytes).AsByte(), Vector128.Create((byte)0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7));
        return Vector256.WidenLower(doubled.ToVector256Unsafe()).AsInt16();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Upper(Vector256<byte> nibbles) => Vector256.ShiftRightLogical(nibbles.AsUInt16(), 4).AsByte() & Vector256.Create((byte)15);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Upper(Vector128<byte> nibbles) => Vector128.ShiftRightLogical(nibbles.AsUInt16(), 4).AsByte() & Vector128.Create((byte)15);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Shift(Vector256<byte> bits, int left) => Vector256.ShiftLeft(bits.AsUInt16(), left).AsByte();

    /// <summary>Bit <paramref name="bit"/> of each byte, as 16 or 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Bit(Vector256<byte> bytes, int bit) =>
        (bit < 4 ? Vector256.ShiftLeft(bytes.AsUInt16(), 4 - bit) : Vector256.ShiftRightLogical(bytes.AsUInt16(), bit - 4)).AsByte() & Vector256.Create((byte)16);
}
