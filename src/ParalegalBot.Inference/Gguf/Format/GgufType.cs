namespace ParalegalBot.Inference.Gguf.Format;

/// <summary>How a tensor's numbers are stored; the values are those of the GGUF specification (ggml_type).</summary>
internal enum GgufType
{
    F32 = 0,
    F16 = 1,

    /// <summary>Blocks of 32: a half-precision scale and 4-bit numbers less 8.</summary>
    Q4_0 = 2,

    /// <summary>Blocks of 32: a half-precision scale and signed bytes.</summary>
    Q8_0 = 8,

    /// <summary>Blocks of 256 in 8 groups: 4-bit numbers, a 6-bit scale and a 6-bit minimum a group.</summary>
    Q4_K = 12,

    /// <summary>As <see cref="Q4_K"/> with a fifth bit.</summary>
    Q5_K = 13,

    /// <summary>Blocks of 256 in 16 groups: 6-bit numbers less 32, a signed byte as scale a group.</summary>
    Q6_K = 14,
    BF16 = 30,
}

/// <summary>Block sizes.</summary>
internal static class GgufTypes
{
    /// <summary>Numbers in a group of the types whose scales stand for 32 numbers.</summary>
    public const int Group = 32;

    /// <summary>Numbers in a block of the K types.</summary>
    public const int Superblock = 256;

    extension(GgufType type)
    {
        /// <summary>Whether this engine computes with the type.</summary>
        public bool IsKnown => type is GgufType.F32 or GgufType.F16 or GgufType.BF16 or GgufType.Q4_0 or GgufType.Q8_0
            or GgufType.Q4_K or GgufType.Q5_K or GgufType.Q6_K;

        /// <summary>Numbers in a block.</summary>
        public int BlockLength => type switch
        {
            GgufType.F32 or GgufType.F16 or GgufType.BF16 => 1,
            GgufType.Q4_0 or GgufType.Q8_0 => Group,
            _ => Superblock,
        };

        /// <summary>Bytes in a block.</summary>
        public int BlockBytes => type switch
        {
            GgufType.F32 => 4,
            GgufType.F16 or GgufType.BF16 => 2,
            GgufType.Q4_0 => 18,
            GgufType.Q8_0 => 34,
            GgufType.Q4_K => 144,
            GgufType.Q5_K => 176,
            GgufType.Q6_K => 210,
            _ => throw new ArgumentOutOfRangeException(nameof(type), type, "No block size."),
        };
    }
}
