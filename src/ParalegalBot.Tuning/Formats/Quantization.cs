using System.Buffers.Binary;
using System.Runtime.InteropServices;
using ParalegalBot.Inference.Gguf.Format;

namespace ParalegalBot.Tuning.Formats;

/// <summary>Single precision to the storages that we write, with ggml's own rounding (ggml-quants.c), so that the same weights give the same bytes.</summary>
internal static class Quantization
{
    /// <summary>Encodes whole blocks.</summary>
    public static byte[] Encode(GgufType type, ReadOnlySpan<float> values)
    {
        if (type is GgufType.F32) return MemoryMarshal.AsBytes(values).ToArray();
        var bytes = new byte[values.Length / type.BlockLength * type.BlockBytes];
        for (int at = 0, to = 0; at < values.Length; at += type.BlockLength, to += type.BlockBytes)
        {
            var block = bytes.AsSpan(to, type.BlockBytes);
            switch (type)
            {
                case GgufType.F16: BinaryPrimitives.WriteHalfLittleEndian(block, (Half)values[at]); break;
                case GgufType.Q8_0: Bytes(values.Slice(at, 32), block); break;
                case GgufType.Q4_0: Nibbles(values.Slice(at, 32), block); break;
                default: throw new ArgumentOutOfRangeException(nameof(type), type, "Not written.");
            }
        }
        return bytes;
    }

    /// <summary>A half scale, the largest over 127, and 32 signed bytes.</summary>
    private static void Bytes(ReadOnlySpan<float> values, Span<byte> block)
    {
        var largest = 0f;
        foreach (var value in values) largest = MathF.Max(largest, MathF.Abs(value));
        var scale = largest / 127;
        var inverse = scale == 0 ? 0 : 1 / scale;
        BinaryPrimitives.WriteHalfLittleEndian(block, (Half)scale);
        for (var i = 0; i < values.Length; i++) block[2 + i] = (byte)(sbyte)MathF.Round(values[i] * inverse, MidpointRounding.AwayFromZero);
    }

    /// <summary>A half scale, the furthest over −8, and 32 numbers of four bits less 8.</summary>
    private static void Nibbles(ReadOnlySpan<float> values, Span<byte> block)
    {
        var furthest = 0f;
        foreach (var value in values)
            if (MathF.Abs(value) > MathF.Abs(furthest)) furthest = value;
        var scale = furthest / -8;
        var inverse = scale == 0 ? 0 : 1 / scale;
        BinaryPrimitives.WriteHalfLittleEndian(block, (Half)scale);
        for (var i = 0; i < 16; i++)
            block[2 + i] = (byte)(Math.Min(15, (int)(values[i] * inverse + 8.5f)) | (Math.Min(15, (int)(values[i + 16] * inverse + 8.5f)) << 4));
    }
}
