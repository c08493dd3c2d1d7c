using System.Numerics.Tensors;
using ParalegalBot.Inference.Gguf.Format;
using ParalegalBot.Inference.Gguf.Kernels;
using ParalegalBot.Inference.Gguf.Vocabulary;

namespace ParalegalBot.Inference.Gguf.Model;

/// <summary>
/// A LLaMA (Touvron et al. 2023): token embedding; per layer RMSNorm, attention with rotary positions, RMSNorm, SwiGLU, each added to the
/// residual stream; RMSNorm and the output matrix. <see cref="Evaluate"/> reads as that sentence. One thread at a time.
/// </summary>
internal sealed class LlamaModel : IDisposable
{
    private const int MostBatchTokens = 256;
    private const int MostBatchNumbers = 1 << 23;

    private readonly GgufFile file;
    private readonly LlamaWeights weights;
    private readonly RotaryEmbedding rotary;
    private readonly WorkerTeam team;
    private readonly MatrixProduct product;
    private readonly Attention attention;
    private readonly Activations input;
    private readonly float[] residual, queries, keys, values, attended, gate, up, delta, turns;
    private float[] logits = [];

    private LlamaModel(GgufFile file, int threads)
    {
        this.file = file;
        Parameters = LlamaParameters.Read(file.Header.Metadata, file.Name);
        Vocabulary = GgufVocabulary.Read(file.Header.Metadata, file.Name);
        weights = new LlamaWeights(file, Parameters, Vocabulary.Count);
        rotary = new RotaryEmbedding(file.Header.Metadata, Parameters, weights.RotaryFactors, file.Name);
        var (shape, queryWidth) = (Parameters, Parameters.Heads * Parameters.HeadSize);
        var widest = Math.Max(Math.Max(shape.Width, shape.FeedForward), queryWidth);
        BatchTokens = Math.Clamp(MostBatchNumbers / widest, 8, MostBatchTokens);
        team = new WorkerTeam(threads > 0 ? threads : Environment.ProcessorCount);
        product = new MatrixProduct(team, widest);
        attention = new Attention(shape, team);
        input = new Activations(BatchTokens, widest);
        (residual, delta) = (new float[BatchTokens * shape.Width], new float[BatchTokens * shape.Width]);
        (queries, attended) = (new float[BatchTokens * queryWidth], new float[BatchTokens * queryWidth]);
        (keys, values) = (new float[BatchTokens * shape.KeyWidth], new float[BatchTokens * shape.KeyWidth]);
        (gate, up) = (new float[BatchTokens * shape.FeedForward], new float[BatchTokens * shape.FeedForward]);
        turns = new float[BatchTokens * shape.HeadSize];
    }

    public LlamaParameters Parameters { get; }

    public GgufVocabulary Vocabulary { get; }

    public GgufMetadata Metadata => file.Header.Metadata;

    /// <summary>How most of the weights are stored.</summary>
    public GgufType WeightType => weights.Layers[0].Gate.Weights.Type;

    /// <summary>The model's file.</summary>
    public string Name => file.Name;

    /// <summary>Most tokens in a batch.</summary>
    public int BatchTokens { get; }

    /// <summary>Maps the file and checks all of it but the weights' values.</summary>
    /// <exception cref="ParalegalBotException">It cannot be used; the message says why.</exception>
    public static LlamaModel Open(string path, int threads = 0) => Open(GgufFile.Open(path), threads);

