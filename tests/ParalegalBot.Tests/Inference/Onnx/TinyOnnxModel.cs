using System.Text;

namespace ParalegalBot.Tests.Inference.Onnx;

/// <summary>Writes ONNX models of a node or three as the bytes of their protocol buffer.</summary>
internal static class TinyOnnxModel
{
    private const int Float = 1, Int64 = 7;

    /// <summary>A cross-encoder: the logit is a constant less the largest token id. So whatever holds a word beyond the constant in the vocabulary is not entailed.</summary>
    public static byte[] Write(float constant) => Model(
    [
        .. Message(1, Node("Cast", ["input_ids"], "ids", Integer("to", Float))),
        .. Message(1, Node("ReduceMax", ["ids"], "largest", [.. Integers("axes", 1), .. Integer("keepdims", 1)])),
        .. Message(1, Node("Sub", ["constant", "largest"], "logits", [])),
        .. Text(2, "tiny"),
        .. Message(5, [.. Number(1, 1), .. Number(2, Float), .. Packed(4, BitConverter.GetBytes(constant)), .. Text(8, "constant")]),
        .. Message(11, Value("input_ids", Int64, 1, "n")),
        .. Message(12, Value("logits", Float, 1, 1)),
    ]);

    /// <summary>A sentence encoder: a token's vector is all nought but for <paramref name="weight"/> at its id. So a sentence's says how often each word is in it.</summary>
    public static byte[] WriteEncoder(int words, float weight) => Model(
    [
        .. Message(1, Node("Gather", ["table", "input_ids"], "last_hidden_state", [])),
        .. Text(2, "tiny"),
        .. Message(5,
        [
            .. Number(1, words), .. Number(1, words), .. Number(2, Float), .. Text(8, "table"),
            .. Packed(4, [.. Enumerable.Range(0, words * words).SelectMany(at => BitConverter.GetBytes(at / words == at % words ? weight : 0f))]),
        ]),
        .. Message(11, Value("input_ids", Int64, "b", "n")),
        .. Message(11, Value("attention_mask", Int64, "b", "n")),
        .. Message(12, Value("last_hidden_state", Float, "b", "n", words)),
    ]);

    /// <summary>A SentencePiece model (unigram): the pieces after &lt;unk&gt; &lt;s&gt; &lt;/s&gt;, the first the likeliest.</summary>
    public static byte[] WritePieces(params string[] pieces) =>
    [
        .. Message(1, [.. Text(1, "<unk>"), .. Number(3, 2)]), .. Message(1, [.. Text(1, "<s>"), .. Number(3, 3)]), .. Message(1, [.. Text(1, "</s>"), .. Number(3, 3)]),
        .. pieces.SelectMany((piece, i) => Message(1, [.. Text(1, piece), (2 << 3) | 5, .. BitConverter.GetBytes(-1f - i)])),
        .. Message(2, Number(3, 1)),
        .. Message(3, Number(3, 1)),
    ];

    private static byte[] Model(byte[] graph) => [.. Number(1, 7), .. Message(7, graph), .. Message(8, [.. Text(1, ""), .. Number(2, 11)])];

    private static byte[] Node(string operation, string[] inputs, string output, byte[] attributes) => [.. inputs.SelectMany(input => Text(1, input)), .. Text(2, output), .. Text(4, operation), .. attributes];

    private static byte[] Integer(string name, long value) => Message(5, [.. Text(1, name), .. Number(3, value), .. Number(20, 2)]);

    private static byte[] Integers(string name, long value) => Message(5, [.. Text(1, name), .. Number(8, value), .. Number(20, 7)]);

    /// <summary>A tensor's type and shape; a length is a number or the name of one that is free.</summary>
    private static byte[] Value(string name, int type, params object[] shape) =>
        [.. Text(1, name), .. Message(2, Message(1, [.. Number(1, type), .. Message(2, [.. shape.SelectMany(length => Message(1, length is int fixedTo ? Number(1, fixedTo) : Text(2, (string)length)))])]))];

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
