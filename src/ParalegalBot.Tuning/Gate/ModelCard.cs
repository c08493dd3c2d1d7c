using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using ParalegalBot.Evaluation;
using ParalegalBot.Tuning.Formats;
using ParalegalBot.Tuning.Training.Data;

namespace ParalegalBot.Tuning.Gate;

/// <summary>What <c>tune eval</c> found out about a model: the same cases in four columns. It names the file by its hash, so that no other file can be promoted with it.</summary>
public sealed record ModelCard
{
    /// <summary>Names of the columns, in their order.</summary>
    public const string Extractive = "extractive", Base = "base + retrieval", ClosedBook = "fine-tuned, closed book", Tuned = "fine-tuned + retrieval";

    /// <summary>What a model may not be worse at than <see cref="Extractive"/>, and whether more of it is worse.</summary>
    private static readonly (string Name, bool MoreIsWorse)[] Safety = [("hallucinated, all cases", true), ("error among answered", true), ("refused rightly", false)];

    /// <summary>The file's name.</summary>
    [JsonPropertyName("model")] public required string Model { get; init; }

    /// <summary>Its SHA-256.</summary>
    [JsonPropertyName("sha256")] public required string Sha256 { get; init; }

    /// <summary>The day of the evaluation.</summary>
    [JsonPropertyName("date")] public required DateOnly Date { get; init; }

    /// <summary>The case files.</summary>
    [JsonPropertyName("cases")] public required IReadOnlyList<string> Cases { get; init; }

    /// <summary>Number of cases asked.</summary>
    [JsonPropertyName("count")] public required int Count { get; init; }

    /// <summary>Laws in the store.</summary>
    [JsonPropertyName("laws")] public required int Laws { get; init; }

    /// <summary>Measures by column: hits and count of each share.</summary>
    [JsonPropertyName("columns")] public required IReadOnlyDictionary<string, IReadOnlyDictionary<string, Share>> Columns { get; init; }

    /// <summary>A share.</summary>
    public sealed record Share([property: JsonPropertyName("hits")] int Hits, [property: JsonPropertyName("count")] int Count)
    {
        /// <summary>Null where nothing was counted.</summary>
        [JsonIgnore] public double? Value => Count == 0 ? null : (double)Hits / Count;
    }

    /// <summary>One column from its results.</summary>
    public static IReadOnlyDictionary<string, Share> Column(IReadOnlyList<CaseResult> results) => ShareMeasures.Of(results).ToDictionary(share => share.Name, share => new Share(share.Value.Hits, share.Value.Count));

    /// <summary>Where the card of a model stands: beside it.</summary>
    public static string PathOf(string model) => model + ".card.json";

    /// <summary>SHA-256 of a file.</summary>
    public static string Hash(string path) => TrainingFile.Hash(path);

    /// <summary>The safety measures at which the model with retrieval is worse than the extractive engine, in words.</summary>
    public IReadOnlyList<string> Worse()
    {
        var (ours, theirs) = (Columns[Tuned], Columns[Extractive]);
        return [.. Safety.Select(measure => (measure, Ours: ours.GetValueOrDefault(measure.Name)?.Value, Theirs: theirs.GetValueOrDefault(measure.Name)?.Value))
            .Where(item => item.Ours is { } tuned && item.Theirs is { } plain && (item.measure.MoreIsWorse ? tuned > plain : tuned < plain))
            .Select(item => string.Create(CultureInfo.InvariantCulture, $"{item.measure.Name}: {item.Ours:P1} / {item.Theirs:P1}"))];
    }

    /// <summary>Writes the card beside the model, as JSON and as a page to read.</summary>
    public void Write(string model)
    {
        WholeFile.Write(PathOf(model), JsonSerializer.Serialize(this, ReadableJson.Indented) + "\n");
        WholeFile.Write(model + ".card.md", Page());
    }

    /// <summary>Reads the card of a file.</summary>
    /// <exception cref="ParalegalBotException">There is none, it is damaged, or it is another file's.</exception>
    public static ModelCard Read(string model)
    {
        if (!File.Exists(model)) throw new ParalegalBotException($"No encontré el modelo «{model}».");
        var path = PathOf(model);
        if (!File.Exists(path)) throw new ParalegalBotException($"El modelo «{model}» no se ha evaluado; ejecute antes «paralegal tune eval {model}».");
        try
        {
            var card = JsonSerializer.Deserialize<ModelCard>(File.ReadAllText(path)) ?? throw new JsonException("null");
            return card.Sha256 == Hash(model) ? card : throw new ParalegalBotException($"La ficha «{path}» es de otro archivo: el modelo cambió desde que se evaluó; repita «paralegal tune eval {model}».");
        }
        catch (JsonException cause)
        {
            throw new ParalegalBotException($"La ficha «{path}» está dañada; repita «paralegal tune eval {model}».", cause);
        }
    }

    private string Page()
    {
        var page = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"# {Model}\n\nsha256 `{Sha256}`, evaluated {Date:yyyy-MM-dd}, {Count} cases ({string.Join(", ", Cases)}), {Laws} laws in the store.\n\n"));
        page.Append("| measure |").AppendJoin(" |", Columns.Keys.Select(name => " " + name)).Append(" |\n|---|").Insert(page.Length, "---|", Columns.Count).Append('\n');
        foreach (var measure in Columns[Extractive].Keys)
            page.Append(CultureInfo.InvariantCulture, $"| {measure} |").AppendJoin(" |", Columns.Values.Select(column => column.GetValueOrDefault(measure) is { Value: { } value } share ? string.Create(CultureInfo.InvariantCulture, $" {share.Hits}/{share.Count} = {value:P1}") : " –")).Append(" |\n");
        var worse = Worse();
        return page.Append(worse.Count == 0 ? "\nAt no safety measure worse than the extractive engine.\n" : $"\nWorse than the extractive engine at: {string.Join("; ", worse)}.\n").ToString();
    }
}
