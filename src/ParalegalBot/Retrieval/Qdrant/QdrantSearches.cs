namespace ParalegalBot.Retrieval.Qdrant;

/// <summary>
/// One question to one build, in two batched requests. The first brings the best of every route; its lists lack what the other routes say of the same
/// passages, so the second scores the articles that came up on all routes. Two is as few as there can be: what to score is known only after the first.
/// </summary>
internal sealed class QdrantSearches
{
    /// <summary>Half of the smallest cosine that int8 vectors can have; below it, it is a zero that was summed in floating point.</summary>
    private const float NoCosine = .5f / (127 * 127);

    private readonly IQdrantQueries queries;
    private readonly QdrantBuild build;
    private readonly PassageQuery query;
    private readonly QdrantSparse? terms, expansion, all;
    private readonly float[]? vector;

    public QdrantSearches(IQdrantQueries queries, QdrantBuild build, PassageQuery query)
    {
        (this.queries, this.build, this.query) = (queries, build, query);
        (terms, expansion, all) = (QdrantTerms.Query(query.Terms), QdrantTerms.Query(query.Expansion), QdrantTerms.Query(query.Terms.Concat(query.Expansion)));
        // The stored vectors are int8 as well: both sides rounded alike, the scores are those of VectorTable.
        vector = query.Vector.IsEmpty || build.Facts.Dimensions == 0 ? null : Array.ConvertAll(VectorTable.Quantize(query.Vector.Span), value => value / 127f);
    }

