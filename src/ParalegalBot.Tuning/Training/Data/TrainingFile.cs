using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace ParalegalBot.Tuning.Training.Data;

/// <summary>One line of a training file: a text to learn to write on, or a conversation whose last turn is to be learnt.</summary>
/// <param name="Text">For pre-training; else null.</param>
/// <param name="Messages">For fine-tuning; the last is the assistant's. Else empty.</param>
internal sealed record TrainingLine(string? Text, IReadOnlyList<ChatMessage> Messages);

/// <summary>JSON lines with <c>text</c> or with <c>messages</c> of <c>role</c> and <c>content</c>, which is what trl and axolotl read too.</summary>
internal static class TrainingFile
{
    /// <summary>Reads all lines.</summary>
    /// <exception cref="ParalegalBotException">The file is missing or empty, or a line is neither; the message names the line.</exception>
    public static IReadOnlyList<TrainingLine> Read(string path)
    {
        if (!File.Exists(path)) throw new ParalegalBotException($"No encontré «{path}»; genere los datos con «paralegal dataset generate --out CARPETA».");
        var lines = new List<TrainingLine>();
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line)) continue;
            try
            {
                using var document = JsonDocument.Parse(line);
                lines.Add(Line(document.RootElement));
            }
            catch (Exception cause) when (cause is JsonException or InvalidOperationException or KeyNotFoundException)
            {
                throw new ParalegalBotException($"«{path}», línea {number}: no es un ejemplo válido (se necesita text, o messages con role y content que termine en assistant); corríjala o quítela.", cause);
            }
        }
        return lines.Count > 0 ? lines : throw new ParalegalBotException($"El archivo «{path}» está vacío.");
    }

    /// <summary>SHA-256 of a file, hexadecimal.</summary>
    public static string Hash(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private static TrainingLine Line(JsonElement json)
    {
        if (json.TryGetProperty("text", out var text)) return new TrainingLine(text.GetString() ?? throw new JsonException("text"), []);
        ChatMessage[] messages = [.. json.GetProperty("messages").EnumerateArray().Select(message => new ChatMessage(new ChatRole(message.GetProperty("role").GetString()!), message.GetProperty("content").GetString()!))];
        return messages.Length > 1 && messages[^1].Role == ChatRole.Assistant ? new TrainingLine(null, messages) : throw new JsonException("messages");
    }
}
