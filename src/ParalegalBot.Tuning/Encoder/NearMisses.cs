using ParalegalBot.Tuning.Training.Matrices;

namespace ParalegalBot.Tuning.Encoder;

/// <summary>
/// The wrong articles that an encoder in training finds first for each question: what it confuses teaches it most (Xiong et al. 2021, ANCE).
/// </summary>
internal static class NearMisses
{
    private const int Kept = 12, QuestionsAtOnce = 256;

    /// <summary>For each question the places of the closest articles that are not its own, best first.</summary>
    public static int[][] Find(IReadOnlyList<EncoderArticle> articles, IReadOnlyList<(string Text, int Article)> questions, Func<string, float[]> encode)
    {
        var passages = articles.SelectMany((article, place) => article.Passages.Select(passage => (Place: place, Text: $"{article.Head} {passage}"))).ToArray();
        var texts = Encode([.. passages.Select(passage => passage.Text)], encode);
        var asked = Encode([.. questions.Select(question => question.Text)], encode);
        var found = new int[questions.Count][];
        using var compute = new Compute();
        var cosines = new Matrix(QuestionsAtOnce, texts.Rows);
        for (var from = 0; from < questions.Count; from += QuestionsAtOnce)
        {
            var count = Math.Min(QuestionsAtOnce, questions.Count - from);
            compute.Multiply(((MatrixView)asked).Block(from, count, 0, asked.Columns), ((MatrixView)texts).Transposed, cosines.First(count));
            Parallel.For(0, count, i => found[from + i] = Closest(cosines.Row(i), passages, questions[from + i].Article));
        }
        return found;
    }

    private static Matrix Encode(string[] texts, Func<string, float[]> encode)
    {
        var vectors = new float[texts.Length][];
        Parallel.For(0, texts.Length, i => vectors[i] = encode(texts[i]));
        var matrix = new Matrix(texts.Length, vectors[0].Length);
        for (var i = 0; i < vectors.Length; i++) vectors[i].CopyTo(matrix.Row(i));
        return matrix;
    }

    private static int[] Closest(Span<float> cosines, (int Place, string Text)[] passages, int own)
    {
        var best = new List<(float Cosine, int Place)>(Kept + 1);
        for (var passage = 0; passage < passages.Length; passage++)
        {
            var (place, cosine) = (passages[passage].Place, cosines[passage]);
            if (place == own || (best.Count == Kept && cosine <= best[^1].Cosine)) continue;
            var known = best.FindIndex(other => other.Place == place);
            if (known >= 0 && best[known].Cosine >= cosine) continue;
            if (known >= 0) best.RemoveAt(known);
            var at = best.FindIndex(other => other.Cosine < cosine);
            best.Insert(at < 0 ? best.Count : at, (cosine, place));
            if (best.Count > Kept) best.RemoveAt(Kept);
        }
        return [.. best.Select(other => other.Place)];
    }
}
