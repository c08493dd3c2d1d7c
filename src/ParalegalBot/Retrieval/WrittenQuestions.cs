using System.Numerics.Tensors;
using System.Text.Json;
using System.Text.Json.Serialization;
using ParalegalBot.Statutes;

namespace ParalegalBot.Retrieval;

/// <summary>
/// Questions that were written while reading an article (manifests/training/questions.jsonl). A question like one of them is probably
/// answered by its article: they bring lay wording next to the statute's.
/// </summary>
public sealed class WrittenQuestions
{
    private readonly IReadOnlyList<WrittenQuestion> questions;
    private readonly PostingIndex postings;
    private readonly float[][] vectors;
    private readonly Dictionary<ArticleAddress, int> articles = [];
    private readonly int[] articleOf;

    /// <summary>Indexes the questions; <paramref name="encode"/> gives unit vectors, or null where no encoder is configured.</summary>
    public WrittenQuestions(IReadOnlyList<WrittenQuestion> questions, Vocabulary vocabulary, Func<string, float[]>? encode)
    {
        this.questions = questions;
        articleOf = new int[questions.Count];
        for (var i = 0; i < questions.Count; i++)
        {
            var address = new ArticleAddress(questions[i].Law, questions[i].ArticleKey);
            if (!articles.TryGetValue(address, out articleOf[i])) articles[address] = articleOf[i] = articles.Count;
        }
        var builder = new PostingIndex.Builder(b: .3f);
        foreach (var question in questions)
        {
            foreach (var term in SpanishAnalysis.Terms(vocabulary.Correct(question.Text)).Distinct()) builder.Add(term);
            builder.EndDocument();
        }
        postings = builder.Build();
        vectors = encode is null ? [] : [.. questions.Select(question => encode(vocabulary.Correct(question.Text)))];
    }

    /// <summary>No questions at all.</summary>
    public static WrittenQuestions None { get; } = new([], Vocabulary.Empty, null);

    /// <summary>Reads a JSON Lines file.</summary>
    /// <exception cref="ParalegalBotException">It is missing or a line is malformed.</exception>
    public static IReadOnlyList<WrittenQuestion> Read(string path)
    {
        var line = 0;
        try
        {
            var questions = new List<WrittenQuestion>();
            foreach (var text in File.ReadLines(path))
            {
                line++;
                if (text.Length > 0) questions.Add(JsonSerializer.Deserialize<WrittenQuestion>(text) ?? throw new JsonException("null"));
            }
            return questions;
        }
        catch (Exception cause) when (cause is IOException or JsonException or UnauthorizedAccessException)
        {
            throw new ParalegalBotException($"No pude leer las preguntas de «{path}» (línea {line}); reinstale la carpeta manifests/training.", cause);
        }
    }

    /// <summary>Compares a question with all written ones; <paramref name="skip"/> leaves some out, for fitting on the questions themselves.</summary>
    public AskedScores Compare(IReadOnlyList<WeightedTerm> terms, ReadOnlySpan<float> vector, Func<WrittenQuestion, bool>? skip = null)
    {
        var scores = new AskedScore?[articles.Count];
        var mass = Math.Max(1e-6f, terms.Sum(term => postings.Idf(term.Term) * term.Weight));
        var lexical = new float[questions.Count];
        postings.Score(terms, lexical);
        for (var i = 0; i < lexical.Length; i++)
        {
            if (skip?.Invoke(questions[i]) ?? false) continue;
            var cosine = vector.IsEmpty || vectors.Length == 0 ? 0 : TensorPrimitives.Dot(vector, vectors[i]);
            var best = scores[articleOf[i]].GetValueOrDefault();
            scores[articleOf[i]] = new AskedScore(Math.Max(best.Lexical, lexical[i] / mass), Math.Max(best.Semantic, cosine));
        }
        return new AskedScores(articles, scores);
    }
}

/// <summary>What the written questions say of each article.</summary>
public sealed class AskedScores(IReadOnlyDictionary<ArticleAddress, int> articles, AskedScore?[] scores)
{
    /// <summary>The article's best scores; null where nobody wrote a question for it.</summary>
    public AskedScore? Of(ArticleAddress address) => articles.TryGetValue(address, out var place) ? scores[place] : null;

    /// <summary>Those of these articles whose questions are most like what is asked, most alike first.</summary>
    public IReadOnlyList<ArticleAddress> Nearest(int count, Func<ArticleAddress, bool> among) =>
        [.. articles.Where(pair => scores[pair.Value]?.Sum > 0 && among(pair.Key)).OrderByDescending(pair => scores[pair.Value]?.Sum).Take(count).Select(pair => pair.Key)];
}

/// <summary>A question written for an article.</summary>
/// <param name="Law">Abbreviation of the law.</param>
/// <param name="Article">Number of the article that answers it, as printed.</param>
/// <param name="Unit"><c>fr. II</c>, <c>A.XXII</c>, <c>p2</c> or null.</param>
/// <param name="Kind">deadline, amount, right, duty, requirement, procedure, definition, sanction, competence, exception or other.</param>
/// <param name="Style">lay or formal.</param>
/// <param name="Text">The question.</param>
/// <param name="Writer">Who wrote it, from 1: the second wrote without looking at the first's questions, as people ask.</param>
public sealed record WrittenQuestion(
    [property: JsonPropertyName("law")] string Law,
    [property: JsonPropertyName("article")] string Article,
    [property: JsonPropertyName("unit")] string? Unit,
    [property: JsonPropertyName("kind")] string Kind,
    [property: JsonPropertyName("style")] string Style,
    [property: JsonPropertyName("question")] string Text,
    [property: JsonPropertyName("writer")] int Writer = 1)
{
    /// <summary>Key of the article's number.</summary>
    [JsonIgnore] public string ArticleKey => field ??= ArticleNumber.KeyOf(Article);
}

/// <summary>Where an article is: law and key of its number.</summary>
public readonly record struct ArticleAddress(string Law, string ArticleKey);

/// <summary>How like an article's written questions are to what is asked.</summary>
/// <param name="Lexical">Shared words as a share of the asked words' weight, 0 to about 1.</param>
/// <param name="Semantic">Cosine.</param>
public readonly record struct AskedScore(float Lexical, float Semantic)
{
    /// <summary>Both together.</summary>
    public float Sum => Lexical + Semantic;
}
