using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using ParalegalBot.Inference.Gguf.Kernels;
using ParalegalBot.Tuning.Training.Matrices;

namespace ParalegalBot.Tuning.Formats;

/// <summary>
/// Tensors by name: eight bytes of length, a JSON header with type, shape and place of each, then the numbers (the safetensors specification).
/// Every number of the header is distrusted until it is proved to fit the file. F32, F16 and BF16 are read; F32 is written.
/// </summary>
internal sealed class SafetensorsFile : IDisposable
{
    private const long LongestHeader = 100_000_000;

    private readonly FileStream stream;
    private readonly Dictionary<string, Entry> entries = new(StringComparer.Ordinal);
    private readonly long start;

    private SafetensorsFile(string path)
    {
        Path = path;
        stream = File.OpenRead(path);
        try
        {
            var prefix = new byte[8];
            if (stream.ReadAtLeast(prefix, 8, throwOnEndOfStream: false) < 8) throw Fault("está truncado");
            var length = BinaryPrimitives.ReadInt64LittleEndian(prefix);
            if (length is < 2 or > LongestHeader || length > stream.Length - 8) throw Fault($"su cabecera dice medir {length} bytes");
            var header = new byte[length];
            stream.ReadExactly(header);
            start = 8 + length;
            using var document = JsonDocument.Parse(header);
            foreach (var property in document.RootElement.EnumerateObject())
                if (property.Name != "__metadata__") entries[property.Name] = Read(property.Name, property.Value);
        }
        catch (Exception cause) when (cause is JsonException or InvalidOperationException or FormatException or KeyNotFoundException or IndexOutOfRangeException)
        {
            stream.Dispose();
            throw Fault("su cabecera no es válida", cause);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    public string Path { get; }

    public IReadOnlyCollection<string> Names => entries.Keys;

    /// <summary>Opens a file.</summary>
    /// <exception cref="ParalegalBotException">It is missing or damaged.</exception>
    public static SafetensorsFile Open(string path) =>
        File.Exists(path) ? new SafetensorsFile(path) : throw new ParalegalBotException($"No encontré «{path}»; se necesita el archivo con los pesos.");

    public IReadOnlyList<int> Shape(string name) => Find(name).Shape;

    /// <summary>A tensor as a matrix; a vector is one row.</summary>
    public Matrix ReadMatrix(string name)
    {
        var entry = Find(name);
        var (rows, columns) = entry.Shape.Count switch
        {
            1 => (1, entry.Shape[0]),
            2 => (entry.Shape[0], entry.Shape[1]),
            _ => throw Fault($"el tensor {name} tiene {entry.Shape.Count} dimensiones"),
        };
        var matrix = new Matrix(rows, columns);
        Read(name, matrix.Values);
        return matrix;
    }

    /// <summary>Reads a tensor into place; its size must be that of <paramref name="values"/>.</summary>
    public unsafe void Read(string name, Span<float> values)
    {
        var entry = Find(name);
        if (entry.Count != values.Length) throw Fault($"el tensor {name} mide {string.Join(" × ", entry.Shape)} y se esperaban {values.Length} números");
        stream.Position = start + entry.From;
        if (entry.Type == "F32")
        {
            stream.ReadExactly(MemoryMarshal.AsBytes(values));
            return;
        }
        var halves = new ushort[values.Length];
        stream.ReadExactly(MemoryMarshal.AsBytes(halves.AsSpan()));
        fixed (ushort* first = halves)
        {
            if (entry.Type == "BF16") HalfFloats.WidenBrain(first, values);
            else HalfFloats.Widen((Half*)first, values);
        }
    }

    public void Dispose() => stream.Dispose();

    /// <summary>Writes tensors in single precision.</summary>
    public static void Write(string path, IReadOnlyList<(string Name, IReadOnlyList<int> Shape, Matrix Values)> tensors) => WholeFile.Write(path, stream =>
    {
        var header = new Dictionary<string, object> { ["__metadata__"] = new { format = "pt" } };
        var offset = 0L;
        foreach (var (name, shape, values) in tensors)
        {
            var bytes = (long)values.Values.Length * sizeof(float);
            header[name] = new { dtype = "F32", shape, data_offsets = new[] { offset, offset + bytes } };
            offset += bytes;
        }
        var json = JsonSerializer.SerializeToUtf8Bytes(header);
        // The data begin at a multiple of eight.
        var padded = (json.Length + 7) / 8 * 8;
        var prefix = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(prefix, padded);
        stream.Write(prefix);
        stream.Write(json);
        for (var i = json.Length; i < padded; i++) stream.WriteByte((byte)' ');
        foreach (var (_, _, values) in tensors) stream.Write(MemoryMarshal.AsBytes(values.Values));
    });

    private Entry Read(string name, JsonElement element)
    {
        var type = element.GetProperty("dtype").GetString()!;
        int[] shape = [.. element.GetProperty("shape").EnumerateArray().Select(size => size.GetInt32())];
        var offsets = element.GetProperty("data_offsets");
        var (from, to) = (offsets[0].GetInt64(), offsets[1].GetInt64());
        var width = type switch { "F32" => 4, "F16" or "BF16" => 2, _ => throw Fault($"el tensor {name} es de tipo {type} y se conocen F32, F16 y BF16") };
        var count = 1L;
        foreach (var size in shape)
        {
            if (size < 1 || count > int.MaxValue / size) throw Fault($"el tensor {name} tiene una dimensión de {size}");
            count *= size;
        }
        if (from < 0 || to - from != count * width || to > stream.Length - start) throw Fault($"el tensor {name} no cabe en el archivo; está truncado o dañado");
        return new Entry(type, shape, from, (int)count);
    }

    private Entry Find(string name) => entries.TryGetValue(name, out var entry) ? entry : throw Fault($"le falta el tensor {name}");

    private ParalegalBotException Fault(string fault, Exception? cause = null) =>
        new($"No se puede usar «{Path}»: {fault}; vuelva a copiarlo o a exportarlo completo.", cause ?? new InvalidDataException(fault));

    private sealed record Entry(string Type, IReadOnlyList<int> Shape, long From, int Count);
}
