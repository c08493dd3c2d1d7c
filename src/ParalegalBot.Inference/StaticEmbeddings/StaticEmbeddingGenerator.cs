using Microsoft.Extensions.AI;

namespace ParalegalBot.Inference.StaticEmbeddings;

/// <summary>The static encoder behind the seam that every encoder shares.</summary>
public sealed class StaticEmbeddingGenerator(StaticEncoder encoder) : IEmbeddingGenerator<string, Embedding<float>>
{
    /// <inheritdoc />
    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var result = new GeneratedEmbeddings<Embedding<float>>();
        foreach (var value in values)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var vector = new float[encoder.Dimensions];
            encoder.Encode(value, vector);
            result.Add(new Embedding<float>(vector));
        }
        return Task.FromResult(result);
    }

    /// <inheritdoc />
    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType == typeof(EmbeddingGeneratorMetadata) ? new EmbeddingGeneratorMetadata("static", null, encoder.Name, encoder.Dimensions)
        : serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    /// <inheritdoc />
    public void Dispose() { }
}
