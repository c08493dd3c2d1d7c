using System.Runtime.InteropServices;
using ParalegalBot.Inference.Gguf.Format;

namespace ParalegalBot.Tests.Inference.Gguf;

/// <summary>
/// Random weights of a given spread in each storage. F32 to Q4_0 are rounded from normal numbers; the K types, which nothing of ours
/// writes, are random blocks whose scales and minima are bounded so that the weights' mean is near nought.
/// </summary>
internal static class RandomWeights
{
    public static byte[] Of(GgufType type, int count, float spread, Random random)
    {
        if (type is GgufType.Q4_K or GgufType.Q5_K or GgufType.Q6_K)
        {
            var blocks = new byte[count / 256 * type.BlockBytes];
            for (var at = 0; at < blocks.Length; at += type.BlockBytes) Superblock(type, blocks.AsSpan(at, type.BlockBytes), spread, random);
            return blocks;
        }
        var values = new float[count];
        for (var i = 0; i < count; i++)
            values[i] = spread * MathF.Sqrt(-2 * MathF.Log(1 - random.NextSingle())) * MathF.Cos(2 * MathF.PI * random.NextSingle());
        return Encode(type, values);
    }

    /// <summary>The values in F32, F16, BF16, Q8_0 or Q4_0.</summary>
    public static byte[] Encode(GgufType type, float[] values) => type switch
    {
        GgufType.F32 => MemoryMarshal.AsBytes(values.AsSpan()).ToArray(),
        GgufType.F16 => MemoryMarshal.AsBytes(values.Select(value => (Half)value).ToArray().AsSpan()).ToArray(),
        GgufType.BF16 => MemoryMarshal.AsBytes(values.Select(value => (ushort)(BitConverter.SingleToUInt32Bits(value) >> 16)).ToArray().AsSpan()).ToArray(),
        GgufType.Q8_0 => [.. values.Chunk(32).SelectMany(group => Group(group, group.Max(MathF.Abs) / 127, q => q))],
        GgufType.Q4_0 => [.. values.Chunk(32).SelectMany(group => Nibbles(group, group.Max(MathF.Abs) / 7.5f))],
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    private static IEnumerable<byte> Group(float[] values, float scale, Func<int, int> store) =>
        [.. BitConverter.GetBytes((Half)scale), .. values.Select(value => (byte)(sbyte)store((int)MathF.Round(scale == 0 ? 0 : value / scale)))];

    private static IEnumerable<byte> Nibbles(float[] values, float scale)
    {
        int Number(int i) => Math.Clamp((int)MathF.Round(scale == 0 ? 0 : values[i] / scale) + 8, 0, 15);
        return [.. BitConverter.GetBytes((Half)scale), .. Enumerable.Range(0, 16).Select(i => (byte)(Number(i) | (Number(i + 16) << 4)))];
    }

    private static void Superblock(GgufType type, Span<byte> block, float spread, Random random)
    {
        random.NextBytes(block);
        if (type is GgufType.Q6_K)
        {
            for (var i = 0; i < 16; i++) block[192 + i] = (byte)(sbyte)(random.Next(20, 64) * (random.Next(2) == 0 ? 1 : -1));
            BitConverter.TryWriteBytes(block[208..], (Half)(spread / 790));
            return;
        }
        // Number · scale less minimum: with the middle number times the scale as minimum, the mean is nought.
        var (middle, ratio) = type is GgufType.Q4_K ? (7.5f, 8f) : (15.5f, 16f);
        var scale = spread / (type is GgufType.Q4_K ? 200 : 400);
        BitConverter.TryWriteBytes(block, (Half)scale);
        BitConverter.TryWriteBytes(block[2..], (Half)(scale * ratio));
        var (scales, minima) = (new int[8], new int[8]);
        for (var g = 0; g < 8; g++) (scales[g], minima[g]) = (random.Next(20, 64), 0);
        for (var g = 0; g < 8; g++) minima[g] = (int)MathF.Round(middle * scales[g] / ratio);
        for (var g = 0; g < 4; g++)
        {
            block[4 + g] = (byte)(scales[g] | (scales[g + 4] >> 4 << 6));
            block[8 + g] = (byte)(minima[g] | (minima[g + 4] >> 4 << 6));
            block[12 + g] = (byte)((scales[g + 4] & 15) | ((minima[g + 4] & 15) << 4));
        }
    }
}
