using ParalegalBot.Inference.Gguf.Format;
using ParalegalBot.Inference.Gguf.Kernels;

namespace ParalegalBot.Inference.Gguf.Model;

/// <summary>All weights of a model, found by llama.cpp's tensor names and held to the shapes that the parameters ask for.</summary>
internal sealed class LlamaWeights
{
    private readonly GgufFile file;

    public LlamaWeights(GgufFile file, LlamaParameters shape, int tokens)
    {
        this.file = file;
        Embedding = Matrix("token_embd.weight", tokens, shape.Width);
        OutputNorm = Vector("output_norm.weight", shape.Width);
        Output = file.Header.Tensors.ContainsKey("output.weight") ? Matrix("output.weight", tokens, shape.Width) : Embedding;
        RotaryFactors = Optional("rope_freqs.weight", shape.HeadSize / 2);
        Layers = [.. Enumerable.Range(0, shape.Layers).Select(i => Layer($"blk.{i}.", shape))];
    }

    /// <summary>[tokens × W].</summary>
    public WeightMatrix Embedding { get; }

    /// <summary>[W].</summary>
    public float[] OutputNorm { get; }

    /// <summary>[tokens × W]; the embedding itself where the file has no other (tied).</summary>
    public WeightMatrix Output { get; }

    /// <summary>[d / 2], or empty.</summary>
    public float[] RotaryFactors { get; }

    public LlamaLayer[] Layers { get; }

    private LlamaLayer Layer(string prefix, LlamaParameters shape) => new(
        Vector(prefix + "attn_norm.weight", shape.Width),
        Projection(prefix + "attn_q", shape.Heads * shape.HeadSize, shape.Width),
        Projection(prefix + "attn_k", shape.KeyWidth, shape.Width),
        Projection(prefix + "attn_v", shape.KeyWidth, shape.Width),
        Projection(prefix + "attn_output", shape.Width, shape.Heads * shape.HeadSize),
        Vector(prefix + "ffn_norm.weight", shape.Width),
        Projection(prefix + "ffn_gate", shape.FeedForward, shape.Width),
        Projection(prefix + "ffn_up", shape.FeedForward, shape.Width),
        Projection(prefix + "ffn_down", shape.Width, shape.FeedForward));

    private Projection Projection(string name, int rows, int columns) => new(Matrix(name + ".weight", rows, columns), Optional(name + ".bias", rows));

    private unsafe WeightMatrix Matrix(string name, int rows, int columns) => new(Find(name, rows, columns), file.Data(Find(name, rows, columns)));

    private float[] Optional(string name, int length) => file.Header.Tensors.ContainsKey(name) ? Vector(name, length) : [];

    private float[] Vector(string name, int length)
    {
        var values = new float[length];
        Matrix(name, 1, length).Dequantize(0, values);
        return values;
    }

    private GgufTensor Find(string name, int rows, int columns)
    {
        if (!file.Header.Tensors.TryGetValue(name, out var tensor)) throw GgufFault.Of(file.Name, $"le falta el tensor {name}");
        return tensor.Rows == rows && tensor.Columns == columns
            ? tensor
            : throw GgufFault.Of(file.Name, $"el tensor {name} mide {tensor.Rows} × {tensor.Columns} y debe medir {rows} × {columns}");
    }
}
