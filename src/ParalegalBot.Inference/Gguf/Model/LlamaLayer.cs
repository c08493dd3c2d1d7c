using ParalegalBot.Inference.Gguf.Kernels;

namespace ParalegalBot.Inference.Gguf.Model;

/// <summary>The weights of one transformer layer. W is the model's width, H heads, K key heads, d a head's size, F the feed-forward width.</summary>
/// <param name="AttentionNorm">[W].</param>
/// <param name="Query">[H·d × W].</param>
/// <param name="Key">[K·d × W].</param>
/// <param name="Value">[K·d × W].</param>
/// <param name="Output">[W × H·d].</param>
/// <param name="FeedForwardNorm">[W].</param>
/// <param name="Gate">[F × W].</param>
/// <param name="Up">[F × W].</param>
/// <param name="Down">[W × F].</param>
internal sealed record LlamaLayer(
    float[] AttentionNorm, Projection Query, Projection Key, Projection Value, Projection Output, float[] FeedForwardNorm, Projection Gate, Projection Up, Projection Down);

/// <summary>A matrix and its bias, which most models lack.</summary>
/// <param name="Weights">[rows × columns].</param>
/// <param name="Bias">[rows], or empty.</param>
internal sealed record Projection(WeightMatrix Weights, float[] Bias);
