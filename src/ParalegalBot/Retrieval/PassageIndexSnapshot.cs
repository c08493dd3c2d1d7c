using System.Buffers;
using ParalegalBot.Statutes;

namespace ParalegalBot.Retrieval;

/// <summary>
/// All passages of a store as postings in memory, immutable. Two levels are scored: the passage itself, and the whole article it belongs to,
/// because people tell a story whose words are spread over an article.
/// </summary>
public sealed class PassageIndexSnapshot
{
    private readonly PassageEntry[] passages;
    private readonly int[] firstOfArticle;
    private readonly PostingIndex passageTerms, articleTerms, hierarchyTerms;
    private readonly VectorTable vectors;
    private readonly ILookup<ArticleAddress, int> articlesByAddress;

    private PassageIndexSnapshot(
        PassageEntry[] passages, int[] firstOfArticle, PostingIndex passageTerms, PostingIndex articleTerms, PostingIndex hierarchyTerms, VectorTable vectors)
    {
        (this.passages, this.firstOfArticle, this.vectors) = (passages, firstOfArticle, vectors);
        (this.passageTerms, this.articleTerms, this.hierarchyTerms) = (passageTerms, articleTerms, hierarchyTerms);
        articlesByAddress = Enumerable.Range(0, firstOfArticle.Length - 1)
            .ToLookup(number => new ArticleAddress(passages[firstOfArticle[number]].Law, passages[firstOfArticle[number]].ArticleKey));
    }

    /// <summary>Number of passages.</summary>
    public int Count => passages.Length;

    /// <summary>Document frequencies of terms over whole articles.</summary>
    public PostingIndex Articles => articleTerms;

    /// <summary>
    /// Builds the snapshot; passages of one article version must follow each other, as the store yields them.
    /// <paramref name="vectorOf"/> gives a passage's int8 vector; null where no encoder is configured.
    /// </summary>
    public static PassageIndexSnapshot Build(
        IEnumerable<IndexedPassage> source, Func<string, string?> titleOf, int dimensions = 0, Func<IndexedPassage, ReadOnlyMemory<sbyte>>? vectorOf = null)
    {
        var vectors = new VectorTable.Builder(vectorOf is null ? 0 : dimensions);
        var passages = new List<PassageEntry>();
        var first = new List<int>();
        PostingIndex.Builder passageTerms = new(b: IndexedTerms.PassageB), articleTerms = new(b: IndexedTerms.ArticleB), hierarchyTerms = new(b: IndexedTerms.ArticleB);
        var fields = new IndexedTerms(titleOf);
        var article = long.MinValue;
        foreach (var item in source)
        {
            var terms = fields.Read(item);
            if (item.ArticleRow != article)
            {
                if (first.Count > 0) articleTerms.EndDocument();
                article = item.ArticleRow;
                first.Add(passages.Count);
                terms.Hierarchy(hierarchyTerms.Add);
                hierarchyTerms.EndDocument();
                terms.Headings(articleTerms.Add);
            }
            terms.Passage(passageTerms.Add);
            terms.ArticleText(articleTerms.Add);
            passageTerms.EndDocument();
            if (vectorOf is not null) vectors.Add(vectorOf(item).Span);
            passages.Add(new PassageEntry(item.Row, terms.Law, item.ArticleKey, first.Count - 1, item.Passage.Introductory, item.Transitory, item.Passage.Validity));
        }
        if (first.Count > 0) articleTerms.EndDocument();
        first.Add(passages.Count);
        return new PassageIndexSnapshot([.. passages], [.. first], passageTerms.Build(), articleTerms.Build(), hierarchyTerms.Build(), vectors.Build());
    }

