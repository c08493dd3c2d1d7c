using System.Buffers;
using System.Runtime.InteropServices;
using Microsoft.Extensions.AI;
using ParalegalBot.Statutes;

namespace ParalegalBot.Retrieval;

/// <summary>
/// The content words of every article in order, each with its vector: what the reranker looks at word by word. Where a whole text as one vector
/// loses what a single word means, the best match of each of the question's words keeps it (late interaction, Khattab and Zaharia 2020).
/// </summary>
public sealed class ArticleWords
{
    private const int Batch = 4096;

    private readonly int[] stemOfWord;
    private readonly Dictionary<string, int> stems;
    private readonly VectorTable vectors;
    private readonly Dictionary<long, int[]> passages;
    private readonly Dictionary<ArticleAddress, Entry> articles;

    private ArticleWords(int[] stemOfWord, Dictionary<string, int> stems, VectorTable vectors, Dictionary<long, int[]> passages, Dictionary<ArticleAddress, Entry> articles) =>
        (this.stemOfWord, this.stems, this.vectors, this.passages, this.articles) = (stemOfWord, stems, vectors, passages, articles);

    /// <summary>Reads the store; without an encoder a word is close to its own inflections only.</summary>
    public static async Task<ArticleWords> LoadAsync(StatuteStore store, IEmbeddingGenerator<string, Embedding<float>>? encoder)
    {
        var words = new Dictionary<string, int>(StringComparer.Ordinal);
        var passages = new Dictionary<long, int[]>();
        var runs = new Dictionary<ArticleAddress, List<int[]>>();
        var lengths = new Dictionary<ArticleAddress, int>();
        foreach (var item in store.ReadForIndex())
        {
            var address = new ArticleAddress(item.Passage.Law, item.ArticleKey);
            ref var article = ref CollectionsMarshal.GetValueRefOrAddDefault(runs, address, out var known);
            article ??= [];
            if (!known)
            {
                article.Add(Read(item.Place.LastOrDefault()?.Title));
                article.Add(Read(item.Heading));
            }
            var text = Read(item.Passage.Text);
            article.Add(text);
            passages[item.Row] = item.Passage.Introduction is { } introduction ? [.. Read(introduction), .. text] : text;
            lengths[address] = lengths.GetValueOrDefault(address) + item.Passage.Text.Length;
        }

        var stems = new Dictionary<string, int>(StringComparer.Ordinal);
        var stemOfWord = new int[words.Count];
        foreach (var (word, id) in words)
        {
            ref var stem = ref CollectionsMarshal.GetValueRefOrAddDefault(stems, SpanishAnalysis.Stem(word), out var exists);
            if (!exists) stem = stems.Count - 1;
            stemOfWord[id] = stem;
        }
        return new ArticleWords(stemOfWord, stems, await EncodeAsync([.. words.Keys], encoder).ConfigureAwait(false), passages,
            runs.ToDictionary(pair => pair.Key, pair => new Entry([.. pair.Value.SelectMany(run => run).Distinct()], [.. pair.Value.Where(run => run.Length > 0)], lengths[pair.Key])));

        int[] Read(string? text) => text is null ? [] : [.. ContentWords(text).Select(word =>
        {
            ref var id = ref CollectionsMarshal.GetValueRefOrAddDefault(words, word, out var exists);
            if (!exists) id = words.Count - 1;
            return id;
        })];
    }

    /// <summary>Looks at candidates for one question; <paramref name="idf"/> weighs its words. Dispose the reading: its arrays are rented.</summary>
    public async ValueTask<Reading> ReadAsync(string question, Func<string, float> idf, IEmbeddingGenerator<string, Embedding<float>>? encoder, CancellationToken cancellationToken)
    {
        var words = ContentWords(question).Distinct().ToList();
        var vectorsOfWords = encoder is null || words.Count == 0 ? null : await encoder.GenerateAsync(words, cancellationToken: cancellationToken).ConfigureAwait(false);
        var asked = new List<(float Weight, float[] Closeness)>();
        for (var i = 0; i < words.Count; i++)
        {
            var stem = SpanishAnalysis.Stem(words[i]);
            var closeness = ArrayPool<float>.Shared.Rent(stemOfWord.Length);
            if (vectorsOfWords is not null) vectors.Cosines(vectorsOfWords[i].Vector.Span, closeness);
            else
            {
                var id = stems.GetValueOrDefault(stem, -1);
                for (var word = 0; word < stemOfWord.Length; word++) closeness[word] = stemOfWord[word] == id ? 1 : 0;
            }
            asked.Add((idf(stem), closeness));
        }
        return new Reading(this, asked, Pairs(question, idf));
    }

