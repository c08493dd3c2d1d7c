using System.Numerics.Tensors;
using System.Security.Cryptography;
using Microsoft.Extensions.AI;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace ParalegalBot.Inference.Onnx;

/// <summary>
/// A sentence encoder in ONNX, on the processor. Its output <c>sentence_embedding</c> is taken as it is; where it has none, the mean over the tokens of its first output. Vectors
/// have length one. Its name holds a fingerprint of everything that makes its vectors, so that no other encoder's are ever compared with them.
/// </summary>
public sealed class OnnxEmbeddingGenerator : IEmbeddingGenerator<string, Embedding<float>>
{
    private const int MostTexts = 16;

    private readonly SentenceVocabulary vocabulary;
    private readonly InferenceSession session;
    private readonly string output;
    private readonly EmbeddingGeneratorMetadata metadata;

    /// <summary>Loads model and vocabulary.</summary>
    /// <exception cref="ParalegalBotException">ONNX Runtime cannot load them.</exception>
    public OnnxEmbeddingGenerator(EmbeddingsOptions options)
    {
        var path = options.VocabularyFile!;
        try
        {
            vocabulary = new SentenceVocabulary(path, options.Lowercase, options.LongestTokens);
            session = new InferenceSession(options.ModelPath);
        }
        catch (Exception cause) when (cause is OnnxRuntimeException or ArgumentException or InvalidDataException or InvalidOperationException or DllNotFoundException)
        {
            throw new ParalegalBotException($"No pude cargar el codificador «{options.ModelPath}» con el vocabulario «{path}»; revise Embeddings:ModelPath y Embeddings:Vocabulary.", cause);
        }
        if (session.InputMetadata.Keys.FirstOrDefault(name => name is not ("input_ids" or "attention_mask" or "token_type_ids")) is { } unknown)
            throw new ParalegalBotException($"El codificador «{options.ModelPath}» pide la entrada «{unknown}», que no conozco; use uno de la familia BERT, o un servidor con Embeddings:Engine openai.");
        output = session.OutputMetadata.ContainsKey("sentence_embedding") ? "sentence_embedding" : session.OutputNames[0];
        metadata = new EmbeddingGeneratorMetadata("onnx", null, $"{Path.GetFileNameWithoutExtension(options.ModelPath)}-{Fingerprint(options, path)}", Embed(["."])[0].Length);
    }

    /// <inheritdoc />
    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var result = new GeneratedEmbeddings<Embedding<float>>();
        foreach (var texts in values.Chunk(MostTexts))
        {
            cancellationToken.ThrowIfCancellationRequested();
            result.AddRange(Embed(texts).Select(vector => new Embedding<float>(vector) { ModelId = metadata.DefaultModelId }));
        }
        return Task.FromResult(result);
    }

    /// <inheritdoc />
    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null : serviceType == typeof(EmbeddingGeneratorMetadata) ? metadata : serviceType.IsInstanceOfType(this) ? this : null;

    /// <inheritdoc />
    public void Dispose() => session.Dispose();

    private float[][] Embed(string[] texts)
    {
        int[][] rows = [.. texts.Select(vocabulary.Encode)];
        var longest = rows.Max(row => row.Length);
        var inputs = session.InputMetadata.Keys.Select(name => NamedOnnxValue.CreateFromTensor(name, Input(rows, longest, name))).ToList();
        using var outputs = session.Run(inputs, [output]);
        var numbers = outputs[0].AsTensor<float>();
        var (values, width) = (numbers.ToArray(), numbers.Dimensions[^1]);
        var vectors = new float[rows.Length][];
        for (var i = 0; i < rows.Length; i++)
        {
            var vector = vectors[i] = new float[width];
            if (numbers.Rank == 2) values.AsSpan(i * width, width).CopyTo(vector);
            // Padding has no part in the mean; its divisor is lost in the length.
            else for (var t = 0; t < rows[i].Length; t++) TensorPrimitives.Add(vector, values.AsSpan((i * longest + t) * width, width), vector);
            if (TensorPrimitives.Norm(vector) is var length and > 0) TensorPrimitives.Divide(vector, length, vector);
        }
        return vectors;
    }

    private DenseTensor<long> Input(int[][] rows, int longest, string name)
    {
        var input = new DenseTensor<long>([rows.Length, longest]);
        if (name is "token_type_ids") return input;
        for (var i = 0; i < rows.Length; i++)
            for (var t = 0; t < longest; t++)
                input[i, t] = name is "input_ids" ? t < rows[i].Length ? rows[i][t] : vocabulary.Padding : t < rows[i].Length ? 1 : 0;
        return input;
    }

    private static string Fingerprint(EmbeddingsOptions options, string vocabulary)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var path in new[] { options.ModelPath, vocabulary })
        {
            using var file = File.OpenRead(path);
            hash.AppendData(SHA256.HashData(file));
        }
        hash.AppendData(BitConverter.GetBytes(options.Lowercase));
        hash.AppendData(BitConverter.GetBytes(options.LongestTokens));
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..12];
    }
}
