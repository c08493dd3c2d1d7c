namespace ParalegalBot.Inference.Gguf.Format;

/// <summary>
/// The header of a GGUF v3 file: magic, version, counts, keys with values, then name, shape, type and place of each tensor.
/// Layout: the GGUF specification in the ggml repository (docs/gguf.md). Every number is distrusted until it is proved to fit the file.
/// </summary>
internal sealed class GgufHeader
{
    private const uint Magic = 0x46554747; // "GGUF", little-endian
    private const int SmallestPair = 8 + 4 + 1;
    private const int SmallestTensor = 8 + 4 + 8 + 4 + 8;

    private GgufHeader(GgufMetadata metadata, Dictionary<string, GgufTensor> tensors) => (Metadata, Tensors) = (metadata, tensors);

    public GgufMetadata Metadata { get; }

    public IReadOnlyDictionary<string, GgufTensor> Tensors { get; }

    /// <summary>Reads the header out of a file's first bytes.</summary>
    /// <param name="bytes">The file, or its first two gibibytes.</param>
    /// <param name="fileLength">Bytes of the whole file.</param>
    /// <param name="file">Its name, for messages.</param>
    public static GgufHeader Read(ReadOnlySpan<byte> bytes, long fileLength, string file)
    {
        var cursor = new GgufCursor(bytes, file);
        if (cursor.Left < 4 || cursor.UInt32() != Magic) throw GgufFault.Of(file, "no es un archivo GGUF");
        var version = cursor.UInt32();
        if (version != 3) throw GgufFault.Of(file, $"es GGUF de la versión {version} y aquí se lee la 3");
        var tensorCount = cursor.Count(SmallestTensor, "tensores");
        var pairCount = cursor.Count(SmallestPair, "datos");
        var metadata = new GgufMetadata(file);
        for (var i = 0; i < pairCount; i++)
        {
            var key = cursor.String();
            if (!metadata.TryAdd(key, Value(ref cursor, cursor.UInt32(), key, file))) throw GgufFault.Of(file, $"{key} está dos veces");
        }
        return new GgufHeader(metadata, TensorsOf(ref cursor, tensorCount, metadata, fileLength, file));
    }

    private static object Value(ref GgufCursor cursor, uint type, string key, string file) => type switch
    {
        0 => (long)cursor.Byte(),
        1 => (long)(sbyte)cursor.Byte(),
        2 => (long)cursor.UInt16(),
        3 => (long)(short)cursor.UInt16(),
        4 => (long)cursor.UInt32(),
        5 => (long)(int)cursor.UInt32(),
        6 => (double)cursor.Single(),
        7 => cursor.Byte() != 0,
        8 => cursor.String(),
        9 => Array(ref cursor, key, file),
        10 or 11 => (long)cursor.UInt64(),
        12 => cursor.Double(),
        _ => throw GgufFault.Of(file, $"{key} es de un tipo desconocido ({type})"),
    };

    private static object Array(ref GgufCursor cursor, string key, string file)
    {
        var type = cursor.UInt32();
        if (type == 8)
        {
            var texts = new string[cursor.Count(8, "textos")];
            for (var i = 0; i < texts.Length; i++) texts[i] = cursor.String();
            return texts;
        }
        if (type == 6)
        {
            var floats = new float[cursor.Count(4, "números")];
            for (var i = 0; i < floats.Length; i++) floats[i] = cursor.Single();
            return floats;
        }
        var width = type switch { 0 or 1 or 7 => 1, 2 or 3 => 2, 4 or 5 => 4, 10 or 11 => 8, _ => throw GgufFault.Of(file, $"{key} es una lista de un tipo desconocido ({type})") };
        var integers = new long[cursor.Count(width, "números")];
        for (var i = 0; i < integers.Length; i++)
            integers[i] = type is 7 ? cursor.Byte() : (long)Value(ref cursor, type, key, file);
        return integers;
    }

    private static Dictionary<string, GgufTensor> TensorsOf(ref GgufCursor cursor, int count, GgufMetadata metadata, long fileLength, string file)
    {
        var alignment = metadata.Count("general.alignment", 8, 1 << 20, 32);
        if (alignment % 8 != 0) throw GgufFault.Of(file, $"general.alignment es {alignment} y debe ser múltiplo de 8");
        var infos = new List<(string Name, GgufType Type, int Columns, long Rows, ulong Offset)>();
        for (var i = 0; i < count; i++)
        {
            var name = cursor.String();
            var (columns, rows) = Shape(ref cursor, name, file);
            var type = (GgufType)cursor.UInt32();
            if (!type.IsKnown) throw GgufFault.Of(file, $"el tensor {name} usa la cuantización {(int)type}, que este motor no conoce (sí F32, F16, BF16, Q4_0, Q8_0, Q4_K, Q5_K y Q6_K)");
            if (columns % type.BlockLength != 0) throw GgufFault.Of(file, $"el tensor {name} no mide bloques enteros de {type}");
            infos.Add((name, type, columns, rows, cursor.UInt64()));
        }
        var start = ((long)cursor.Position + alignment - 1) / alignment * alignment;
        var tensors = new Dictionary<string, GgufTensor>(StringComparer.Ordinal);
        foreach (var (name, type, columns, rows, offset) in infos)
        {
            var left = fileLength - start;
            if (offset % (ulong)alignment != 0) throw GgufFault.Of(file, $"el tensor {name} está fuera de lugar");
            // Rows are at most 2^31 and a row at most 2^33 bytes, so the product fits 64 bits.
            if (left < 0 || offset > (ulong)left || new GgufTensor(type, columns, (int)rows, 0).Bytes > left - (long)offset)
                throw GgufFault.Of(file, $"está truncado: le falta el tensor {name}");
            if (!tensors.TryAdd(name, new GgufTensor(type, columns, (int)rows, start + (long)offset))) throw GgufFault.Of(file, $"el tensor {name} está dos veces");
        }
        return tensors;
    }

    private static (int Columns, long Rows) Shape(ref GgufCursor cursor, string name, string file)
    {
        var dimensions = cursor.UInt32();
        if (dimensions is 0 or > 4) throw GgufFault.Of(file, $"el tensor {name} tiene {dimensions} dimensiones");
        var (columns, rows) = (cursor.UInt64(), 1UL);
        if (columns is 0 or > int.MaxValue) throw GgufFault.Of(file, $"el tensor {name} mide {columns} columnas");
        for (var i = 1; i < dimensions; i++)
        {
            var size = cursor.UInt64();
            if (size is 0 or > int.MaxValue || rows * size > int.MaxValue) throw GgufFault.Of(file, $"el tensor {name} es demasiado grande");
            rows *= size;
        }
        return ((int)columns, (long)rows);
    }
}
