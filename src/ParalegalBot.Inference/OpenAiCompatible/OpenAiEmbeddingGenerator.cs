using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace ParalegalBot.Inference.OpenAiCompatible;

/// <summary>An encoder behind <c>/v1/embeddings</c>; vectors come out with length one, whatever the server does.</summary>
internal sealed class OpenAiEmbeddingGenerator(ModelServers servers, string model) : IEmbeddingGenerator<string, Embedding<float>>
{
    private const int MostTexts = 64;

    private readonly EmbeddingGeneratorMetadata metadata = new("openai", servers.Addresses[0], model);

    /// <inheritdoc />
    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var embeddings = new GeneratedEmbeddings<Embedding<float>>();
        foreach (var texts in values.Chunk(MostTexts))
        {
            using var response = await servers.PostAsync("embeddings", server => new JsonObject
            {
                ["model"] = server.Model, ["input"] = new JsonArray([.. texts.Select(text => JsonValue.Create(text))]), ["encoding_format"] = "float",
            }, cancellationToken).ConfigureAwait(false);
            var answer = await response.Content.ReadFromJsonAsync<JsonNode>(cancellationToken).ConfigureAwait(false);
            var rows = (answer?["data"] as JsonArray)?.OfType<JsonObject>().OrderBy(row => (int?)row["index"] ?? 0).ToList() ?? [];
            if (rows.Count != texts.Length) throw new ParalegalBotException($"El servidor de vectores devolvió {rows.Count} de {texts.Length}; revise Embeddings:Endpoint y Embeddings:Model.");
            embeddings.AddRange(rows.Select(row => new Embedding<float>(Unit([.. row["embedding"]!.AsArray().Select(value => (float)value!)])) { ModelId = model }));
        }
        return embeddings;
    }

    /// <inheritdoc />
    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null : serviceType == typeof(EmbeddingGeneratorMetadata) ? metadata : serviceType.IsInstanceOfType(this) ? this : null;

    /// <inheritdoc />
    public void Dispose() { }

    private static float[] Unit(float[] vector)
    {
        var length = System.Numerics.Tensors.TensorPrimitives.Norm(vector);
        if (length > 0) System.Numerics.Tensors.TensorPrimitives.Divide(vector, length, vector);
        return vector;
    }
}