    private Dictionary<(int, int), float> Pairs(string question, Func<string, float> idf)
    {
        var pairs = new Dictionary<(int, int), float>();
        var terms = SpanishAnalysis.Terms(question);
        for (var i = 0; i + 1 < terms.Count; i++)
        {
            // A pair with a word that no statute prints still counts against every article: its stem gets a number of its own.
            var (one, other) = (Number(terms[i], i), Number(terms[i + 1], i + 1));
            if (one != other) pairs[Math.Min(one, other) is var low && low == one ? (one, other) : (other, one)] = Math.Min(idf(terms[i]), idf(terms[i + 1]));
        }
        return pairs;

        int Number(string term, int place) => stems.TryGetValue(term, out var id) ? id : -1 - place;
    }

    private static IEnumerable<string> ContentWords(string text) =>
        SpanishAnalysis.Words(text).Select(SpanishAnalysis.Fold).Where(word => word.Length > 1 && !SpanishStopWords.Contains(word));

    private static async Task<VectorTable> EncodeAsync(IReadOnlyList<string> words, IEmbeddingGenerator<string, Embedding<float>>? encoder)
    {
        VectorTable.Builder? table = null;
        foreach (var batch in encoder is null ? [] : words.Chunk(Batch))
            foreach (var embedding in await encoder!.GenerateAsync(batch).ConfigureAwait(false))
                (table ??= new VectorTable.Builder(embedding.Vector.Length)).Add(VectorTable.Quantize(embedding.Vector.Span));
        return (table ?? new VectorTable.Builder(0)).Build();
    }

    /// <summary>What one question finds in articles.</summary>
    public sealed class Reading : IDisposable
    {
        private readonly ArticleWords words;
        private readonly IReadOnlyList<(float Weight, float[] Closeness)> asked;
        private readonly Dictionary<(int, int), float> pairs;
        private readonly bool[] paired;
        private readonly float weight, pairWeight;

        internal Reading(ArticleWords words, IReadOnlyList<(float Weight, float[] Closeness)> asked, Dictionary<(int, int), float> pairs)
        {
            (this.words, this.asked, this.pairs) = (words, asked, pairs);
            (weight, pairWeight) = (asked.Sum(word => word.Weight), pairs.Values.Sum());
            paired = new bool[words.stems.Count];
            foreach (var (one, other) in pairs.Keys)
                foreach (var stem in (int[])[one, other])
                    if (stem >= 0) paired[stem] = true;
        }

        /// <summary>Mean over the question's words, by rarity, of the cosine with the article's closest word; 0 where nothing is known.</summary>
        public double Closeness(ArticleAddress address) => words.articles.TryGetValue(address, out var article) ? Closeness(article.Words) : 0;

        /// <summary>The same against one passage with the sentence that introduces it.</summary>
        public double Closeness(long passage) => words.passages.TryGetValue(passage, out var own) ? Closeness(own) : 0;

        /// <summary>Share, by rarity, of the question's pairs of neighbouring words that are neighbours in the article, in either order.</summary>
        public double Pairs(ArticleAddress address)
        {
            if (pairWeight <= 0 || !words.articles.TryGetValue(address, out var article)) return 0;
            var found = new HashSet<(int, int)>();
            foreach (var run in article.Runs)
            {
                for (var i = 0; i + 1 < run.Length; i++)
                {
                    var (one, other) = (words.stemOfWord[run[i]], words.stemOfWord[run[i + 1]]);
                    if (paired[one] && paired[other]) found.Add(one < other ? (one, other) : (other, one));
                }
            }
            return found.Sum(pair => pairs.GetValueOrDefault(pair)) / pairWeight;
        }

        /// <summary>Natural logarithm of the article's length in characters: a long article has a close word for everything.</summary>
        public double Length(ArticleAddress address) => words.articles.TryGetValue(address, out var article) ? Math.Log(50 + article.Length) : 0;

        /// <inheritdoc />
        public void Dispose()
        {
            foreach (var (_, closeness) in asked) ArrayPool<float>.Shared.Return(closeness);
        }

        private double Closeness(int[] own)
        {
            if (weight <= 0) return 0;
            var sum = 0f;
            foreach (var (rarity, closeness) in asked)
            {
                var best = 0f;
                foreach (var word in own) best = Math.Max(best, closeness[word]);
                sum += rarity * best;
            }
            return sum / weight;
        }
    }

    private sealed record Entry(int[] Words, int[][] Runs, int Length);
}
