using ParalegalBot.Inference.Gguf.Format;

namespace ParalegalBot.Inference.Gguf.Model;

/// <summary>The shape of a model of architecture <c>llama</c>, out of the header.</summary>
internal sealed record LlamaParameters
{
    /// <summary>Layers.</summary>
    public required int Layers { get; init; }

    /// <summary>Width of the residual stream.</summary>
    public required int Width { get; init; }

    /// <summary>Query heads.</summary>
    public required int Heads { get; init; }

    /// <summary>Key and value heads; each serves <see cref="Heads"/> / <see cref="KeyHeads"/> query heads (grouped-query attention).</summary>
    public required int KeyHeads { get; init; }

    /// <summary>Numbers in a head; even.</summary>
    public required int HeadSize { get; init; }

    /// <summary>Width inside the feed-forward part.</summary>
    public required int FeedForward { get; init; }

    /// <summary>Tokens that the model was trained to see.</summary>
    public required int Context { get; init; }

    /// <summary>The ε of RMSNorm.</summary>
    public required float Epsilon { get; init; }

    /// <summary>What scores are multiplied with before the softmax.</summary>
    public required float AttentionScale { get; init; }

    /// <summary>Numbers in all keys of one token.</summary>
    public int KeyWidth => KeyHeads * HeadSize;

    /// <summary>Reads and bounds them; key names are those of the GGUF specification.</summary>
    public static LlamaParameters Read(GgufMetadata metadata, string file)
    {
        var architecture = metadata.Text("general.architecture");
        if (architecture is not "llama") throw GgufFault.Of(file, $"su arquitectura es «{architecture ?? "ninguna"}» y este motor sólo conoce llama");
        if (metadata.Integer("llama.expert_count", 0) != 0) throw GgufFault.Of(file, "es una mezcla de expertos y este motor no las conoce");
        var width = metadata.Count("llama.embedding_length", 2, 1 << 16);
        var heads = metadata.Count("llama.attention.head_count", 1, 1 << 12);
        var keyHeads = metadata.Count("llama.attention.head_count_kv", 1, heads, heads);
        var headSize = metadata.Count("llama.attention.key_length", 2, 1 << 10, Math.Max(2, width / heads));
        if (heads % keyHeads != 0 || headSize % 2 != 0) throw GgufFault.Of(file, $"{heads} cabezas de {headSize} números no se reparten entre {keyHeads} de claves");
        if (metadata.Count("llama.attention.value_length", 1, 1 << 10, headSize) != headSize || metadata.Count("llama.rope.dimension_count", 1, 1 << 10, headSize) != headSize)
            throw GgufFault.Of(file, "sus claves, valores y rotación no miden lo mismo");
        var scale = metadata.Float("llama.attention.scale", 0);
        return new LlamaParameters
        {
            Layers = metadata.Count("llama.block_count", 1, 1 << 10),
            Width = width,
            Heads = heads,
            KeyHeads = keyHeads,
            HeadSize = headSize,
            FeedForward = metadata.Count("llama.feed_forward_length", 1, 1 << 18),
            Context = metadata.Count("llama.context_length", 1, 1 << 24),
            Epsilon = metadata.Has("llama.attention.layer_norm_rms_epsilon")
                ? metadata.Float("llama.attention.layer_norm_rms_epsilon", 0)
                : throw GgufFault.Of(file, "falta llama.attention.layer_norm_rms_epsilon"),
            AttentionScale = scale == 0 ? 1 / MathF.Sqrt(headSize) : scale,
        };
    }
}
