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

    /// <summary>Content words at an article's beginning that say what it is about.</summary>
    private const int LeadWords = 12;

    private readonly int[] stemOfWord;
    private readonly Dictionary<string, int> stems;
    private readonly VectorTable vectors;
    private readonly Dictionary<long, PassageWords> passages;
    private readonly Dictionary<ArticleAddress, Entry> articles;

    private ArticleWords(int[] stemOfWord, Dictionary<string, int> stems, VectorTable vectors, Dictionary<long, PassageWords> passages, Dictionary<ArticleAddress, Entry> articles) =>
        (this.stemOfWord, this.stems, this.vectors, this.passages, this.articles) = (stemOfWord, stems, vectors, passages, articles);

    /// <summary>Reads the store; without an encoder a word is close to its own inflections only.</summary>
    public static async Task<ArticleWords> LoadAsync(StatuteStore store, IEmbeddingGenerator<string, Embedding<float>>? encoder)
    {
        var words = new Dictionary<string, int>(StringComparer.Ordinal);
        var passages = new Dictionary<long, PassageWords>();
        var articles = new Dictionary<ArticleAddress, Entry>();
        var chapters = new Dictionary<(string, string), int>();
        Entry? last = null;
        foreach (var item in store.ReadForIndex())
        {
            var address = new ArticleAddress(item.Passage.Law, item.ArticleKey);
            var text = Read(item.Passage.Text);
            ref var article = ref CollectionsMarshal.GetValueRefOrAddDefault(articles, address, out var known);
            if (!known)
            {
                article = new Entry
                {
                    Title = Read(string.Join(' ', item.Place.Select(division => division.Title))),
                    Lead = [.. text.Take(LeadWords)],
                    Chapter = ChapterOf(item),
                    Previous = last?.Law == item.Passage.Law ? last : null,
                    Law = item.Passage.Law,
                };
                article.Runs.Add(Read(item.Place.LastOrDefault()?.Title));
                article.Runs.Add(Read(item.Heading));
                if (article.Previous is { } previous) previous.Next = article;
                last = article;
            }
            article!.Runs.Add(text);
            article.Length += item.Passage.Text.Length;
            passages[item.Row] = item.Passage.Introduction is { } introduction
                ? new PassageWords([.. Read(introduction), .. text], AskedForms.OfText($"{introduction} {item.Passage.Text}"))
                : new PassageWords(text, AskedForms.OfText(item.Passage.Text));
        }
        foreach (var article in articles.Values) article.Close();

        var stems = new Dictionary<string, int>(StringComparer.Ordinal);
        var stemOfWord = new int[words.Count];
        foreach (var (word, id) in words)
        {
            ref var stem = ref CollectionsMarshal.GetValueRefOrAddDefault(stems, SpanishAnalysis.Stem(word), out var exists);
            if (!exists) stem = stems.Count - 1;
            stemOfWord[id] = stem;
        }
        return new ArticleWords(stemOfWord, stems, await EncodeAsync([.. words.Keys], encoder).ConfigureAwait(false), passages, articles);

        int[] Read(string? text) => text is null ? [] : [.. ContentWords(text).Select(word =>
        {
            ref var id = ref CollectionsMarshal.GetValueRefOrAddDefault(words, word, out var exists);
            if (!exists) id = words.Count - 1;
            return id;
        })];

        int ChapterOf(IndexedPassage item)
        {
            ref var chapter = ref CollectionsMarshal.GetValueRefOrAddDefault(
                chapters, (item.Passage.Law, string.Join('|', item.Place.Select(division => $"{division.Label} {division.Title}"))), out var exists);
            if (!exists) chapter = chapters.Count;
            return chapter;
        }
    }

    /// <summary>Whether the store has the article.</summary>
    public bool Has(ArticleAddress address) => articles.ContainsKey(address);

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
        return new Reading(this, asked, Pairs(question, idf), AskedForms.OfQuestion(question));
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

    /// <summary>The folded words of a text that carry meaning, in order.</summary>
    internal static IEnumerable<string> ContentWords(string text) =>
        SpanishAnalysis.FoldedWords(text).Where(word => word.Length > 1 && !SpanishStopWords.Contains(word));

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
        private readonly Dictionary<Entry, double> closeness = [];

        internal Reading(ArticleWords words, IReadOnlyList<(float Weight, float[] Closeness)> asked, Dictionary<(int, int), float> pairs, AskedForm forms)
        {
            (this.words, this.asked, this.pairs, Forms) = (words, asked, pairs, forms);
            (weight, pairWeight) = (asked.Sum(word => word.Weight), pairs.Values.Sum());
            paired = new bool[words.stems.Count];
            foreach (var (one, other) in pairs.Keys)
                foreach (var stem in (int[])[one, other])
                    if (stem >= 0) paired[stem] = true;
        }

        /// <summary>What the question asks for beside its subject.</summary>
        public AskedForm Forms { get; }

        /// <summary>What the passage offers of <see cref="Forms"/> and beyond.</summary>
        public AskedForm Offered(long passage) => words.passages.TryGetValue(passage, out var own) ? own.Forms : AskedForm.None;

        /// <summary>Mean over the question's words, by rarity, of the cosine with the passage's closest word; 0 where nothing is known.</summary>
        public double Closeness(long passage) => words.passages.TryGetValue(passage, out var own) ? Closeness(own.Words) : 0;

        /// <summary>What the question finds in an article; nothing where it is unknown.</summary>
        public ArticleReading Of(ArticleAddress address) => words.articles.TryGetValue(address, out var article)
            ? new ArticleReading(
                Closeness(article), (Closeness(article.Previous) + Closeness(article.Next)) / 2,
                Asked(article.Title), Asked(article.Lead), Pairs(article), Math.Log(50 + article.Length), article.Chapter)
            : ArticleReading.Unknown;

        /// <inheritdoc />
        public void Dispose()
        {
            foreach (var (_, closeness) in asked) ArrayPool<float>.Shared.Return(closeness);
        }

        private double Pairs(Entry article)
        {
            if (pairWeight <= 0) return 0;
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

        private double Closeness(Entry? article)
        {
            if (article is null) return 0;
            if (!closeness.TryGetValue(article, out var known)) closeness[article] = known = Closeness(article.Words);
            return known;
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

        /// <summary>The other way round: how far these words are in the question.</summary>
        private double Asked(int[] own)
        {
            if (own.Length == 0) return 0;
            var sum = 0f;
            foreach (var word in own)
            {
                var best = 0f;
                foreach (var (_, closeness) in asked) best = Math.Max(best, closeness[word]);
                sum += best;
            }
            return sum / own.Length;
        }
    }

    private sealed class Entry
    {
        public required string Law { get; init; }

        public required int[] Title { get; init; }

        public required int[] Lead { get; init; }

        public required int Chapter { get; init; }

        public required Entry? Previous { get; init; }

        public Entry? Next { get; set; }

        public List<int[]> Runs { get; } = [];

        public int Length { get; set; }

        public int[] Words { get; private set; } = [];

        /// <summary>After the last passage.</summary>
        public void Close() => Words = [.. Runs.SelectMany(run => run).Distinct()];
    }

    private sealed record PassageWords(int[] Words, AskedForm Forms);
}

/// <summary>What a question finds in an article; cosines are means, 0 to 1.</summary>
/// <param name="Closeness">Over the question's words, by rarity: the cosine with the article's closest word.</param>
/// <param name="Neighbours">The same in the articles before and after it, whose subject is its own.</param>
/// <param name="TitleAsked">Over the words of the headings above it: the cosine with the question's closest word. Low for special regimes that nobody asked about.</param>
/// <param name="LeadAsked">The same over its first words, which say what it is about.</param>
/// <param name="Pairs">Share, by rarity, of the question's pairs of neighbouring words that are neighbours in the article, in either order.</param>
/// <param name="Length">Natural logarithm of its length in characters: a long article has a close word for everything.</param>
/// <param name="Chapter">Number of its place in the hierarchy.</param>
public readonly record struct ArticleReading(double Closeness, double Neighbours, double TitleAsked, double LeadAsked, double Pairs, double Length, int Chapter)
{
    /// <summary>An article that the store has not.</summary>
    public static ArticleReading Unknown { get; } = new(0, 0, 0, 0, 0, 0, 0);
}
