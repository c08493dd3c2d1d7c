using System.Text;

namespace ParalegalBot.Tests.Inference.Onnx;

/// <summary>
/// Writes a cross-encoder of three nodes as the bytes of its protocol buffer: the logit is a constant less the largest token id. So whatever holds a word beyond the constant in
/// the vocabulary is not entailed.
/// </summary>
internal static class TinyOnnxModel
{
    private const int Float = 1, Int64 = 7;

    public static byte[] Write(float constant) => [.. Number(1, 7), .. Message(7, Graph(constant)), .. Message(8, [.. Text(1, ""), .. Number(2, 11)])];

    private static byte[] Graph(float constant) =>
    [
        .. Message(1, Node("Cast", ["input_ids"], "ids", Integer("to", Float))),
        .. Message(1, Node("ReduceMax", ["ids"], "largest", [.. Integers("axes", 1), .. Integer("keepdims", 1)])),
        .. Message(1, Node("Sub", ["constant", "largest"], "logits", [])),
        .. Text(2, "tiny"),
        .. Message(5, [.. Number(1, 1), .. Number(2, Float), .. Packed(4, BitConverter.GetBytes(constant)), .. Text(8, "constant")]),
        .. Message(11, Value("input_ids", Int64, "n")),
        .. Message(12, Value("logits", Float, null)),
    ];

    private static byte[] Node(string operation, string[] inputs, string output, byte[] attributes) => [.. inputs.SelectMany(input => Text(1, input)), .. Text(2, output), .. Text(4, operation), .. attributes];

    private static byte[] Integer(string name, long value) => Message(5, [.. Text(1, name), .. Number(3, value), .. Number(20, 2)]);

    private static byte[] Integers(string name, long value) => Message(5, [.. Text(1, name), .. Number(8, value), .. Number(20, 7)]);

    /// <summary>One row of named length, or of one value.</summary>
    private static byte[] Value(string name, int type, string? length) =>
        [.. Text(1, name), .. Message(2, Message(1, [.. Number(1, type), .. Message(2, [.. Message(1, Number(1, 1)), .. Message(1, length is null ? Number(1, 1) : Text(2, length))])]))];

    private static byte[] Message(int field, byte[] content) => [.. Varint((ulong)((field << 3) | 2)), .. Varint((ulong)content.Length), .. content];

    private static byte[] Text(int field, string text) => Message(field, Encoding.UTF8.GetBytes(text));

    private static byte[] Packed(int field, byte[] content) => Message(field, content);

    private static byte[] Number(int field, long value) => [.. Varint((ulong)(field << 3)), .. Varint((ulong)value)];

    private static IEnumerable<byte> Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7) yield return (byte)(value | 0x80);
        yield return (byte)value;
    }
}
