using ParalegalBot.Inference.Gguf.Format;

namespace ParalegalBot.Inference.Gguf.Kernels;

/// <summary>
/// Stored numbers to single precision, plainly: for the rows of the embedding table, and as the definition that the fast kernels are tested
/// against. Block layouts: ggml's ggml-common.h.
/// </summary>
internal static unsafe class Dequantization
{
    /// <summary>Dequantises a row.</summary>
    /// <param name="type">How it is stored.</param>
    /// <param name="data">Its first block.</param>
    /// <param name="values">[columns], a whole number of blocks.</param>
    public static void Row(GgufType type, byte* data, Span<float> values)
    {
        switch (type)
        {
            case GgufType.F32: new ReadOnlySpan<float>(data, values.Length).CopyTo(values); return;
            case GgufType.F16: HalfFloats.Widen((Half*)data, values); return;
            case GgufType.BF16: HalfFloats.WidenBrain((ushort*)data, values); return;
        }
        for (var at = 0; at < values.Length; at += type.BlockLength, data += type.BlockBytes)
        {
            var block = values.Slice(at, type.BlockLength);
            switch (type)
            {
                case GgufType.Q8_0: Q8(data, block); break;
                case GgufType.Q4_0: Q4(data, block); break;
                case GgufType.Q4_K: Q4K(data, block); break;
                case GgufType.Q5_K: Q5K(data, block); break;
                case GgufType.Q6_K: Q6K(data, block); break;
            }
        }
    }

    private static void Q8(byte* block, Span<float> values)
    {
        var scale = HalfFloats.Half(block);
        for (var i = 0; i < 32; i++) values[i] = scale * (sbyte)block[2 + i];
    }

    private static void Q4(byte* block, Span<float> values)
    {
        var scale = HalfFloats.Half(block);
        for (var i = 0; i < 16; i++)
        {
            values[i] = scale * ((block[2 + i] & 15) - 8);
            values[i + 16] = scale * ((block[2 + i] >> 4) - 8);
        }
    }

    /// <summary>Half scale, half minimum, 12 bytes of 6-bit scales and minima, 128 bytes of nibbles.</summary>
    private static void Q4K(byte* block, Span<float> values)
    {
        var (scale, minimum) = (HalfFloats.Half(block), HalfFloats.Half(block + 2));
        for (var group = 0; group < 8; group++)
        {
            var (s, m) = SixBits(block + 4, group);
            var nibbles = block + 16 + group / 2 * 32;
            for (var i = 0; i < 32; i++) values[group * 32 + i] = scale * s * ((nibbles[i] >> (group % 2 * 4)) & 15) - minimum * m;
        }
    }

    /// <summary>As Q4_K, with 32 bytes of fifth bits before the nibbles: bit g of byte i belongs to number i of group g.</summary>
    private static void Q5K(byte* block, Span<float> values)
    {
        var (scale, minimum) = (HalfFloats.Half(block), HalfFloats.Half(block + 2));
        for (var group = 0; group < 8; group++)
        {
            var (s, m) = SixBits(block + 4, group);
            var nibbles = block + 48 + group / 2 * 32;
            for (var i = 0; i < 32; i++)
            {
                var number = ((nibbles[i] >> (group % 2 * 4)) & 15) | (((block[16 + i] >> group) & 1) << 4);
                values[group * 32 + i] = scale * s * number - minimum * m;
            }
        }
    }

    /// <summary>128 bytes of nibbles, 64 bytes of upper bit pairs, 16 signed scales, half scale. Each half of the block interleaves four runs of 32.</summary>
    private static void Q6K(byte* block, Span<float> values)
    {
        var scale = HalfFloats.Half(block + 208);
        for (var i = 0; i < 256; i++)
        {
            var (half, run, at) = (i / 128, i / 32 % 4, i % 32);
            var low = (block[half * 64 + run % 2 * 32 + at] >> (run / 2 * 4)) & 15;
            var high = (block[128 + half * 32 + at] >> (run * 2)) & 3;
            values[i] = scale * (sbyte)block[192 + i / 16] * ((low | (high << 4)) - 32);
        }
    }

    /// <summary>The scale and minimum of a group, out of 12 bytes: groups 0 to 3 whole in bytes 0 to 7, groups 4 to 7 split between bytes 8 to 11 and the upper bits.</summary>
    private static (int Scale, int Minimum) SixBits(byte* packed, int group) => group < 4
        ? (packed[group] & 63, packed[group + 4] & 63)
        : ((packed[group + 4] & 15) | (packed[group - 4] >> 6 << 4), (packed[group + 4] >> 4) | (packed[group] >> 6 << 4));
}
