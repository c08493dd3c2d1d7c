using System.Text;
using ParalegalBot.Inference.Gguf.Format;

namespace ParalegalBot.Tests.Inference.Gguf;

/// <summary>Writes GGUF v3: header, keys, tensor infos, data aligned to 32.</summary>
internal sealed class GgufWriter
{
    private readonly List<(string Key, object Value)> pairs = [];
    private readonly List<(string Name, long[] Shape, GgufType Type, byte[] Data)> tensors = [];

    public GgufWriter Set(string key, object value)
    {
        pairs.RemoveAll(pair => pair.Key == key);
        pairs.Add((key, value));
        return this;
    }

    public GgufWriter Remove(string key)
    {
        pairs.RemoveAll(pair => pair.Key == key);
        return this;
    }

    /// <summary>Adds a tensor; the first dimension runs fastest.</summary>
    public GgufWriter Add(string name, GgufType type, byte[] data, params long[] shape)
    {
        tensors.Add((name, shape, type, data));
        return this;
    }

    public byte[] ToArray()
    {
        var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
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
        foreach (var (name, shape, type, data) in tensors)
        {
            Text(writer, name);
            writer.Write((uint)shape.Length);
            foreach (var size in shape) writer.Write((ulong)size);
            writer.Write((uint)type);
            writer.Write((ulong)offset);
            offset += (data.Length + 31) / 32 * 32;
        }
        foreach (var (_, _, _, data) in tensors)
        {
            Pad(writer);
            writer.Write(data);
        }
        Pad(writer);
        return stream.ToArray();
    }

    private static void Pad(BinaryWriter writer)
    {
        while (writer.BaseStream.Position % 32 != 0) writer.Write((byte)0);
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
            default: throw new ArgumentException(value.GetType().Name);
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
}
