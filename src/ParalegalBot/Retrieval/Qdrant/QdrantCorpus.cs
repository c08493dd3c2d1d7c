using ParalegalBot.Statutes;

namespace ParalegalBot.Retrieval.Qdrant;

/// <summary>
/// The store as points. It is read twice: once for lengths and document frequencies, once for the points, so that only one article is held at a time.
/// Sparse weights are BM25's document part; the IDF part is Qdrant's own, whose formula is that of <see cref="PostingIndex.Idf"/>:
/// ln(1 + (N − n + ½) / (n + ½)), with N the points that have the vector in question (from version 1.15 on).
/// </summary>
internal sealed class QdrantCorpus
{
    public const string PassageVector = "passage", ArticleVector = "article", HierarchyVector = "hierarchy", DenseVector = "dense";

    private const int StatisticsPerPoint = 20_000;

    private readonly Func<IEnumerable<IndexedPassage>> read;
    private readonly Dictionary<string, string> titles;
    private readonly IReadOnlyDictionary<long, sbyte[]> vectors;
    private readonly Dictionary<uint, int> frequencies = [];
    private readonly HashSet<string> laws = new(StringComparer.Ordinal);
    private readonly float passageLength, articleLength, hierarchyLength;
    private readonly int passages, articles;

    /// <summary>Reads what <paramref name="read"/> yields once; without <paramref name="encoder"/> there are no dense vectors.</summary>
    public QdrantCorpus(
        long generation, Dictionary<string, string> titles, Func<IEnumerable<IndexedPassage>> read, string? encoder, IReadOnlyDictionary<long, sbyte[]> vectors)
    {
        (this.titles, this.read, this.vectors) = (titles, read, vectors);
        double passageTotal = 0, articleTotal = 0, hierarchyTotal = 0;
        foreach (var article in Articles())
        {
            articles++;
            passages += article.Passages.Count;
            laws.Add(article.Law);
            passageTotal += article.Passages.Sum(passage => (double)Length(passage.Terms));
            articleTotal += Length(article.Terms);
            hierarchyTotal += Length(article.Hierarchy);
            foreach (var number in article.Terms.Keys.Select(QdrantTerms.Number).Distinct()) frequencies[number] = frequencies.GetValueOrDefault(number) + 1;
        }
        passageLength = Average(passageTotal, passages);
        articleLength = Average(articleTotal, articles);
        hierarchyLength = Average(hierarchyTotal, articles);
        var slices = (frequencies.Count + StatisticsPerPoint - 1) / StatisticsPerPoint;
        var dimensions = vectors.Values.FirstOrDefault()?.Length ?? 0;
        Facts = new QdrantBuildFacts(
            QdrantBuildFacts.CurrentFormat, generation, passages, articles, dimensions, dimensions == 0 ? null : encoder, [.. laws.Order(StringComparer.Ordinal)], slices);
    }

    public QdrantBuildFacts Facts { get; }

    /// <summary>What the store holds now.</summary>
    public static QdrantCorpus Of(StatuteStore store, string? encoder) => new(
        store.Generation, store.Statutes().ToDictionary(statute => statute.Abbreviation, statute => statute.Title), store.ReadForIndex,
        encoder, encoder is null ? new Dictionary<long, sbyte[]>() : store.Vectors());

    /// <summary>All points but the last, <see cref="Last"/>.</summary>
    public IEnumerable<QdrantPoint> Points()
    {
        foreach (var article in Articles())
        {
            foreach (var passage in article.Passages) yield return PassagePoint(article, passage);
            yield return ArticlePoint(article);
        }
        var slice = 0;
        foreach (var chunk in frequencies.OrderBy(pair => pair.Key).Chunk(StatisticsPerPoint))
            yield return new QdrantPoint(QdrantPayload.StatisticsId(slice++), NoVectors, new QdrantPayload
            {
                Kind = QdrantPayload.StatisticsKind,
                Terms = [.. chunk.Select(pair => pair.Key)],
                Frequencies = [.. chunk.Select(pair => pair.Value)],
            });
    }

    /// <summary>The point that makes the build a finished one.</summary>
    public QdrantPoint Last() => new(QdrantPayload.BuildId, NoVectors, new QdrantPayload { Kind = QdrantPayload.BuildKind, Build = Facts });

