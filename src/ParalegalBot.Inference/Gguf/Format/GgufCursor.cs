using System.Buffers.Binary;
using System.Text;

namespace ParalegalBot.Inference.Gguf.Format;

/// <summary>Reads little-endian values one after another and never past the end; nothing is allocated that the bytes left could not fill.</summary>
internal ref struct GgufCursor(ReadOnlySpan<byte> bytes, string file)
{
    private const int LongestString = 1 << 24;

    private readonly ReadOnlySpan<byte> bytes = bytes;

    public int Position { get; private set; }

    public readonly int Left => bytes.Length - Position;

    public byte Byte() => Take(1)[0];

    public ushort UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    public ulong UInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    public float Single() => BinaryPrimitives.ReadSingleLittleEndian(Take(4));

    public double Double() => BinaryPrimitives.ReadDoubleLittleEndian(Take(8));

    public string String()
    {
        var length = UInt64();
        if (length > LongestString) throw GgufFault.Of(file, $"un texto de su cabecera dice medir {length} bytes");
        return Encoding.UTF8.GetString(Take((int)length));
    }

    /// <summary>A count of things that take at least <paramref name="bytesEach"/> bytes each.</summary>
    public int Count(int bytesEach, string what)
    {
        var count = UInt64();
        if (count > (ulong)(Left / bytesEach)) throw GgufFault.Of(file, $"su cabecera anuncia {count} {what} y el archivo no los puede contener");
        return (int)count;
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > Left) throw GgufFault.Of(file, "está truncado en la cabecera");
        var taken = bytes.Slice(Position, count);
        Position += count;
        return taken;
    }
}
