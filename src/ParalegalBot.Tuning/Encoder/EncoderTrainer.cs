using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using ParalegalBot.Inference.StaticEmbeddings;
using ParalegalBot.Retrieval;

namespace ParalegalBot.Tuning.Encoder;

/// <summary>
/// Trains a <see cref="StaticEncoder"/> by contrast: each anchor's vector is pulled to its positive and pushed from every other positive of the
/// batch (InfoNCE, van den Oord et al. 2018), rows updated by row-wise AdaGrad. The same seed and data give the same table, bit by bit:
/// only pure work runs in parallel, updates are applied in order.
/// </summary>
public sealed class EncoderTrainer(EncoderTrainerOptions options)
{
    private readonly Dictionary<string, int> stems = new(StringComparer.Ordinal);
    private float[] table = [];
    private float[] squares = [];

    /// <summary>Trains on the batches that <paramref name="sample"/> draws; <paramref name="vocabularyTexts"/> decides which stems get a row.</summary>
    public StaticEncoder Train(IEnumerable<string> vocabularyTexts, Func<Random, IReadOnlyList<EncoderPair>> sample, IProgress<EncoderProgress>? progress = null)
    {
        var random = new Random(options.Seed);
        Initialize(vocabularyTexts, random);
        var loss = 0.0;
        for (var step = 0; step < options.Steps; step++)
        {
            var rate = options.LearningRate * (1 - .9f * step / options.Steps);
            var current = Step(sample(random), rate);
            loss = step == 0 ? current : .98 * loss + .02 * current;
            if (step % 50 == 49) progress?.Report(new EncoderProgress(step + 1, options.Steps, loss));
        }
        return Quantize();
    }

    private void Initialize(IEnumerable<string> texts, Random random)
    {
        var frequencies = new Dictionary<string, int>(StringComparer.Ordinal);
        var documents = 0;
        foreach (var text in texts)
        {
            documents++;
            foreach (var stem in SpanishAnalysis.Terms(text).Distinct()) frequencies[stem] = frequencies.GetValueOrDefault(stem) + 1;
        }
        foreach (var (stem, _) in frequencies.Where(pair => pair.Value >= options.MinFrequency)
                     .OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Take(options.MaxStems))
            stems[stem] = stems.Count;

        var rows = stems.Count + options.Buckets;
        table = new float[rows * options.Dimensions];
        squares = new float[rows];
        var norm = 1 / MathF.Sqrt(options.Dimensions);
        foreach (var (stem, row) in stems) Fill(row, norm * MathF.Log(1 + (float)documents / frequencies[stem]) / 5);
        for (var row = stems.Count; row < rows; row++) Fill(row, norm * .1f);

        void Fill(int row, float scale)
        {
            foreach (ref var value in table.AsSpan(row * options.Dimensions, options.Dimensions)) value = (float)(random.NextDouble() * 2 - 1) * scale;
        }
    }

    private double Step(IReadOnlyList<EncoderPair> batch, float rate)
    {
        var count = batch.Count;
        var texts = batch.Select(pair => pair.Anchor).Concat(batch.Select(pair => pair.Positive))
            .Concat(batch.Select(pair => pair.Negative).OfType<string>()).ToArray();
        var groups = batch.Select(pair => pair.Group).Concat(batch.Where(pair => pair.Negative is not null).Select(pair => pair.NegativeGroup)).ToArray();
        var encoded = new Encoded[texts.Length];
        Parallel.For(0, texts.Length, i => encoded[i] = Encode(texts[i]));

        var gradients = new float[texts.Length][];
        for (var i = 0; i < texts.Length; i++) gradients[i] = new float[options.Dimensions];
        var columns = texts.Length - count;
        var errors = new float[count * columns];
        var losses = new double[count];
        Parallel.For(0, count, i =>
        {
            var row = errors.AsSpan(i * columns, columns);
            for (var j = 0; j < columns; j++)
                row[j] = j != i && groups[j] == groups[i] ? float.NegativeInfinity : TensorPrimitives.Dot<float>(encoded[i].Unit, encoded[count + j].Unit) / options.Temperature;
            TensorPrimitives.SoftMax<float>(row, row);
            losses[i] = -Math.Log(Math.Max(1e-12, row[i]));
            row[i] -= 1;
            TensorPrimitives.Multiply<float>(row, batch[i].Weight / options.Temperature / count, row);
            for (var j = 0; j < columns; j++) TensorPrimitives.MultiplyAdd(encoded[count + j].Unit, row[j], gradients[i], gradients[i]);
        });
        Parallel.For(0, columns, j =>
        {
            for (var i = 0; i < count; i++) TensorPrimitives.MultiplyAdd(encoded[i].Unit, errors[i * columns + j], gradients[count + j], gradients[count + j]);
        });

        // Back through the normalisation: the part along the unit vector changes nothing.
        Parallel.For(0, texts.Length, i =>
        {
            var along = TensorPrimitives.Dot<float>(gradients[i], encoded[i].Unit);
            TensorPrimitives.MultiplyAdd(encoded[i].Unit, -along, gradients[i], gradients[i]);
            TensorPrimitives.Divide(gradients[i], Math.Max(1e-6f, encoded[i].Norm), gradients[i]);
        });
        for (var i = 0; i < texts.Length; i++) Update(encoded[i].Rows, gradients[i], rate);
        return losses.Average();
    }