    private static Dictionary<string, object> NoVectors => [];

    private QdrantPoint PassagePoint(ArticleTerms article, PassageTerms passage)
    {
        var vector = new Dictionary<string, object> { [PassageVector] = Weights(passage.Terms, passageLength, IndexedTerms.PassageB) };
        if (vectors.TryGetValue(passage.Item.Row, out var dense) && dense.Length == Facts.Dimensions)
            vector[DenseVector] = Array.ConvertAll(dense, value => value / 127f);
        var (item, validity) = (passage.Item, passage.Item.Passage.Validity);
        return new QdrantPoint(item.Row, vector, new QdrantPayload
        {
            Kind = QdrantPayload.PassageKind,
            Law = article.Law,
            Article = item.ArticleRow,
            Size = article.Passages.Count,
            Key = item.ArticleKey,
            Unit = item.Passage.Unit,
            Transitory = item.Transitory,
            Introductory = item.Passage.Introductory,
            From = QdrantPayload.FirstDay(validity),
            To = QdrantPayload.LastDay(validity),
        });
    }

    private QdrantPoint ArticlePoint(ArticleTerms article)
    {
        var first = article.Passages[0].Item;
        var findable = article.Passages.Where(passage => !passage.Item.Passage.Introductory).Select(passage => passage.Item.Passage.Validity).ToList();
        return new QdrantPoint(
            QdrantPayload.ArticleId(first.ArticleRow),
            new Dictionary<string, object>
            {
                [ArticleVector] = Weights(article.Terms, articleLength, IndexedTerms.ArticleB),
                [HierarchyVector] = Weights(article.Hierarchy, hierarchyLength, IndexedTerms.ArticleB),
            },
            new QdrantPayload
            {
                Kind = QdrantPayload.ArticleKind,
                Law = article.Law,
                Article = first.ArticleRow,
                Size = article.Passages.Count,
                Key = first.ArticleKey,
                Address = QdrantPayload.AddressOf(article.Law, first.ArticleKey),
                // An article of nothing but introductions is in force on no day.
                From = findable.Count == 0 ? 99991231 : findable.Min(QdrantPayload.FirstDay),
                To = findable.Count == 0 ? 0 : findable.Max(QdrantPayload.LastDay),
            });
    }

    private static QdrantSparse Weights(Dictionary<string, float> counts, float average, float b)
    {
        var length = Length(counts);
        return QdrantTerms.Sparse(counts.Select(pair => KeyValuePair.Create(pair.Key, PostingIndex.Weight(pair.Value, length, average, b))));
    }

    private static float Length(Dictionary<string, float> counts)
    {
        var length = 0f;
        foreach (var count in counts.Values) length += count;
        return length;
    }

    private static float Average(double total, int count) => count == 0 ? 1 : Math.Max(1, (float)(total / count));

    private IEnumerable<ArticleTerms> Articles()
    {
        var fields = new IndexedTerms(law => titles.GetValueOrDefault(law));
        ArticleTerms? article = null;
        foreach (var item in read())
        {
            var terms = fields.Read(item);
            if (article is null || article.Passages[0].Item.ArticleRow != item.ArticleRow)
            {
                if (article is not null) yield return article;
                article = new ArticleTerms(terms.Law, [], [], []);
                terms.Hierarchy(Into(article.Hierarchy));
                terms.Headings(Into(article.Terms));
            }
            var passage = new PassageTerms(item, []);
            terms.Passage(Into(passage.Terms));
            terms.ArticleText(Into(article.Terms));
            article.Passages.Add(passage);
        }
        if (article is not null) yield return article;

        static Action<string, float> Into(Dictionary<string, float> counts) => (term, weight) => counts[term] = counts.GetValueOrDefault(term) + weight;
    }

    /// <summary>An article version with the weighted counts of its terms.</summary>
    private sealed record ArticleTerms(string Law, List<PassageTerms> Passages, Dictionary<string, float> Terms, Dictionary<string, float> Hierarchy);

    private sealed record PassageTerms(IndexedPassage Item, Dictionary<string, float> Terms);
}
