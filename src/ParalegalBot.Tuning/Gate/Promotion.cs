using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using ParalegalBot.Tuning.Formats;

namespace ParalegalBot.Tuning.Gate;

/// <summary>
/// Makes an evaluated model the engine of this installation (<c>Inference</c> in appsettings.json). One that is worse at any safety measure is refused unless forced; either way a line
/// of promotions.jsonl beside the model says who was promoted, when, and despite what.
/// </summary>
public static class Promotion
{
    /// <summary>Promotes.</summary>
    /// <param name="model">The GGUF file; its card stands beside it.</param>
    /// <param name="force">Whether a worse model is promoted too.</param>
    /// <param name="settings">The appsettings.json to change; made where it is missing.</param>
    /// <param name="now">The time that the record carries.</param>
    /// <returns>What it is worse at; empty for nothing.</returns>
    /// <exception cref="ParalegalBotException">Not evaluated, or worse and not forced.</exception>
    public static IReadOnlyList<string> Run(string model, bool force, string settings, DateTimeOffset now)
    {
        var card = ModelCard.Read(model);
        var worse = card.Worse();
        if (worse.Count > 0 && !force)
            throw new ParalegalBotException($"El modelo es menos seguro que el motor extractivo ({string.Join("; ", worse)}); no se promovió. Con --force se promueve de todos modos y queda registrado.");
        var record = new Record(now, Path.GetFileName(model), card.Sha256, worse.Count > 0, worse);
        WholeFile.Append(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(model))!, "promotions.jsonl"), JsonSerializer.Serialize(record, ReadableJson.Line) + "\n");
        var json = Settings(settings);
        if (json["Inference"] is not JsonObject inference) json["Inference"] = inference = [];
        (inference["Engine"], inference["ModelPath"]) = ("gguf", Path.GetFullPath(model));
        WholeFile.Write(settings, json.ToJsonString(ReadableJson.Indented) + "\n");
        return worse;
    }

    private static JsonObject Settings(string path)
    {
        if (!File.Exists(path)) return [];
        try
        {
            return JsonNode.Parse(File.ReadAllText(path), documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true }) as JsonObject ?? throw new JsonException("no object");
        }
        catch (JsonException cause)
        {
            throw new ParalegalBotException($"«{path}» no es JSON válido; corríjalo y repita el comando.", cause);
        }
    }

    private sealed record Record(
        [property: JsonPropertyName("at")] DateTimeOffset At, [property: JsonPropertyName("model")] string Model, [property: JsonPropertyName("sha256")] string Sha256,
        [property: JsonPropertyName("forced")] bool Forced, [property: JsonPropertyName("worse")] IReadOnlyList<string> Worse);
}