    public async Task<IReadOnlyList<PassageCandidate>> RunAsync(CancellationToken cancellationToken)
    {
        if (query.Laws is not null && !build.Facts.Laws.Any(query.Laws.Contains)) return [];
        var (found, articles) = await FindAsync(cancellationToken).ConfigureAwait(false);
        return found.Count + articles.Count == 0 ? [] : await ScoreAsync(found, articles, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The best passages of each route by row, and the articles whose best passage must be there as well: their rows with their sizes.</summary>
    private async Task<(Dictionary<long, QdrantPayload> Found, Dictionary<long, int> Articles)> FindAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<QdrantCondition> passage = [Is("kind", QdrantPayload.PassageKind), Is("introductory", false), .. InForce(), .. Laws()];
        IReadOnlyList<QdrantCondition> article = [Is("kind", QdrantPayload.ArticleKind), .. InForce(), .. Laws()];
        var batch = new Batch();
        foreach (var sparse in new[] { terms, expansion })
        {
            batch.Add(sparse, QdrantCorpus.PassageVector, passage, query.Limit, PassageFields);
            batch.Add(sparse, QdrantCorpus.ArticleVector, article, query.Limit / 2, ["article", "size"]);
        }
        batch.Add(vector, QdrantCorpus.DenseVector, passage, query.Limit, PassageFields, new QdrantSearchParams(HnswEf: Math.Max(256, 2 * query.Limit)));
        // An address may have several versions, of which few are in force on one day.
        if (query.Include.Count > 0)
            batch.List([.. article, Among("address", query.Include.Select(address => QdrantPayload.AddressOf(address.Law, address.ArticleKey)).Distinct().ToList())],
                query.Include.Count * 16, ["article", "size"]);

        var found = new Dictionary<long, QdrantPayload>();
        var articles = new Dictionary<long, int>();
        foreach (var (asked, hits) in await batch.RunAsync(queries, build.Collection, cancellationToken).ConfigureAwait(false))
            foreach (var hit in hits.Where(hit => asked.Query is null || hit.Score > (asked.Using == QdrantCorpus.DenseVector ? NoCosine : 0)))
                if (asked.Using is QdrantCorpus.PassageVector or QdrantCorpus.DenseVector) found[hit.Id] = hit.Payload!;
                else articles[hit.Payload!.Article!.Value] = hit.Payload.Size!.Value;
        return (found, articles);
    }

    private async Task<IReadOnlyList<PassageCandidate>> ScoreAsync(
        Dictionary<long, QdrantPayload> found, Dictionary<long, int> articles, CancellationToken cancellationToken)
    {
        var sizes = new Dictionary<long, int>(articles);
        foreach (var payload in found.Values) sizes[payload.Article!.Value] = payload.Size!.Value;
        var (rows, passages) = (sizes.Keys.ToList(), sizes.Values.Sum());
        IReadOnlyList<QdrantCondition> within = [Is("kind", QdrantPayload.PassageKind), Among("article", rows)];
        IReadOnlyList<QdrantCondition> these = [new QdrantCondition { HasId = [.. rows.Select(QdrantPayload.ArticleId)] }];
        var batch = new Batch();
        var lexical = batch.Add(terms, QdrantCorpus.PassageVector, within, passages);
        var vocabulary = batch.Add(expansion, QdrantCorpus.PassageVector, within, passages);
        var article = batch.Add(terms, QdrantCorpus.ArticleVector, these, rows.Count);
        var articleVocabulary = batch.Add(expansion, QdrantCorpus.ArticleVector, these, rows.Count);
        var hierarchy = batch.Add(all, QdrantCorpus.HierarchyVector, these, rows.Count);
        var semantic = batch.Add(vector, QdrantCorpus.DenseVector, within, passages, ["article"], new QdrantSearchParams(Exact: true));
        var listed = articles.Count == 0 ? null : batch.List(
            [Is("kind", QdrantPayload.PassageKind), Is("introductory", false), .. InForce(), Among("article", articles.Keys.ToList())], articles.Values.Sum(), PassageFields);
        var answers = await batch.RunAsync(queries, build.Collection, cancellationToken).ConfigureAwait(false);

        Scores lexicals = new(answers, lexical), vocabularies = new(answers, vocabulary), semantics = new(answers, semantic);
        Scores articleScores = new(answers, article), articleVocabularies = new(answers, articleVocabulary), hierarchies = new(answers, hierarchy);
        var best = new Dictionary<long, float>();
        foreach (var hit in semantic is null ? [] : answers[semantic.Value].Hits)
            best[hit.Payload!.Article!.Value] = Math.Max(best.GetValueOrDefault(hit.Payload.Article.Value), hit.Score);

        var chosen = new Dictionary<long, QdrantPayload>(found);
        // As the embedded index chooses: a cosine is worth about ten points of BM25; of equals the first.
        foreach (var passagesOfArticle in (listed is null ? [] : answers[listed.Value].Hits).GroupBy(hit => hit.Payload!.Article))
        {
            var first = passagesOfArticle.OrderBy(hit => hit.Id).MaxBy(hit => lexicals[hit.Id] + vocabularies[hit.Id] + 10 * semantics[hit.Id])!;
            chosen[first.Id] = first.Payload!;
        }
        return [.. chosen.Select(pair => Candidate(pair.Key, pair.Value))];

        PassageCandidate Candidate(long row, QdrantPayload payload)
        {
            var id = QdrantPayload.ArticleId(payload.Article!.Value);
            return new PassageCandidate(row, payload.Law!, payload.Key!, payload.Transitory!.Value, new RouteScores
            {
                Lexical = lexicals[row],
                Vocabulary = vocabularies[row],
                Article = articleScores[id],
                ArticleVocabulary = articleVocabularies[id],
                Hierarchy = hierarchies[id],
                Semantic = semantics[row],
                ArticleSemantic = best.GetValueOrDefault(payload.Article.Value),
            });
        }
    }

    private static IReadOnlyList<string> PassageFields { get; } = ["law", "article", "size", "key", "transitory"];

    private IEnumerable<QdrantCondition> InForce()
    {
        var day = QdrantPayload.Day(query.AsOf);
        yield return new QdrantCondition { Key = "from", Range = new QdrantRange(Lte: day) };
        yield return new QdrantCondition { Key = "to", Range = new QdrantRange(Gte: day) };
    }

    private IEnumerable<QdrantCondition> Laws()
    {
        if (query.Laws is not null) yield return Among("law", build.Facts.Laws.Where(query.Laws.Contains).ToList());
    }

    private static QdrantCondition Is(string key, object value) => new() { Key = key, Match = new QdrantMatch(Value: value) };

    private static QdrantCondition Among<T>(string key, List<T> values) => new() { Key = key, Match = new QdrantMatch(Any: values) };

    /// <summary>Searches of one request; a search without anything to look for is left out.</summary>
    private sealed class Batch
    {
        private readonly List<QdrantSearch> searches = [];

        public int? Add(object? wanted, string vector, IReadOnlyList<QdrantCondition> must, int limit, IReadOnlyList<string>? payload = null, QdrantSearchParams? how = null)
        {
            if (wanted is null || limit == 0) return null;
            searches.Add(new QdrantSearch { Query = wanted, Using = vector, Filter = new QdrantFilter(must), Params = how, Limit = limit, WithPayload = payload });
            return searches.Count - 1;
        }

        public int? List(IReadOnlyList<QdrantCondition> must, int limit, IReadOnlyList<string> payload)
        {
            searches.Add(new QdrantSearch { Filter = new QdrantFilter(must), Limit = limit, WithPayload = payload });
            return searches.Count - 1;
        }

        public async Task<IReadOnlyList<(QdrantSearch Asked, IReadOnlyList<QdrantHit> Hits)>> RunAsync(
            IQdrantQueries queries, string collection, CancellationToken cancellationToken)
        {
            if (searches.Count == 0) return [];
            var results = await queries.QueryAsync(collection, searches, cancellationToken).ConfigureAwait(false);
            return [.. searches.Zip(results, (asked, result) => (asked, result.Points))];
        }
    }

    /// <summary>The scores of one search by point; 0 where it did not see it.</summary>
    private readonly struct Scores(IReadOnlyList<(QdrantSearch Asked, IReadOnlyList<QdrantHit> Hits)> answers, int? search)
    {
        private readonly Dictionary<long, float> scores = search is { } place ? answers[place].Hits.ToDictionary(hit => hit.Id, hit => hit.Score) : [];

        public float this[long id] => scores.GetValueOrDefault(id);
    }
}
