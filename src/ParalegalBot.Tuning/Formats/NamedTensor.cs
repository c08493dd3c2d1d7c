using ParalegalBot.Tuning.Training;

namespace ParalegalBot.Tuning.Formats;

/// <summary>A tensor under both names, its shape, and the heads whose rows llama.cpp orders in its own way.</summary>
/// <param name="HuggingFace">Name in safetensors.</param>
/// <param name="Gguf">Name in GGUF.</param>
/// <param name="Rows">Output features; 1 for a vector.</param>
/// <param name="Columns">Input features.</param>
/// <param name="RotatedHeads">Heads of a query or key matrix; 0 for the others.</param>
internal sealed record NamedTensor(string HuggingFace, string Gguf, int Rows, int Columns, int RotatedHeads = 0)
{
    public bool IsVector => Rows == 1;

    /// <summary>All tensors of a model.</summary>
    public static IEnumerable<NamedTensor> Of(LlamaShape shape)
    {
        var (queryWidth, keyWidth) = (shape.Heads * shape.HeadSize, shape.KeyHeads * shape.HeadSize);
        yield return new("model.embed_tokens.weight", "token_embd.weight", shape.Vocabulary, shape.Width);
        for (var i = 0; i < shape.Layers; i++)
        {
            var (from, to) = ($"model.layers.{i}.", $"blk.{i}.");
            yield return new(from + "input_layernorm.weight", to + "attn_norm.weight", 1, shape.Width);
            yield return new(from + "post_attention_layernorm.weight", to + "ffn_norm.weight", 1, shape.Width);
            yield return new(from + "self_attn.q_proj.weight", to + "attn_q.weight", queryWidth, shape.Width, shape.Heads);
            yield return new(from + "self_attn.k_proj.weight", to + "attn_k.weight", keyWidth, shape.Width, shape.KeyHeads);
            yield return new(from + "self_attn.v_proj.weight", to + "attn_v.weight", keyWidth, shape.Width);
            yield return new(from + "self_attn.o_proj.weight", to + "attn_output.weight", shape.Width, queryWidth);
            yield return new(from + "mlp.gate_proj.weight", to + "ffn_gate.weight", shape.FeedForward, shape.Width);
            yield return new(from + "mlp.up_proj.weight", to + "ffn_up.weight", shape.FeedForward, shape.Width);
            yield return new(from + "mlp.down_proj.weight", to + "ffn_down.weight", shape.Width, shape.FeedForward);
        }
        yield return new("model.norm.weight", "output_norm.weight", 1, shape.Width);
        if (!shape.Tied) yield return new("lm_head.weight", "output.weight", shape.Vocabulary, shape.Width);
    }

    /// <summary>Rows from Hugging Face's order, in which number i of a head turns with i + d/2, to llama.cpp's, in which neighbours turn together.</summary>
    public float[] ToGguf(float[] values, int columns) => Reorder(values, columns, (pair, half, headSize) => (half * headSize / 2 + pair, 2 * pair + half));

    /// <summary>The way back.</summary>
    public float[] ToHuggingFace(float[] values, int columns) => Reorder(values, columns, (pair, half, headSize) => (2 * pair + half, half * headSize / 2 + pair));

    private float[] Reorder(float[] values, int columns, Func<int, int, int, (int From, int To)> order)
    {
        if (RotatedHeads == 0) return values;
        var headSize = values.Length / columns / RotatedHeads;
        var result = new float[values.Length];
        for (var head = 0; head < RotatedHeads; head++)
            for (var pair = 0; pair < headSize / 2; pair++)
                for (var half = 0; half < 2; half++)
                {
                    var (from, to) = order(pair, half, headSize);
                    values.AsSpan((head * headSize + from) * columns, columns).CopyTo(result.AsSpan((head * headSize + to) * columns));
                }
        return result;
    }
}
