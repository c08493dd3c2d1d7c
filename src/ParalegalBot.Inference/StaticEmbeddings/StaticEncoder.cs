using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;

namespace ParalegalBot.Inference.StaticEmbeddings;

/// <summary>
/// A small dense encoder without a neural network: a text's vector is the normalised sum of its features' vectors, kept as int8 with a scale
/// per row. The file is trained by <c>tune encoder</c>; it opens with a magic, a version, its name and shape.
/// </summary>
public sealed class StaticEncoder
{
    private const string Magic = "PBSE";
    private const int Version = 1;

    private readonly Dictionary<string, int> stems;
    private readonly sbyte[] table;
    private readonly float[] scales;

    /// <summary>An encoder over a table of <c>(stems + buckets) × dimensions</c> values.</summary>
    public StaticEncoder(string name, int dimensions, int buckets, IReadOnlyList<string> stems, sbyte[] table, float[] scales)
    {
        if (dimensions % Vector<float>.Count != 0) throw new ArgumentException($"Dimensions must be a multiple of {Vector<float>.Count}.", nameof(dimensions));
        (Name, Dimensions, Buckets, this.table, this.scales) = (name, dimensions, buckets, table, scales);
        this.stems = new Dictionary<string, int>(stems.Count, StringComparer.Ordinal);
        for (var i = 0; i < stems.Count; i++) this.stems[stems[i]] = i;
    }

    /// <summary>Name and version of the encoder; a store refuses vectors of another one.</summary>
    public string Name { get; }

    /// <summary>Length of a vector.</summary>
    public int Dimensions { get; }

    /// <summary>Number of hashed n-gram rows.</summary>
    public int Buckets { get; }

    /// <summary>Writes the unit vector of a text; all zeros where nothing of it is known.</summary>
    public void Encode(string text, Span<float> vector)
    {
        var rows = Rows ??= new List<int>(256);
        rows.Clear();
        TextFeatures.Append(text, stems, Buckets, rows);
        vector.Clear();
        var sums = MemoryMarshal.Cast<float, Vector<float>>(vector);
        foreach (var row in rows) Add(row, sums);
        Normalize(vector);
    }

    [ThreadStatic] private static List<int>? Rows;

    /// <summary>Adds one row of the table, widened from int8.</summary>
    private void Add(int row, Span<Vector<float>> sums)
    {
        var scale = new Vector<float>(scales[row]);
        var bytes = MemoryMarshal.Cast<sbyte, Vector<sbyte>>(table.AsSpan(row * Dimensions, Dimensions));
        var place = 0;
        foreach (var block in bytes)
        {
            Vector.Widen(block, out var low, out var high);
            Vector.Widen(low, out var first, out var second);
            Vector.Widen(high, out var third, out var fourth);
            sums[place++] += Vector.ConvertToSingle(first) * scale;
            sums[place++] += Vector.ConvertToSingle(second) * scale;
            sums[place++] += Vector.ConvertToSingle(third) * scale;
            sums[place++] += Vector.ConvertToSingle(fourth) * scale;
        }
    }

    private static void Normalize(Span<float> vector)
    {
        var norm = System.Numerics.Tensors.TensorPrimitives.Norm(vector);
        if (norm > 0) System.Numerics.Tensors.TensorPrimitives.Divide(vector, norm, vector);
    }

    /// <summary>Writes the file.</summary>
    public void Save(Stream stream)
    {
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write(Encoding.ASCII.GetBytes(Magic));
        writer.Write(Version);
        writer.Write(Name);
        writer.Write(Dimensions);
        writer.Write(Buckets);
        writer.Write(stems.Count);
        foreach (var (stem, _) in stems.OrderBy(pair => pair.Value)) writer.Write(stem);
        writer.Write(MemoryMarshal.AsBytes(scales.AsSpan()));
        writer.Write(MemoryMarshal.AsBytes(table.AsSpan()));
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="ParalegalBotException">It is missing, cut off, or of another form.</exception>
    public static StaticEncoder Load(string path)
    {
        try
        {
            using var reader = new BinaryReader(new MemoryStream(File.ReadAllBytes(path)), Encoding.UTF8);
            if (Encoding.ASCII.GetString(reader.ReadBytes(4)) != Magic || reader.ReadInt32() != Version) throw new InvalidDataException("magic");
            var name = reader.ReadString();
            var (dimensions, buckets, count) = (reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32());
            if (dimensions is < 32 or > 1024 || dimensions % 32 != 0 || buckets is < 1 or > 10_000_000 || count is < 0 or > 10_000_000) throw new InvalidDataException("shape");
            var stems = new string[count];
            for (var i = 0; i < count; i++) stems[i] = reader.ReadString();
            var scales = new float[count + buckets];
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(scales.AsSpan()));
            var table = new sbyte[checked((count + buckets) * dimensions)];
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(table.AsSpan()));
            return new StaticEncoder(name, dimensions, buckets, stems, table, scales);
        }
        catch (Exception cause) when (cause is IOException or InvalidDataException or UnauthorizedAccessException or OverflowException)
        {
            throw new ParalegalBotException($"No pude leer el codificador «{path}»; reinstale la carpeta manifests/models o señale otro en Embeddings:ModelPath.", cause);
        }
    }
}
