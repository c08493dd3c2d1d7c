using ParalegalBot.Retrieval;

namespace ParalegalBot.Tuning.Encoder;

/// <summary>
/// Draws the encoder's training batches: written questions with the passage that answers them, entries of the thesaurus with their legal words,
/// and pieces of statutes with their neighbours, which need nobody to write anything and cover every law.
/// </summary>
public sealed class EncoderSampler
{
    private readonly IReadOnlyList<EncoderArticle> articles;
    private readonly IReadOnlyList<(string Question, int Article)> questions;
    private readonly IReadOnlyList<VocabularyEntry> entries;
    private readonly int[] severalPassages;
    private int[][] nearMisses = [];

    /// <summary>Prepares the sources; questions on articles that are not given are left out.</summary>
    public EncoderSampler(IReadOnlyList<EncoderArticle> articles, IEnumerable<WrittenQuestion> questions, Vocabulary vocabulary)
    {
        this.articles = articles;
        var places = new Dictionary<(string, string), int>();
        for (var i = 0; i < articles.Count; i++) places.TryAdd((articles[i].Law, articles[i].Key), i);
        this.questions = [.. questions.Where(question => places.ContainsKey((question.Law, question.ArticleKey)))
            .Select(question => (vocabulary.Correct(question.Text), places[(question.Law, question.ArticleKey)]))];
        entries = vocabulary.Entries;
        severalPassages = [.. Enumerable.Range(0, articles.Count).Where(i => articles[i].Passages.Count > 1)];
    }

    /// <summary>Shares of a batch that are questions and thesaurus entries; the rest are pieces of statutes.</summary>
    public (double Questions, double Thesaurus) Shares { get; init; } = (.6, .1);

    /// <summary>Pairs in a batch.</summary>
    public int BatchSize { get; init; } = 256;

    /// <summary>From now on half of the questions come with an article that <paramref name="encode"/> confuses with theirs, not with a neighbour.</summary>
    public void Mine(Func<string, float[]> encode) => nearMisses = NearMisses.Find(articles, questions, encode);

    /// <summary>One batch.</summary>
    public IReadOnlyList<EncoderPair> Sample(Random random)
    {
        var batch = new EncoderPair[BatchSize];
        for (var i = 0; i < batch.Length; i++)
        {
            var kind = random.NextDouble();
            batch[i] = kind < Shares.Questions && questions.Count > 0 ? Question(random)
                : kind < Shares.Questions + Shares.Thesaurus && entries.Count > 0 ? Entry(random)
                : Piece(random);
        }
        return batch;
    }

    private EncoderPair Question(Random random)
    {
        var number = random.Next(questions.Count);
        var (question, place) = questions[number];
        var article = articles[place];
        var neighbour = nearMisses.Length > 0 && random.Next(2) == 0
            ? nearMisses[number][random.Next(nearMisses[number].Length)]
            : Math.Clamp(place + random.Next(1, 6) * (random.Next(2) * 2 - 1), 0, articles.Count - 1);
        return new EncoderPair(question, BestText(article, question, random), place,
            neighbour == place ? null : BestText(articles[neighbour], question, random), neighbour);
    }

    private EncoderPair Entry(Random random)
    {
        var number = random.Next(entries.Count);
        return new EncoderPair(entries[number].Lay, string.Join(' ', entries[number].Legal), articles.Count + number);
    }

    private EncoderPair Piece(Random random)
    {
        var place = severalPassages[random.Next(severalPassages.Length)];
        var article = articles[place];
        var piece = random.Next(article.Passages.Count);
        var other = (piece + 1 + random.Next(article.Passages.Count - 1)) % article.Passages.Count;
        var words = article.Passages[piece].Split(' ');
        var start = random.Next(Math.Max(1, words.Length - 12));
        return new EncoderPair(string.Join(' ', words.Skip(start).Take(12)), $"{article.Head} {article.Passages[other]}", place);
    }

    /// <summary>The passage that shares most with the question, sometimes any other one, under the article's headings.</summary>
    private static string BestText(EncoderArticle article, string question, Random random)
    {
        if (article.Passages.Count == 1) return $"{article.Head} {article.Passages[0]}";
        if (random.Next(4) == 0) return $"{article.Head} {article.Passages[random.Next(article.Passages.Count)]}";
        var terms = SpanishAnalysis.Terms(question).ToHashSet();
        var best = article.Passages.Select((text, index) => (text, index)).MaxBy(passage => SpanishAnalysis.Terms(passage.text).Distinct().Count(terms.Contains) - passage.index * 1e-3);
        return $"{article.Head} {best.text}";
    }
}

/// <summary>An article as training material.</summary>
/// <param name="Law">Abbreviation.</param>
/// <param name="Key">Key of its number.</param>
/// <param name="Head">Its epígrafe and the headings above it.</param>
/// <param name="Passages">Its passages with their introductions.</param>
public sealed record EncoderArticle(string Law, string Key, string Head, IReadOnlyList<string> Passages);
