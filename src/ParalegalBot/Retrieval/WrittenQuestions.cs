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

    /// <summary>Indexes the questions; <paramref name="encode"/> gives unit vectors, or null where no encoder is configured.</summary>
    public WrittenQuestions(IReadOnlyList<WrittenQuestion> questions, Vocabulary vocabulary, Func<string, float[]>? encode)
    {
        this.questions = questions;
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

    /// <summary>
    /// The articles whose questions are most like this one, with the best score of each route: shared words as a share of the asked
    /// words' weight (0 to about 1), and cosine. <paramref name="skip"/> leaves questions out, for fitting on the questions themselves.
    /// </summary>
    public IReadOnlyDictionary<ArticleAddress, AskedScore> Nearest(IReadOnlyList<WeightedTerm> terms, ReadOnlySpan<float> vector, int limit, Func<WrittenQuestion, bool>? skip = null)
    {
        var found = new Dictionary<ArticleAddress, AskedScore>();
        if (questions.Count == 0) return found;
        var mass = Math.Max(1e-6f, terms.Sum(term => postings.Idf(term.Term) * term.Weight));
        var lexical = new float[questions.Count];
        postings.Score(terms, lexical);
        var best = new PriorityQueue<int, float>(limit + 1);
        for (var i = 0; i < lexical.Length; i++)
        {
            lexical[i] /= mass;
            var cosine = vector.IsEmpty || vectors.Length == 0 ? 0 : TensorPrimitives.Dot(vector, vectors[i]);
            var score = lexical[i] + cosine;
            if (score <= 0 || (best.Count == limit && best.TryPeek(out _, out var worst) && score <= worst)) continue;
            if (skip?.Invoke(questions[i]) ?? false) continue;
            best.Enqueue(i, score);
            if (best.Count > limit) best.Dequeue();
        }
        foreach (var (i, _) in best.UnorderedItems)
        {
            var cosine = vector.IsEmpty || vectors.Length == 0 ? 0 : TensorPrimitives.Dot(vector, vectors[i]);
            var address = new ArticleAddress(questions[i].Law, questions[i].ArticleKey);
            var known = found.GetValueOrDefault(address);
            found[address] = new AskedScore(Math.Max(known.Lexical, lexical[i]), Math.Max(known.Semantic, cosine));
        }
        return found;
    }
}

/// <summary>A question written for an article.</summary>
/// <param name="Law">Abbreviation of the law.</param>
/// <param name="Article">Number of the article that answers it, as printed.</param>
/// <param name="Unit"><c>fr. II</c>, <c>A.XXII</c>, <c>p2</c> or null.</param>
/// <param name="Kind">deadline, amount, right, duty, requirement, procedure, definition, sanction, competence, exception or other.</param>
/// <param name="Style">lay or formal.</param>
/// <param name="Text">The question.</param>
public sealed record WrittenQuestion(
    [property: JsonPropertyName("law")] string Law,
    [property: JsonPropertyName("article")] string Article,
    [property: JsonPropertyName("unit")] string? Unit,
    [property: JsonPropertyName("kind")] string Kind,
    [property: JsonPropertyName("style")] string Style,
    [property: JsonPropertyName("question")] string Text)
{
    /// <summary>Key of the article's number.</summary>
    [JsonIgnore] public string ArticleKey => field ??= ArticleNumber.KeyOf(Article);
}

/// <summary>Where an article is: law and key of its number.</summary>
public readonly record struct ArticleAddress(string Law, string ArticleKey);

/// <summary>How like an article's written questions are to what is asked.</summary>
public readonly record struct AskedScore(float Lexical, float Semantic);
