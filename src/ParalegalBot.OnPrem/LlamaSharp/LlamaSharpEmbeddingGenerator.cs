using LLama;
using LLama.Native;
using Microsoft.Extensions.AI;

namespace ParalegalBot.OnPrem.LlamaSharp;

/// <summary>Vectors of a GGUF by llama.cpp, one text after the other; a longer text than the model takes is cut.</summary>
public sealed class LlamaSharpEmbeddingGenerator : IEmbeddingGenerator<string, Embedding<float>>
{
    private const int Context = 2_048;

    private readonly LlamaSharpModel model;
    private readonly LLamaEmbedder embedder;
    private readonly SemaphoreSlim gate = new(1);
    private readonly EmbeddingGeneratorMetadata metadata;
    private readonly int mostTokens;

    /// <summary>Loads the model.</summary>
    /// <exception cref="ParalegalBotException">llama.cpp does not take the file.</exception>
    public LlamaSharpEmbeddingGenerator(string path, LlamaSharpOptions options)
    {
        model = new LlamaSharpModel(path, new LlamaSharpOptions { GpuLayers = options.GpuLayers, NativeLibrary = options.NativeLibrary }, parameters =>
        {
            (parameters.Embeddings, parameters.PoolingType) = (true, LLamaPoolingType.Mean);
            (parameters.ContextSize, parameters.BatchSize, parameters.UBatchSize) = (Context, Context, Context);
        });
        embedder = model.Embedder();
        mostTokens = Math.Min(Context, model.TrainedContext);
        metadata = new EmbeddingGeneratorMetadata("llamasharp", defaultModelId: Path.GetFileNameWithoutExtension(path), defaultModelDimensions: embedder.EmbeddingSize);
    }

    /// <inheritdoc />
    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var result = new GeneratedEmbeddings<Embedding<float>>();
        foreach (var value in values)
        {
            await gate.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                // A token is at least one character long.
                var text = value.Length > mostTokens - 2 ? value[..(mostTokens - 2)] : value;
                result.Add(new Embedding<float>((await embedder.GetEmbeddings(text, cancellationToken).ConfigureAwait(false))[0]));
            }
            finally
            {
                gate.Release();
            }
        }
        return result;
    }

    /// <inheritdoc />
    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null : serviceType == typeof(EmbeddingGeneratorMetadata) ? metadata : serviceType.IsInstanceOfType(this) ? this : null;

    /// <inheritdoc />
    public void Dispose()
    {
        embedder.Dispose();
        model.Dispose();
        gate.Dispose();
    }
}
