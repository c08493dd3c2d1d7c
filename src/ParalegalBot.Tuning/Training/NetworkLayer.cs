using ParalegalBot.Tuning.Training.Layers;
using ParalegalBot.Tuning.Training.Matrices;

namespace ParalegalBot.Tuning.Training;

/// <summary>One transformer layer: its parts, and what the forward pass leaves for the backward pass.</summary>
internal sealed class NetworkLayer
{
    public NetworkLayer(int index, LlamaShape shape)
    {
        var prefix = $"model.layers.{index}.";
        var (queryWidth, keyWidth) = (shape.Heads * shape.HeadSize, shape.KeyHeads * shape.HeadSize);
        AttentionNorm = new RmsNorm(prefix + "input_layernorm", shape.Width, shape.Epsilon);
        Query = new Linear(prefix + "self_attn.q_proj", queryWidth, shape.Width);
        Key = new Linear(prefix + "self_attn.k_proj", keyWidth, shape.Width);
        Value = new Linear(prefix + "self_attn.v_proj", keyWidth, shape.Width);
        Output = new Linear(prefix + "self_attn.o_proj", shape.Width, queryWidth);
        FeedForwardNorm = new RmsNorm(prefix + "post_attention_layernorm", shape.Width, shape.Epsilon);
        Gate = new Linear(prefix + "mlp.gate_proj", shape.FeedForward, shape.Width);
        Up = new Linear(prefix + "mlp.up_proj", shape.FeedForward, shape.Width);
        Down = new Linear(prefix + "mlp.down_proj", shape.Width, shape.FeedForward);
    }

    public RmsNorm AttentionNorm { get; }

    public Linear Query { get; }

    public Linear Key { get; }

    public Linear Value { get; }

    public Linear Output { get; }

    public RmsNorm FeedForwardNorm { get; }

    public Linear Gate { get; }

    public Linear Up { get; }

    public Linear Down { get; }

    public IReadOnlyList<Linear> Projections => [Query, Key, Value, Output, Gate, Up, Down];

    public IEnumerable<Parameter> Parameters => [AttentionNorm.Gain, FeedForwardNorm.Gain, .. Projections.Select(linear => linear.Weight)];

    /// <summary>What the forward pass leaves.</summary>
    public LayerTrace Trace { get; set; } = null!;
}

/// <summary>A layer's values, [tokens × …].</summary>
internal sealed class LayerTrace(LlamaShape shape, int tokens)
{
    /// <summary>The residual stream that enters.</summary>
    public Matrix Input { get; } = new(tokens, shape.Width);

    /// <summary>Turned.</summary>
    public Matrix Queries { get; } = new(tokens, shape.Heads * shape.HeadSize);

    /// <summary>Turned.</summary>
    public Matrix Keys { get; } = new(tokens, shape.KeyHeads * shape.HeadSize);

    public Matrix Values { get; } = new(tokens, shape.KeyHeads * shape.HeadSize);

    public Matrix Attended { get; } = new(tokens, shape.Heads * shape.HeadSize);

    /// <summary>The residual stream between attention and feed-forward.</summary>
    public Matrix Middle { get; } = new(tokens, shape.Width);

    public Matrix Gates { get; } = new(tokens, shape.FeedForward);

    public Matrix Ups { get; } = new(tokens, shape.FeedForward);
}
