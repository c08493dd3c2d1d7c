using System.Numerics.Tensors;
using ParalegalBot.Inference.StaticEmbeddings;

namespace ParalegalBot.Tuning.Encoder;

/// <summary>
/// Trains a <see cref="StaticEncoder"/> by contrast (InfoNCE, van den Oord et al. 2018) in both ways in which retrieval uses it: a text as one
/// vector, and a question's words each beside the closest word of the text. The same seed and data give the same table, bit by bit: only pure
/// work runs in parallel, updates are applied in order.
/// </summary>
public sealed class EncoderTrainer(EncoderTrainerOptions options)
{
    /// <summary>Progress is reported once in so many batches.</summary>
    public const int ReportEvery = 50;

    /// <summary>
    /// Trains on the batches that <paramref name="sampler"/> draws, which gets to know after each third what is still confused;
    /// <paramref name="vocabularyTexts"/> decides which stems get a row.
    /// </summary>
    public StaticEncoder Train(IEnumerable<string> vocabularyTexts, EncoderSampler sampler, IProgress<EncoderProgress>? progress = null)
    {
        var random = new Random(options.Seed);
        var table = new EncoderTable(options, vocabularyTexts, random);
        using var words = new WordContrast(options, table);
        var loss = 0.0;
        for (var step = 0; step < options.Steps; step++)
        {
            var rate = options.LearningRate * (1 - .9f * step / options.Steps);
            if (step > 0 && step % Math.Max(1, options.Steps / 3) == 0 && step + 1 < options.Steps) sampler.Mine(text => table.Encode(text).Unit);
            var batch = sampler.Sample(random);
            var current = Step(table, batch, rate);
            // Only questions have a near miss; only they are reranked word by word.
            words.Step([.. batch.Where(pair => pair.Negative is not null)], rate);
            loss = step == 0 ? current : .98 * loss + .02 * current;
            if ((step + 1) % ReportEvery == 0) progress?.Report(new EncoderProgress(step + 1, options.Steps, loss));
        }
        return table.Quantize();
    }

    /// <summary>Whole texts: each anchor's vector is pulled to its positive's and pushed from every other text's of the batch.</summary>
    private double Step(EncoderTable table, IReadOnlyList<EncoderPair> batch, float rate)
    {
        var count = batch.Count;
        var texts = batch.Select(pair => pair.Anchor).Concat(batch.Select(pair => pair.Positive))
            .Concat(batch.Select(pair => pair.Negative).OfType<string>()).ToArray();
        var groups = EncoderPair.Groups(batch);
        var encoded = new EncodedText[texts.Length];
        Parallel.For(0, texts.Length, i => encoded[i] = table.Encode(texts[i]));

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
        table.Update(encoded, gradients, rate);
        return losses.Average();
    }
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

    /// <summary>Softmax temperature of the cosines of whole texts.</summary>
    public float Temperature { get; init; } = .05f;

    /// <summary>Softmax temperature of the mean cosines of closest words: what the reranker's fitted weight of them comes to.</summary>
    public float WordTemperature { get; init; } = .05f;

    /// <summary>How much the closest words count beside the whole texts.</summary>
    public float WordWeight { get; init; } = 1;
}

/// <summary>One training pair.</summary>
/// <param name="Anchor">A question or a piece of text.</param>
/// <param name="Positive">The text that belongs to it.</param>
/// <param name="Group">Article of the positive; texts of one group are never each other's negatives.</param>
/// <param name="Negative">A near miss; null for none.</param>
/// <param name="NegativeGroup">Article of the near miss.</param>
/// <param name="Weight">How much the pair counts.</param>
public sealed record EncoderPair(string Anchor, string Positive, int Group, string? Negative = null, int NegativeGroup = -1, float Weight = 1)
{
    /// <summary>The groups of a batch's positives, then of its near misses.</summary>
    internal static int[] Groups(IReadOnlyList<EncoderPair> batch) =>
        [.. batch.Select(pair => pair.Group), .. batch.Where(pair => pair.Negative is not null).Select(pair => pair.NegativeGroup)];
}

/// <summary>Where the training stands.</summary>
/// <param name="Step">Batches done.</param>
/// <param name="Steps">Batches in all.</param>
/// <param name="Loss">Smoothed loss in nats.</param>
public sealed record EncoderProgress(int Step, int Steps, double Loss);
