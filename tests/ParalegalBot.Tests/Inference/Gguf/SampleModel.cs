using ParalegalBot.Inference.Gguf.Format;

namespace ParalegalBot.Tests.Inference.Gguf;

/// <summary>A random LLaMA in a file: any shape, vocabulary and storage.</summary>
internal sealed record SampleModel
{
    public int Width { get; init; } = 64;

    public int Layers { get; init; } = 2;

    public int Heads { get; init; } = 4;

    public int KeyHeads { get; init; } = 2;

    public int FeedForward { get; init; } = 160;

    /// <summary>Storage of the matrices, taken in turn.</summary>
    public GgufType[] Types { get; init; } = [GgufType.F32];

    /// <summary>Storage of the embedding and, where there is one, the output.</summary>
    public GgufType OuterType { get; init; } = GgufType.F32;

    public bool Tied { get; init; }

    public bool RotaryFactors { get; init; }

    /// <summary>The pre-tokenizer of a byte-pair vocabulary; null: SentencePiece.</summary>
    public string? Pre { get; init; }

    public int Merges { get; init; } = 300;

    /// <summary>Logits' standard deviation; about 4 makes the first token's probability 0.3 and more over some 700.</summary>
    public float Confidence { get; init; } = 3.8f;

    public (string Key, object Value)[] Keys { get; init; } = [];

    public int Seed { get; init; } = 7;

    public GgufWriter Write()
    {
        var random = new Random(Seed);
        var writer = new GgufWriter()
            .Set("general.architecture", "llama").Set("general.name", "muestra").Set("llama.context_length", 2048).Set("llama.embedding_length", Width).Set("llama.block_count", Layers)
            .Set("llama.feed_forward_length", FeedForward).Set("llama.attention.head_count", Heads).Set("llama.attention.head_count_kv", KeyHeads)
            .Set("llama.rope.dimension_count", Width / Heads).Set("llama.attention.layer_norm_rms_epsilon", 1e-5f);
        var tokens = Pre is null ? SampleVocabulary.SentencePiece(writer, Merges) : SampleVocabulary.BytePair(writer, Pre, Merges);
        writer.Set("llama.vocab_size", tokens);
        foreach (var (key, value) in Keys) writer.Set(key, value);
        var keyWidth = Width / Heads * KeyHeads;
        var turn = 0;

        void Matrix(string name, int rows, int columns, GgufType? type = null, float? spread = null)
        {
            var stored = type ?? Types[turn++ % Types.Length];
            writer.Add(name, stored, RandomWeights.Of(stored, rows * columns, spread ?? 1.3f / MathF.Sqrt(columns), random), columns, rows);
        }

        void Norm(string name) => writer.Add(name, GgufType.F32, RandomWeights.Encode(GgufType.F32, [.. Enumerable.Range(0, Width).Select(_ => 0.75f + random.NextSingle() / 2)]), Width);

        Matrix("token_embd.weight", tokens, Width, OuterType, Tied ? Confidence / MathF.Sqrt(Width) : 1);
        Norm("output_norm.weight");
        if (!Tied) Matrix("output.weight", tokens, Width, OuterType, Confidence / MathF.Sqrt(Width));
        if (RotaryFactors) writer.Add("rope_freqs.weight", GgufType.F32, RandomWeights.Encode(GgufType.F32, [.. Enumerable.Range(0, Width / Heads / 2).Select(i => 1f + i)]), Width / Heads / 2);
        for (var layer = 0; layer < Layers; layer++)
        {
            Norm($"blk.{layer}.attn_norm.weight");
            Matrix($"blk.{layer}.attn_q.weight", Width, Width);
            Matrix($"blk.{layer}.attn_k.weight", keyWidth, Width);
            Matrix($"blk.{layer}.attn_v.weight", keyWidth, Width);
            Matrix($"blk.{layer}.attn_output.weight", Width, Width);
            Norm($"blk.{layer}.ffn_norm.weight");
            Matrix($"blk.{layer}.ffn_gate.weight", FeedForward, Width);
            Matrix($"blk.{layer}.ffn_up.weight", FeedForward, Width);
            Matrix($"blk.{layer}.ffn_down.weight", Width, FeedForward);
        }
        return writer;
    }
}
