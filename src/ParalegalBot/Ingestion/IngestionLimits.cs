namespace ParalegalBot.Ingestion;

/// <summary>What a source file may cost before it is refused.</summary>
public sealed record IngestionLimits
{
    /// <summary>Limits that every federal law stays far below.</summary>
    public static IngestionLimits Default { get; } = new();

    /// <summary>Largest file, in bytes; default 64 MiB.</summary>
    public long MaxFileBytes { get; init; } = 64L << 20;

    /// <summary>Largest total of a DOCX once unpacked, in bytes; default 512 MiB.</summary>
    public long MaxUnpackedBytes { get; init; } = 512L << 20;

    /// <summary>How many times larger than packed one part of a DOCX may be; default 300. Parts under 1 MiB are not judged.</summary>
    public int MaxPackingRatio { get; init; } = 300;

    /// <summary>Most pages of a PDF; default 5,000.</summary>
    public int MaxPages { get; init; } = 5_000;
}
