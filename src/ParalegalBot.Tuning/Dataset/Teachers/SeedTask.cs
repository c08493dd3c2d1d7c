using System.Text.Json;
using System.Text.Json.Serialization;

namespace ParalegalBot.Tuning.Dataset.Teachers;

/// <summary>A question with its answer written for this project, to show a teacher what is wanted (manifests/training/seeds.jsonl). It is about no loaded law.</summary>
/// <param name="Form">deadline, amount, right…</param>
/// <param name="Style">lay or formal.</param>
/// <param name="Question">The question.</param>
/// <param name="Answer">How an answer to it sounds.</param>
public sealed record SeedTask(
    [property: JsonPropertyName("form")] string Form, [property: JsonPropertyName("style")] string Style, [property: JsonPropertyName("question")] string Question, [property: JsonPropertyName("answer")] string Answer)
{
    /// <summary>Reads the file.</summary>
    /// <exception cref="ParalegalBotException">It is missing, or a line is no task.</exception>
    public static IReadOnlyList<SeedTask> Load(string path)
    {
        try
        {
            return [.. File.ReadLines(path).Where(line => line.Length > 0).Select(line => JsonSerializer.Deserialize<SeedTask>(line) ?? throw new JsonException("null"))];
        }
        catch (Exception cause) when (cause is IOException or JsonException or UnauthorizedAccessException)
        {
            throw new ParalegalBotException($"No pude leer las tareas semilla de «{path}»; reinstale la carpeta manifests/training.", cause);
        }
    }
}
