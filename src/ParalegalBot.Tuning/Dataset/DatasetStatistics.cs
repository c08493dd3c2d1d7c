using System.Text.Json;
using System.Text.Json.Serialization;

namespace ParalegalBot.Tuning.Dataset;

/// <summary>What became of what was generated. <c>generated</c> less all gates is what was proved; the mix takes from that and derives from it.</summary>
public sealed record DatasetStatistics
{
    /// <summary>Pairs that the teachers wrote.</summary>
    [JsonPropertyName("generated")] public int Generated { get; init; }

    /// <summary>Pairs that passed every gate.</summary>
    [JsonPropertyName("proved")] public int Proved { get; init; }

    /// <summary>Lines of the files.</summary>
    [JsonPropertyName("kept")] public int Kept { get; init; }

    /// <summary>Lines with earlier turns.</summary>
    [JsonPropertyName("dialogues")] public int Dialogues { get; init; }

    /// <summary>Pairs dropped by each gate, in the order of the gates.</summary>
    [JsonPropertyName("gates")] public IReadOnlyDictionary<string, int> Gates { get; init; } = new Dictionary<string, int>();

    /// <summary>Lines of each kind.</summary>
    [JsonPropertyName("kinds")] public IReadOnlyDictionary<string, int> Kinds { get; init; } = new Dictionary<string, int>();

    /// <summary>Lines of each split.</summary>
    [JsonPropertyName("splits")] public IReadOnlyDictionary<string, int> Splits { get; init; } = new Dictionary<string, int>();

    /// <summary>Lines of each origin.</summary>
    [JsonPropertyName("origins")] public IReadOnlyDictionary<string, int> Origins { get; init; } = new Dictionary<string, int>();

    /// <summary>Lines of each form.</summary>
    [JsonPropertyName("forms")] public IReadOnlyDictionary<string, int> Forms { get; init; } = new Dictionary<string, int>();

    /// <summary>Laws with at least one line.</summary>
    [JsonPropertyName("laws")] public int Laws { get; init; }

    /// <summary>Tokens that the teacher read.</summary>
    [JsonPropertyName("input_tokens")] public long InputTokens { get; init; }

    /// <summary>Tokens that the teacher wrote.</summary>
    [JsonPropertyName("output_tokens")] public long OutputTokens { get; init; }

    /// <summary>What that cost at the prices given.</summary>
    [JsonPropertyName("cost")] public decimal Cost { get; init; }

    /// <summary>Time of the run that finished it.</summary>
    [JsonPropertyName("seconds")] public double Seconds { get; init; }

    /// <summary>Reads a dataset's folder; what can be counted is counted from the lines themselves.</summary>
    /// <exception cref="ParalegalBotException">The folder holds no dataset, or a line is damaged.</exception>
    public static DatasetStatistics Read(string folder)
    {
        var path = Path.Combine(folder, DatasetFiles.Statistics);
        if (!File.Exists(path)) throw new ParalegalBotException($"En «{folder}» no hay un conjunto de datos terminado; genérelo con «paralegal dataset generate --out {folder}» (si quedó a medias, sigue donde iba).");
        try
        {
            var written = JsonSerializer.Deserialize<DatasetStatistics>(File.ReadAllText(path)) ?? throw new JsonException("null");
            return written.Count([.. DatasetFiles.Splits.SelectMany(split => Lines(Path.Combine(folder, split + ".jsonl")))]);
        }
        catch (JsonException cause)
        {
            throw new ParalegalBotException($"«{path}» está dañado; bórrelo y repita «paralegal dataset generate --out {folder}».", cause);
        }
    }

    /// <summary>The same with the lines counted.</summary>
    internal DatasetStatistics Count(IReadOnlyCollection<DatasetExample> examples) => this with
    {
        Kept = examples.Count,
        Dialogues = examples.Count(example => example.History.Count > 0),
        Kinds = By(examples, example => DatasetFiles.NameOf(example.Kind)),
        Splits = By(examples, example => DatasetFiles.NameOf(example.Split)),
        Origins = By(examples, example => example.Origin),
        Forms = By(examples, example => example.Form),
        Laws = examples.Select(example => example.Law).Distinct().Count(),
    };

    private static Dictionary<string, int> By(IEnumerable<DatasetExample> examples, Func<DatasetExample, string> name) =>
        examples.CountBy(name).OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).ToDictionary();

    private static IEnumerable<DatasetExample> Lines(string path)
    {
        if (!File.Exists(path)) throw new ParalegalBotException($"Falta «{path}»; repita «paralegal dataset generate».");
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            DatasetExample example;
            try
            {
                example = JsonSerializer.Deserialize<DatasetExample>(line) ?? throw new JsonException("null");
            }
            catch (JsonException cause)
            {
                throw new ParalegalBotException($"«{path}», línea {number}: no es un ejemplo válido; corríjala o quítela.", cause);
            }
            yield return example;
        }
    }
}
