using ParalegalBot.Inference.StaticEmbeddings;
using ParalegalBot.Retrieval;
using ParalegalBot.Statutes;

namespace ParalegalBot.Tuning.Encoder;

/// <summary>
/// Trains the encoder and fits the fusion weights over a store. An encoder knows the questions that it was trained on, so the weights are
/// fitted with one that was trained on the first writer's questions of four fifths of the articles, over that writer's questions of the last fifth;
/// the encoder that is shipped then learns from all of them.
/// </summary>
public sealed class RetrievalTraining(StatuteStore store, Vocabulary vocabulary, IReadOnlyList<WrittenQuestion> questions, LawDirectory laws)
{
    /// <summary>A fifth of the articles is kept from the first encoder.</summary>
    private const int Folds = 5;

    /// <summary>The encoder over all questions.</summary>
    public StaticEncoder TrainEncoder(EncoderTrainerOptions options, IProgress<EncoderProgress>? progress = null) => Train(questions, options, progress);

    /// <summary>The fusion weights, and the figures of the fit.</summary>
    public async Task<(FusionWeights Weights, FusionFitReport Report)> FitFusionAsync(
        EncoderTrainerOptions options, DateOnly asOf, string provenance, IProgress<EncoderProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var known = questions.Where(question => question.Writer == 1 && Fold(question) != 0).ToList();
        var asked = questions.Where(question => question.Writer == 1 && Fold(question) == 0).ToList();
        var encoder = Train(known, options with { Name = options.Name + "-fold" }, progress);
        using var generator = new StaticEmbeddingGenerator(encoder);
        var titles = store.Statutes().ToDictionary(statute => statute.Abbreviation, statute => statute.Title);
        var snapshot = PassageIndexSnapshot.Build(store.ReadForIndex(), law => titles.GetValueOrDefault(law), encoder.Dimensions, item =>
        {
            var vector = new float[encoder.Dimensions];
            encoder.Encode(PassageEmbedder.TextOf(item), vector);
            return VectorTable.Quantize(vector);
        });
        var written = new WrittenQuestions(questions, vocabulary, text =>
        {
            var vector = new float[encoder.Dimensions];
            encoder.Encode(text, vector);
            return vector;
        });
        var search = new PassageSearch(store, new SnapshotIndex(snapshot), laws, vocabulary, written, generator, FusionWeights.Zero);
        var fit = new FusionFit(search, [.. titles.Keys.Order(StringComparer.Ordinal)]);
        return await fit.RunAsync(asked, asOf, options.Seed, provenance, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The fold of a question's article, 0 to 4, by FNV-1a of its address, so that it never changes with the order of the file.</summary>
    private static uint Fold(WrittenQuestion question)
    {
        var hash = 2166136261u;
        foreach (var c in $"{question.Law}|{question.ArticleKey}") hash = (hash ^ c) * 16777619u;
        return hash / 16 % Folds;
    }

    private StaticEncoder Train(IReadOnlyList<WrittenQuestion> known, EncoderTrainerOptions options, IProgress<EncoderProgress>? progress)
    {
        var articles = store.ReadForIndex()
            .Where(item => !item.Transitory && !item.Passage.Introductory)
            .GroupBy(item => item.ArticleRow)
            .Select(group => new EncoderArticle(
                group.First().Passage.Law, group.First().ArticleKey, "", [.. group.Select(PassageEmbedder.TextOf)]))
            .ToList();
        var sampler = new EncoderSampler(articles, known, vocabulary);
        return new EncoderTrainer(options).Train(articles.SelectMany(article => article.Passages).Concat(known.Select(question => question.Text)), sampler, progress);
    }

    private sealed class SnapshotIndex(PassageIndexSnapshot snapshot) : IPassageIndex
    {
        public float Idf(string term) => snapshot.Articles.Idf(term);

        public ValueTask<IReadOnlyList<PassageCandidate>> SearchAsync(PassageQuery query, CancellationToken cancellationToken = default) => new(snapshot.Search(query));
    }
}