    private Encoded Encode(string text)
    {
        var rows = new List<int>(256);
        TextFeatures.Append(text, stems, options.Buckets, rows, options.MaxWords);
        var vector = new float[options.Dimensions];
        var sums = MemoryMarshal.Cast<float, Vector<float>>(vector.AsSpan());
        foreach (var row in rows)
        {
            var values = MemoryMarshal.Cast<float, Vector<float>>(table.AsSpan(row * options.Dimensions, options.Dimensions));
            for (var d = 0; d < sums.Length; d++) sums[d] += values[d];
        }
        var norm = TensorPrimitives.Norm<float>(vector);
        if (norm > 0) TensorPrimitives.Divide(vector, norm, vector);
        return new Encoded(rows, vector, norm);
    }

    private void Update(List<int> rows, float[] gradient, float rate)
    {
        var mean = TensorPrimitives.SumOfSquares<float>(gradient) / options.Dimensions;
        if (mean == 0) return;
        var change = MemoryMarshal.Cast<float, Vector<float>>(gradient.AsSpan());
        foreach (var row in rows)
        {
            squares[row] += mean;
            var step = new Vector<float>(rate / MathF.Sqrt(squares[row] + 1e-10f));
            var values = MemoryMarshal.Cast<float, Vector<float>>(table.AsSpan(row * options.Dimensions, options.Dimensions));
            for (var d = 0; d < values.Length; d++) values[d] -= change[d] * step;
        }
    }

    private StaticEncoder Quantize()
    {
        var rows = squares.Length;
        var quantized = new sbyte[table.Length];
        var scales = new float[rows];
        for (var row = 0; row < rows; row++)
        {
            var values = table.AsSpan(row * options.Dimensions, options.Dimensions);
            var largest = TensorPrimitives.MaxMagnitude<float>(values);
            scales[row] = Math.Abs(largest) / 127;
            if (scales[row] == 0) continue;
            for (var d = 0; d < values.Length; d++) quantized[row * options.Dimensions + d] = (sbyte)MathF.Round(values[d] / scales[row]);
        }
        return new StaticEncoder(options.Name, options.Dimensions, options.Buckets, [.. stems.OrderBy(pair => pair.Value).Select(pair => pair.Key)], quantized, scales);
    }

    private readonly record struct Encoded(List<int> Rows, float[] Unit, float Norm);
}

/// <summary>How to train an encoder.</summary>
public sealed record EncoderTrainerOptions
{
    /// <summary>Name and version written into the file.</summary>
    public string Name { get; init; } = "static-es-mx-2";

    /// <summary>Seed of every random choice.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Length of a vector, a multiple of 32.</summary>
    public int Dimensions { get; init; } = 128;

    /// <summary>Hashed rows for character n-grams.</summary>
    public int Buckets { get; init; } = 60_000;

    /// <summary>At most this many stems get a row of their own.</summary>
    public int MaxStems { get; init; } = 40_000;

    /// <summary>A stem needs this many texts to get a row.</summary>
    public int MinFrequency { get; init; } = 3;

    /// <summary>Content words read of each text while training.</summary>
    public int MaxWords { get; init; } = 96;

    /// <summary>Number of batches.</summary>
    public int Steps { get; init; } = 3_000;

    /// <summary>First step size; falls linearly to a tenth.</summary>
    public float LearningRate { get; init; } = .05f;

    /// <summary>Softmax temperature of the cosines.</summary>
    public float Temperature { get; init; } = .05f;
}

/// <summary>One training pair.</summary>
/// <param name="Anchor">A question or a piece of text.</param>
/// <param name="Positive">The text that belongs to it.</param>
/// <param name="Group">Article of the positive; texts of one group are never each other's negatives.</param>
/// <param name="Negative">A near miss; null for none.</param>
/// <param name="NegativeGroup">Article of the near miss.</param>
/// <param name="Weight">How much the pair counts.</param>
public sealed record EncoderPair(string Anchor, string Positive, int Group, string? Negative = null, int NegativeGroup = -1, float Weight = 1);

/// <summary>Where the training stands.</summary>
/// <param name="Step">Batches done.</param>
/// <param name="Steps">Batches in all.</param>
/// <param name="Loss">Smoothed loss in nats.</param>
public sealed record EncoderProgress(int Step, int Steps, double Loss);