    /// <summary>Candidates of every route, scored by all of them.</summary>
    public IReadOnlyList<PassageCandidate> Search(PassageQuery query)
    {
        var pool = ArrayPool<float>.Shared;
        var articles = firstOfArticle.Length - 1;
        float[] lexical = Rent(passages.Length), vocabulary = Rent(passages.Length);
        float[] article = Rent(articles), articleVocabulary = Rent(articles), hierarchy = Rent(articles);
        float[] semantic = Rent(passages.Length), articleSemantic = Rent(articles);
        try
        {
            passageTerms.Score(query.Terms, lexical);
            passageTerms.Score(query.Expansion, vocabulary);
            articleTerms.Score(query.Terms, article);
            articleTerms.Score(query.Expansion, articleVocabulary);
            hierarchyTerms.Score(query.Terms, hierarchy);
            hierarchyTerms.Score(query.Expansion, hierarchy);
            if (!query.Vector.IsEmpty) vectors.Cosines(query.Vector.Span, semantic);
            for (var i = 0; i < passages.Length; i++)
                if (semantic[i] > articleSemantic[passages[i].Article]) articleSemantic[passages[i].Article] = semantic[i];

            var chosen = new HashSet<int>();
            Top(lexical.AsSpan(0, passages.Length), query.Limit, chosen, i => Eligible(i, query));
            Top(vocabulary.AsSpan(0, passages.Length), query.Limit, chosen, i => Eligible(i, query));
            Top(semantic.AsSpan(0, passages.Length), query.Limit, chosen, i => Eligible(i, query));
            var best = query.Include.SelectMany(address => articlesByAddress[address]).Where(number => EligibleArticle(number, query)).ToHashSet();
            Top(article.AsSpan(0, articles), query.Limit / 2, best, i => EligibleArticle(i, query));
            Top(articleVocabulary.AsSpan(0, articles), query.Limit / 2, best, i => EligibleArticle(i, query));
            foreach (var number in best) chosen.Add(BestPassage(number, query, lexical, vocabulary, semantic));

            return [.. chosen.Select(i => new PassageCandidate(passages[i].Row, passages[i].Law, passages[i].ArticleKey, passages[i].Transitory, new RouteScores
            {
                Lexical = lexical[i],
                Vocabulary = vocabulary[i],
                Article = article[passages[i].Article],
                ArticleVocabulary = articleVocabulary[passages[i].Article],
                Hierarchy = hierarchy[passages[i].Article],
                Semantic = semantic[i],
                ArticleSemantic = articleSemantic[passages[i].Article],
            }))];
        }
        finally
        {
            foreach (var array in new[] { lexical, vocabulary, article, articleVocabulary, hierarchy, semantic, articleSemantic }) pool.Return(array);
        }

        float[] Rent(int length)
        {
            var array = pool.Rent(length);
            array.AsSpan(0, length).Clear();
            return array;
        }
    }

    private bool Eligible(int i, PassageQuery query) => !passages[i].Introductory && InForce(i, query);

    private bool InForce(int i, PassageQuery query) =>
        (passages[i].Validity.InForceOn(query.AsOf) ?? true) && (query.Laws is null || query.Laws.Contains(passages[i].Law));

    private bool EligibleArticle(int number, PassageQuery query)
    {
        for (var i = firstOfArticle[number]; i < firstOfArticle[number + 1]; i++)
            if (Eligible(i, query)) return true;
        return false;
    }

    private int BestPassage(int number, PassageQuery query, float[] lexical, float[] vocabulary, float[] semantic)
    {
        var best = -1;
        for (var i = firstOfArticle[number]; i < firstOfArticle[number + 1]; i++)
            if (Eligible(i, query) && (best < 0 || Score(i) > Score(best))) best = i;
        return best;

        // A cosine is worth about ten points of BM25 here: the scales differ by that much.
        float Score(int i) => lexical[i] + vocabulary[i] + 10 * semantic[i];
    }

    /// <summary>Adds the places of the highest positive scores to <paramref name="chosen"/>.</summary>
    private static void Top(ReadOnlySpan<float> scores, int count, HashSet<int> chosen, Func<int, bool> eligible)
    {
        var heap = new PriorityQueue<int, float>(count + 1);
        for (var i = 0; i < scores.Length; i++)
        {
            if (scores[i] <= 0) continue;
            if (heap.Count == count && heap.TryPeek(out _, out var worst) && scores[i] <= worst) continue;
            if (!eligible(i)) continue;
            heap.Enqueue(i, scores[i]);
            if (heap.Count > count) heap.Dequeue();
        }
        foreach (var (place, _) in heap.UnorderedItems) chosen.Add(place);
    }

    private readonly record struct PassageEntry(long Row, string Law, string ArticleKey, int Article, bool Introductory, bool Transitory, Validity Validity);
}
