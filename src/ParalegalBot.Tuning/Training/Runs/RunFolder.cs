using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using ParalegalBot.Tuning.Formats;

namespace ParalegalBot.Tuning.Training.Runs;

/// <summary>
/// What a training leaves: <c>run.json</c> (options, data hashes), <c>figures.jsonl</c> (a line a step), <c>loss.svg</c>, <c>checkpoints/</c> (the last two) and, when
/// it is done, <c>model/</c> or <c>adapter/</c> as Hugging Face lays them out.
/// </summary>
internal sealed class RunFolder(string path)
{
    private const string Description = "run.json", Figures = "figures.jsonl", Picture = "loss.svg";

    /// <summary>The trained model.</summary>
    public string Model => Path.Combine(path, "model");

    /// <summary>The trained adapter.</summary>
    public string Adapter => Path.Combine(path, "adapter");

    /// <summary>The base, where it came out of a GGUF file.</summary>
    public string Base => Path.Combine(path, "base");

    public string Checkpoint(int step) => Path.Combine(path, "checkpoints", step.ToString("D6", CultureInfo.InvariantCulture));

    /// <summary>The last whole checkpoint, or null.</summary>
    public string? LastCheckpoint => Checkpoints().LastOrDefault();

    /// <summary>Starts, or goes on with, a run.</summary>
    /// <exception cref="ParalegalBotException">The folder holds a run with other options or other data.</exception>
    public void Begin(TrainingOptions options, IReadOnlyDictionary<string, string> data)
    {
        Directory.CreateDirectory(Path.Combine(path, "checkpoints"));
        var description = JsonSerializer.Serialize(new RunDescription(options, data), ReadableJson.Indented);
        var file = Path.Combine(path, Description);
        if (!File.Exists(file)) WholeFile.Write(file, description);
        else if (File.ReadAllText(file) != description)
            throw new ParalegalBotException($"En «{path}» hay una corrida con otras opciones u otros datos; señale otra carpeta con --out, o bórrela.");
    }

    /// <summary>Figures up to a step; what a killed run wrote beyond its last checkpoint is forgotten.</summary>
    public List<TrainingFigures> FiguresUpTo(int step)
    {
        var file = Path.Combine(path, Figures);
        List<TrainingFigures> figures = File.Exists(file) ? [.. File.ReadLines(file).Select(Parse).OfType<TrainingFigures>().Where(row => row.Step <= step)] : [];
        WholeFile.Write(file, string.Concat(figures.Select(row => JsonSerializer.Serialize(row) + "\n")));
        return figures;
    }

    public void Append(TrainingFigures figures) => WholeFile.Append(Path.Combine(path, Figures), JsonSerializer.Serialize(figures) + "\n");

    public void Draw(IReadOnlyList<TrainingFigures> figures) => WholeFile.Write(Path.Combine(path, Picture), LossCurve.Draw(figures));

    /// <summary>Removes all checkpoints but the last two.</summary>
    public void Tidy()
    {
        foreach (var old in Checkpoints().SkipLast(2)) Directory.Delete(old, recursive: true);
    }

    private IEnumerable<string> Checkpoints() => !Directory.Exists(Path.Combine(path, "checkpoints")) ? []
        : Directory.EnumerateDirectories(Path.Combine(path, "checkpoints")).Where(folder => Path.GetFileName(folder).All(char.IsAsciiDigit)).Order(StringComparer.Ordinal);

    private static TrainingFigures? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<TrainingFigures>(line);
        }
        catch (JsonException)
        {
            // The line that was being written when the run was killed.
            return null;
        }
    }

    private sealed record RunDescription([property: JsonPropertyName("options")] TrainingOptions Options, [property: JsonPropertyName("data_sha256")] IReadOnlyDictionary<string, string> Data);
}

/// <summary>One step's figures.</summary>
/// <param name="Step">From 1.</param>
/// <param name="Loss">Mean over the step's learnt tokens, in nats.</param>
/// <param name="Validation">The same over validation texts; null where not measured.</param>
/// <param name="Rate">Learning rate.</param>
/// <param name="Norm">Length of the gradient before clipping.</param>
/// <param name="Tokens">Tokens read.</param>
/// <param name="Seconds">Time the step took.</param>
public sealed record TrainingFigures(
    [property: JsonPropertyName("step")] int Step,
    [property: JsonPropertyName("loss")] double Loss,
    [property: JsonPropertyName("validation")] double? Validation,
    [property: JsonPropertyName("rate")] float Rate,
    [property: JsonPropertyName("norm")] double Norm,
    [property: JsonPropertyName("tokens")] int Tokens,
    [property: JsonPropertyName("seconds")] double Seconds);
