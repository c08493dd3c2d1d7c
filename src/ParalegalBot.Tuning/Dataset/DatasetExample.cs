using System.Text.Json.Serialization;
using ParalegalBot.Answering;

namespace ParalegalBot.Tuning.Dataset;

/// <summary>What an example teaches.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ExampleKind>))]
public enum ExampleKind
{
    /// <summary>To answer from the passages.</summary>
    [JsonStringEnumMemberName("answer")] Answer,

    /// <summary>To say that the passages do not suffice.</summary>
    [JsonStringEnumMemberName("refuse")] Refuse,

    /// <summary>To say what the law says where the question presumes something else.</summary>
    [JsonStringEnumMemberName("false_premise")] FalsePremise,

    /// <summary>To ask back.</summary>
    [JsonStringEnumMemberName("clarify")] Clarify,
}

/// <summary>A question with its draft. It names passages and sentences and holds no statute text of its own.</summary>
public sealed record DatasetExample
{
    /// <summary>Unique in the dataset, and the same in every run.</summary>
    [JsonPropertyName("id")] public required string Id { get; init; }

    /// <summary>Who wrote it: <c>rules</c>, <c>written</c>, <c>model</c> or <c>feedback</c>.</summary>
    [JsonPropertyName("origin")] public required string Origin { get; init; }

    /// <summary>What it teaches.</summary>
    [JsonPropertyName("kind")] public ExampleKind Kind { get; init; }

    /// <summary>deadline, amount, right, duty, requirement, procedure, definition, sanction, competence, exception or other.</summary>
    [JsonPropertyName("form")] public required string Form { get; init; }

    /// <summary>lay or formal.</summary>
    [JsonPropertyName("style")] public required string Style { get; init; }

    /// <summary>Abbreviation of the law.</summary>
    [JsonPropertyName("law")] public required string Law { get; init; }

    /// <summary>The article that answers, as printed.</summary>
    [JsonPropertyName("article")] public required string Article { get; init; }

    /// <summary>The question as asked in its turn.</summary>
    [JsonPropertyName("question")] public required string Question { get; init; }

    /// <summary>Earlier turns; empty for a question by itself.</summary>
    [JsonPropertyName("history")] public IReadOnlyList<Turn> History { get; init; } = [];

    /// <summary>What is to be written.</summary>
    [JsonPropertyName("draft")] public required Draft Draft { get; init; }

    /// <summary>Ids of the passages of the prompt, in its order; empty before the mix.</summary>
    [JsonPropertyName("passages")] public IReadOnlyList<string> Passages { get; init; } = [];

    /// <summary>Which file it is in.</summary>
    [JsonPropertyName("split")] public DatasetSplit Split { get; init; }
}
