using System.Numerics.Tensors;
using ParalegalBot.Retrieval;
using ParalegalBot.Tuning.Training.Matrices;

namespace ParalegalBot.Tuning.Encoder;

/// <summary>
/// The contrast of questions and texts as the reranker measures them (<see cref="ArticleReading.Closeness"/>): the mean over a question's words,
/// by rarity, of the cosine with the text's closest word. Only the closest word learns from a question's word, as in late interaction
/// (Khattab and Zaharia 2020).
/// </summary>
internal sealed class WordContrast(EncoderTrainerOptions options, EncoderTable table) : IDisposable
{
    private readonly Compute compute = new();

    /// <summary>One step; every text of the batch that is of another article is a wrong answer to a question.</summary>
    public void Step(IReadOnlyList<EncoderPair> batch, float rate)
    {
        if (batch.Count == 0 || options.WordWeight <= 0) return;
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var questions = batch.Select(pair => Read(pair.Anchor, numbers)).ToList();
        var asked = numbers.Count; // questions come first, so their words have the first numbers
        var texts = batch.Select(pair => Read(pair.Positive, numbers)).Concat(batch.Select(pair => Read(pair.Negative!, numbers))).ToList();
        var words = numbers.Keys.ToArray();
        var encoded = new EncodedText[words.Length];
        Parallel.For(0, words.Length, word => encoded[word] = table.Encode(words[word]));

        var cosines = Cosines(encoded, asked);
        var closest = Closest(cosines, texts, asked);
        var pulls = Pulls(batch, questions, [.. words.Take(asked).Select(table.Rarity)], cosines, closest, texts.Count);
        table.Update(encoded, Gradients(encoded, closest, pulls), rate);
    }

    /// <inheritdoc />
    public void Dispose() => compute.Dispose();

    private int[] Read(string text, Dictionary<string, int> numbers) =>
        [.. ArticleWords.ContentWords(text).Take(options.MaxWords).Distinct().Select(word =>
        {
            if (!numbers.TryGetValue(word, out var number)) numbers[word] = number = numbers.Count;
            return number;
        })];

    private Matrix Cosines(EncodedText[] encoded, int asked)
    {
        var units = new Matrix(encoded.Length, options.Dimensions);
        for (var word = 0; word < encoded.Length; word++) encoded[word].Unit.CopyTo(units.Row(word));
        var cosines = new Matrix(asked, encoded.Length);
        compute.Multiply(units.First(asked), ((MatrixView)units).Transposed, cosines);
        return cosines;
    }

    /// <summary>For each asked word and each text its closest word; -1 where none is closer than a right angle.</summary>
    private static int[][] Closest(Matrix cosines, List<int[]> texts, int asked)
    {
        var closest = new int[asked][];
        Parallel.For(0, asked, word =>
        {
            var row = cosines.Row(word);
            var picks = new int[texts.Count];
            for (var text = 0; text < picks.Length; text++)
            {
                var (best, cosine) = (-1, 0f);
                foreach (var other in texts[text])
                    if (row[other] > cosine) (best, cosine) = (other, row[other]);
                picks[text] = best;
            }
            closest[word] = picks;
        });
        return closest;
    }

    /// <summary>Derivative of the loss by the cosine of each asked word with its closest word in each text.</summary>
    private float[][] Pulls(IReadOnlyList<EncoderPair> batch, List<int[]> questions, float[] rarities, Matrix cosines, int[][] closest, int texts)
    {
        var groups = EncoderPair.Groups(batch);
        var pulls = new float[closest.Length][];
        for (var word = 0; word < pulls.Length; word++) pulls[word] = new float[texts];
        var scores = new float[texts];
        for (var question = 0; question < questions.Count; question++)
        {
            var total = questions[question].Sum(word => rarities[word]);
            if (total <= 0) continue;
            for (var text = 0; text < texts; text++)
            {
                if (text != question && groups[text] == groups[question]) { scores[text] = float.NegativeInfinity; continue; }
                var sum = 0f;
                foreach (var word in questions[question])
                    if (closest[word][text] is >= 0 and var best) sum += rarities[word] * cosines.Row(word)[best];
                scores[text] = sum / total / options.WordTemperature;
            }
            TensorPrimitives.SoftMax<float>(scores, scores);
            scores[question] -= 1;
            foreach (var word in questions[question])
                TensorPrimitives.MultiplyAdd(scores, options.WordWeight / options.WordTemperature / batch.Count * rarities[word] / total, pulls[word], pulls[word]);
        }
        return pulls;
    }

    private float[][] Gradients(EncodedText[] encoded, int[][] closest, float[][] pulls)
    {
        var gradients = new float[encoded.Length][];
        for (var word = 0; word < gradients.Length; word++) gradients[word] = new float[options.Dimensions];
        var sums = new Dictionary<int, float>();
        for (var word = 0; word < closest.Length; word++)
        {
            sums.Clear();
            for (var text = 0; text < pulls[word].Length; text++)
                if (closest[word][text] is >= 0 and var best && best != word) sums[best] = sums.GetValueOrDefault(best) + pulls[word][text];
            foreach (var (other, pull) in sums)
            {
                TensorPrimitives.MultiplyAdd(encoded[other].Unit, pull, gradients[word], gradients[word]);
                TensorPrimitives.MultiplyAdd(encoded[word].Unit, pull, gradients[other], gradients[other]);
            }
        }
        return gradients;
    }
}
