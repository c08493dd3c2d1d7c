namespace ParalegalBot.Inference.Gguf.Format;

/// <summary>Where a tensor lies.</summary>
/// <param name="Type">How its numbers are stored.</param>
/// <param name="Columns">The fastest-running dimension; a whole number of blocks.</param>
/// <param name="Rows">The product of the other dimensions.</param>
/// <param name="Offset">Bytes from the start of the file.</param>
internal sealed record GgufTensor(GgufType Type, int Columns, int Rows, long Offset)
{
    public long RowBytes => (long)(Columns / Type.BlockLength) * Type.BlockBytes;

    public long Bytes => RowBytes * Rows;
}
