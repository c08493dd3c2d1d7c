using System.Text;
using ParalegalBot.Inference.Gguf.Format;

namespace ParalegalBot.Tuning.Formats;

/// <summary>Writes GGUF version 3: counts, keys with values, tensor infos, then the numbers, each tensor at a multiple of 32 bytes.</summary>
internal sealed class GgufWriter
{
    private const int Alignment = 32;

    private readonly List<(string Key, object Value)> pairs = [];
    private readonly List<Tensor> tensors = [];

    /// <summary>Sets a key; the value is an <c>int</c> (as unsigned), <c>float</c>, <c>bool</c>, <c>string</c>, or an array of <c>string</c>, <c>float</c> or <c>int</c>.</summary>
    public GgufWriter Set(string key, object value)
    {
        pairs.Add((key, value));
        return this;
    }

    /// <summary>Adds a tensor whose numbers are asked for when its turn to be written comes.</summary>
    public void Add(string name, GgufType type, IReadOnlyList<int> shape, Func<float[]> values) => tensors.Add(new Tensor(name, type, shape, values));

    public void Write(string path) => WholeFile.Write(path, stream =>
    {
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write("GGUF"u8);
        writer.Write(3u);
        writer.Write((ulong)tensors.Count);
        writer.Write((ulong)pairs.Count);
        foreach (var (key, value) in pairs)
        {
            Text(writer, key);
            Value(writer, value);
        }
        var offset = 0L;
        foreach (var tensor in tensors)
        {
            Text(writer, tensor.Name);
            writer.Write((uint)tensor.Shape.Count);
            foreach (var size in tensor.Shape.Reverse()) writer.Write((ulong)size);
            writer.Write((uint)tensor.Type);
            writer.Write((ulong)offset);
            offset += (tensor.Bytes + Alignment - 1) / Alignment * Alignment;
        }
        foreach (var tensor in tensors)
        {
            Pad(writer);
            writer.Write(Quantization.Encode(tensor.Type, tensor.Values()));
        }
        Pad(writer);
    });

    private static void Pad(BinaryWriter writer)
    {
        while (writer.BaseStream.Position % Alignment != 0) writer.Write((byte)0);
    }

    private static void Value(BinaryWriter writer, object value)
    {
        switch (value)
        {
            case int number: writer.Write(4u); writer.Write((uint)number); break;
            case float number: writer.Write(6u); writer.Write(number); break;
            case bool flag: writer.Write(7u); writer.Write(flag); break;
            case string text: writer.Write(8u); Text(writer, text); break;
            case string[] texts: Head(writer, 8, texts.Length); foreach (var text in texts) Text(writer, text); break;
            case float[] numbers: Head(writer, 6, numbers.Length); foreach (var number in numbers) writer.Write(number); break;
            case int[] numbers: Head(writer, 5, numbers.Length); foreach (var number in numbers) writer.Write(number); break;
            default: throw new ArgumentException($"No GGUF value of type {value.GetType().Name}.");
        }
    }

    private static void Head(BinaryWriter writer, uint type, int length)
    {
        writer.Write(9u);
        writer.Write(type);
        writer.Write((ulong)length);
    }

    private static void Text(BinaryWriter writer, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        writer.Write((ulong)bytes.Length);
        writer.Write(bytes);
    }

    /// <summary>Rows first in <paramref name="Shape"/>, as elsewhere; the file has the fastest-running dimension first.</summary>
    private sealed record Tensor(string Name, GgufType Type, IReadOnlyList<int> Shape, Func<float[]> Values)
    {
        public long Bytes => Shape.Aggregate(1L, (product, size) => product * size) / Type.BlockLength * Type.BlockBytes;
    }
}
