using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using ParalegalBot.Inference.StaticEmbeddings;
using ParalegalBot.Retrieval;

namespace ParalegalBot.Tuning.Encoder;

/// <summary>The rows that are trained, with what AdaGrad remembers of each, and how rare every stem is.</summary>
internal sealed class EncoderTable
{
    private readonly EncoderTrainerOptions options;
    private readonly Dictionary<string, int> stems = new(StringComparer.Ordinal);
    private readonly Dictionary<string, float> rarities = new(StringComparer.Ordinal);
    private readonly float[] table;
    private readonly float[] squares;
    private readonly float unseen;

    /// <summary>Random rows; those of stems are the longer the rarer the stem, so that common words do not drown the others from the start.</summary>
    public EncoderTable(EncoderTrainerOptions options, IEnumerable<string> texts, Random random)
    {
        this.options = options;
        var frequencies = new Dictionary<string, int>(StringComparer.Ordinal);
        var documents = 0;
        foreach (var text in texts)
        {
            documents++;
            foreach (var stem in SpanishAnalysis.Terms(text).Distinct()) frequencies[stem] = frequencies.GetValueOrDefault(stem) + 1;
        }
        unseen = MathF.Log(1 + documents);
        foreach (var (stem, frequency) in frequencies) rarities[stem] = MathF.Log(1 + (float)documents / frequency);
        foreach (var (stem, _) in frequencies.Where(pair => pair.Value >= options.MinFrequency)
                     .OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Take(options.MaxStems))
            stems[stem] = stems.Count;

        var rows = stems.Count + options.Buckets;
        table = new float[rows * options.Dimensions];
        squares = new float[rows];
        var norm = 1 / MathF.Sqrt(options.Dimensions);
        foreach (var (stem, row) in stems) Fill(row, norm * rarities[stem] / 5);
        for (var row = stems.Count; row < rows; row++) Fill(row, norm * .1f);

        void Fill(int row, float scale)
        {
            foreach (ref var value in table.AsSpan(row * options.Dimensions, options.Dimensions)) value = (float)(random.NextDouble() * 2 - 1) * scale;
        }
    }

    /// <summary>Inverse document frequency of a word's stem, in nats.</summary>
    public float Rarity(string word) => rarities.GetValueOrDefault(SpanishAnalysis.Stem(word), unseen);

    /// <summary>The text's unit vector and the rows that it was made of.</summary>
    public EncodedText Encode(string text)
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
        return new EncodedText(rows, vector, norm);
    }

    /// <summary>Takes a step against the gradients of the unit vectors, text by text; the gradients are overwritten.</summary>
    public void Update(EncodedText[] texts, float[][] gradients, float rate)
    {
        // Back through the normalisation: the part along the unit vector changes nothing.
        Parallel.For(0, texts.Length, i =>
        {
            var along = TensorPrimitives.Dot<float>(gradients[i], texts[i].Unit);
            TensorPrimitives.MultiplyAdd(texts[i].Unit, -along, gradients[i], gradients[i]);
            TensorPrimitives.Divide(gradients[i], Math.Max(1e-6f, texts[i].Norm), gradients[i]);
        });
        for (var i = 0; i < texts.Length; i++) Update(texts[i].Rows, gradients[i], rate);
    }

    /// <summary>The table as int8, one scale a row.</summary>
    public StaticEncoder Quantize()
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

    /// <summary>Row-wise AdaGrad.</summary>
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
}

/// <summary>A text as the table sees it.</summary>
/// <param name="Rows">Rows that were added up.</param>
/// <param name="Unit">Their sum, normalised; all zeros where nothing of the text is known.</param>
/// <param name="Norm">Length of the sum.</param>
internal readonly record struct EncodedText(List<int> Rows, float[] Unit, float Norm);