    /// <summary>The same with a file that is open; it is closed with the model, and if it cannot be used.</summary>
    public static LlamaModel Open(GgufFile file, int threads = 0)
    {
        try
        {
            return new LlamaModel(file, threads);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public KeyValueCache NewCache() => new(Parameters.Layers, Parameters.KeyWidth);

    /// <summary>Runs the batch's tokens through all layers.</summary>
    /// <returns>[outputs × vocabulary]: unnormalised log-probabilities of the token after each output; good until the next call.</returns>
    public ReadOnlySpan<float> Evaluate(LlamaBatch batch)
    {
        var width = Parameters.Width;
        for (var t = 0; t < batch.Count; t++)
        {
            weights.Embedding.Dequantize(batch.Token(t), residual.AsSpan(t * width, width));
            rotary.Fill(batch.Position(t), turns.AsSpan(t * Parameters.HeadSize, Parameters.HeadSize));
        }
        for (var layer = 0; layer < weights.Layers.Length; layer++)
        {
            Attend(batch, layer, weights.Layers[layer]);
            FeedForward(batch.Count, weights.Layers[layer]);
        }
        return Predict(batch);
    }

    public void Dispose()
    {
        team.Dispose();
        file.Dispose();
    }

    private void Attend(LlamaBatch batch, int index, LlamaLayer layer)
    {
        Normalise(residual, layer.AttentionNorm, batch.Count);
        Multiply(layer.Query, queries);
        Multiply(layer.Key, keys);
        Multiply(layer.Value, values);
        var (queryWidth, keyWidth) = (Parameters.Heads * Parameters.HeadSize, Parameters.KeyWidth);
        for (var t = 0; t < batch.Count; t++)
        {
            var table = turns.AsSpan(t * Parameters.HeadSize, Parameters.HeadSize);
            RotaryEmbedding.Apply(queries.AsSpan(t * queryWidth, queryWidth), table);
            RotaryEmbedding.Apply(keys.AsSpan(t * keyWidth, keyWidth), table);
            TensorPrimitives.ConvertToHalf(keys.AsSpan(t * keyWidth, keyWidth), batch.Cache(t).Key(index, batch.Position(t)));
            TensorPrimitives.ConvertToHalf(values.AsSpan(t * keyWidth, keyWidth), batch.Cache(t).Value(index, batch.Position(t)));
        }
        attention.Run(batch, index, queries, attended);
        attended.AsSpan(0, batch.Count * queryWidth).CopyTo(input.Renew(batch.Count, queryWidth));
        AddTo(residual, layer.Output, batch.Count);
    }

    /// <summary>SwiGLU (Shazeer 2020): down(silu(gate(x)) ⊙ up(x)), silu(z) = z · sigmoid(z).</summary>
    private void FeedForward(int tokens, LlamaLayer layer)
    {
        Normalise(residual, layer.FeedForwardNorm, tokens);
        Multiply(layer.Gate, gate);
        Multiply(layer.Up, up);
        var inner = input.Renew(tokens, Parameters.FeedForward);
        var gates = gate.AsSpan(0, inner.Length);
        TensorPrimitives.Sigmoid(gates, inner);
        TensorPrimitives.Multiply(inner, gates, inner);
        TensorPrimitives.Multiply(inner, up.AsSpan(0, inner.Length), inner);
        AddTo(residual, layer.Down, tokens);
    }

    private ReadOnlySpan<float> Predict(LlamaBatch batch)
    {
        var (width, count) = (Parameters.Width, batch.Outputs.Count);
        if (count == 0) return [];
        for (var i = 0; i < count; i++) residual.AsSpan(batch.Outputs[i] * width, width).CopyTo(delta.AsSpan(i * width));
        Normalise(delta, weights.OutputNorm, count);
        if (logits.Length < count * Vocabulary.Count) logits = new float[count * Vocabulary.Count];
        product.Multiply(weights.Output, input, logits);
        return logits.AsSpan(0, count * Vocabulary.Count);
    }

    /// <summary>RMSNorm (Zhang and Sennrich 2019): x / √(mean(x²) + ε) ⊙ w, as the next product's input.</summary>
    private void Normalise(float[] source, float[] norm, int tokens)
    {
        var target = input.Renew(tokens, norm.Length);
        for (var at = 0; at < target.Length; at += norm.Length)
        {
            var x = source.AsSpan(at, norm.Length);
            // Summed in double precision, as llama.cpp does.
            var sum = 0.0;
            foreach (var value in x) sum += value * value;
            var scale = 1 / MathF.Sqrt((float)(sum / norm.Length) + Parameters.Epsilon);
            TensorPrimitives.Multiply(x, scale, target.Slice(at, norm.Length));
            TensorPrimitives.Multiply(target.Slice(at, norm.Length), norm, target.Slice(at, norm.Length));
        }
    }

    private void Multiply(Projection projection, float[] y)
    {
        product.Multiply(projection.Weights, input, y);
        if (projection.Bias.Length == 0) return;
        for (var t = 0; t < input.Tokens; t++)
        {
            var row = y.AsSpan(t * projection.Bias.Length, projection.Bias.Length);
            TensorPrimitives.Add(row, projection.Bias, row);
        }
    }

    private void AddTo(float[] stream, Projection projection, int tokens)
    {
        Multiply(projection, delta);
        var count = tokens * Parameters.Width;
        TensorPrimitives.Add(stream.AsSpan(0, count), delta.AsSpan(0, count), stream);
    }
}
