using System.Text.Json;
using System.Text.Json.Serialization;
using ParalegalBot.Answering;

namespace ParalegalBot.Evaluation;

/// <summary>One case of a case file. Everything but id and question may be missing; without <see cref="Expected"/> it is answered and not scored.</summary>
public sealed record EvaluationCase
{
    /// <summary>Unique in the file.</summary>
    [JsonPropertyName("id")] public required string Id { get; init; }

    /// <summary>What the person types.</summary>
    [JsonPropertyName("question")] public required string Question { get; init; }

    /// <summary><c>lay</c> or <c>formal</c>.</summary>
    [JsonPropertyName("style")] public string Style { get; init; } = "";

    /// <summary>A free string to group by.</summary>
    [JsonPropertyName("kind")] public string Kind { get; init; } = "";

    /// <summary><c>answer</c>, <c>refuse</c>, <c>clarify</c>, or null.</summary>
    [JsonPropertyName("expected")] public string? Expected { get; init; }

    /// <summary>Articles that must be cited.</summary>
    [JsonPropertyName("gold")] public IReadOnlyList<GoldArticle> Gold { get; init; } = [];

    /// <summary>Other acceptable sets.</summary>
    [JsonPropertyName("alt_gold")] public IReadOnlyList<IReadOnlyList<GoldArticle>> Alternatives { get; init; } = [];

    /// <summary>Groups of spellings, one of each must appear.</summary>
    [JsonPropertyName("facts")] public IReadOnlyList<IReadOnlyList<string>> Facts { get; init; } = [];

    /// <summary>Strings that make an answer wrong.</summary>
    [JsonPropertyName("forbidden")] public IReadOnlyList<string> Forbidden { get; init; } = [];

    /// <summary>Earlier turns.</summary>
    [JsonPropertyName("history")] public IReadOnlyList<CaseTurn> History { get; init; } = [];

    /// <summary>All acceptable sets of articles.</summary>
    [JsonIgnore] public IEnumerable<IReadOnlyList<GoldArticle>> GoldSets => ((IReadOnlyList<IReadOnlyList<GoldArticle>>)[Gold, .. Alternatives]).Where(set => set.Count > 0);

    /// <summary>The question as the assistant gets it: it never sees what is expected.</summary>
    public Question AsQuestion(DateOnly? asOf) => new() { Text = Question, AsOf = asOf, Channel = "evaluation", History = [.. History.Select(turn => new Turn(turn.Role, turn.Text))] };

    /// <summary>Reads a JSONL file.</summary>
    /// <exception cref="ParalegalBotException">It is missing, or a line is no case.</exception>
    public static IReadOnlyList<EvaluationCase> Load(string path)
    {
        if (!File.Exists(path)) throw new ParalegalBotException($"No encontré el archivo de casos «{path}».");
        var cases = new List<EvaluationCase>();
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line)) continue;
            try
            {
                cases.Add(JsonSerializer.Deserialize<EvaluationCase>(line) ?? throw new JsonException("null"));
            }
            catch (JsonException cause)
            {
                throw new ParalegalBotException($"{path}, línea {number}: no es un caso válido (se necesitan al menos id y question).", cause);
            }
        }
        return cases.Count > 0 ? cases : throw new ParalegalBotException($"El archivo de casos «{path}» está vacío.");
    }
}

/// <summary>An article that must be cited.</summary>
public sealed record GoldArticle([property: JsonPropertyName("law")] string Law, [property: JsonPropertyName("article")] string Article, [property: JsonPropertyName("unit")] string? Unit = null)
{
    /// <summary>Law and article in one comparable form.</summary>
    [JsonIgnore] public string Key => KeyOf(Law, Article);

    /// <summary>The comparable form of a law and an article as printed.</summary>
    public static string KeyOf(string law, string article) => law.ToUpperInvariant() + "/" + Statutes.ArticleNumber.KeyOf(article);
}

/// <summary>One earlier turn of a case.</summary>
public sealed record CaseTurn([property: JsonPropertyName("role")] string Role, [property: JsonPropertyName("text")] string Text);
