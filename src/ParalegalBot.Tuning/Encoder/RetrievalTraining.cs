using ParalegalBot.Inference.StaticEmbeddings;
using ParalegalBot.Retrieval;
using ParalegalBot.Statutes;

namespace ParalegalBot.Tuning.Encoder;

/// <summary>
/// Trains the encoder and fits the fusion weights over a store. An encoder knows the questions that it was trained on, so the weights are fitted on
/// questions of a second writer that were kept from it.
/// </summary>
public sealed class RetrievalTraining(StatuteStore store, Vocabulary vocabulary, IReadOnlyList<WrittenQuestion> questions, LawDirectory laws)
{
    /// <summary>The encoder over all questions.</summary>
    public StaticEncoder TrainEncoder(EncoderTrainerOptions options, IProgress<EncoderProgress>? progress = null) => Train(questions, options, progress);

    /// <summary>The fusion weights with that encoder over the questions kept from it, and the figures of the fit.</summary>
    public async Task<(FusionWeights Weights, FusionFitReport Report)> FitFusionAsync(
        StaticEncoder encoder, IReadOnlyList<WrittenQuestion> kept, DateOnly asOf, int seed, string provenance, CancellationToken cancellationToken = default)
    {
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
        return await new FusionFit(search, [.. questions.Select(question => question.Law)]).RunAsync(kept, asOf, seed, provenance, cancellationToken).ConfigureAwait(false);
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
