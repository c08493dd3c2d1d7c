using System.Text.Json;
using System.Text.Json.Nodes;

namespace ParalegalBot.Tuning.Formats;

/// <summary>How Hugging Face's tokenizers spell the ways to cut words that llama.cpp knows by name.</summary>
internal static class PreTokenizers
{
    private const string Before = @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|";
    private const string After = @"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    private static readonly Dictionary<string, string[]> Known = new()
    {
        ["gpt-2"] = ["ByteLevel True"],
        ["smollm"] = ["Digits True", "ByteLevel True"],
        ["llama-bpe"] = ["Split " + Before + @"\p{N}{1,3}" + After, "ByteLevel False"],
        ["qwen2"] = ["Split " + Before + @"\p{N}" + After, "ByteLevel False"],
    };

    /// <summary>llama.cpp's name, or null.</summary>
    public static string? NameOf(JsonElement element)
    {
        var steps = Steps(element).ToArray();
        return Known.FirstOrDefault(pair => pair.Value.SequenceEqual(steps)).Key;
    }

    /// <summary>The spelling of a name, or null.</summary>
    public static JsonObject? Of(string name) => !Known.TryGetValue(name, out var steps) ? null : new JsonObject
    {
        ["type"] = "Sequence",
        ["pretokenizers"] = new JsonArray([.. steps.Select(Step)]),
    };

    private static IEnumerable<string> Steps(JsonElement element) => element.ValueKind is not JsonValueKind.Object ? [] : element.GetProperty("type").GetString() switch
    {
        "Sequence" => element.GetProperty("pretokenizers").EnumerateArray().SelectMany(Steps),
        "Digits" => [$"Digits {element.GetProperty("individual_digits").GetBoolean()}"],
        "ByteLevel" => [$"ByteLevel {!element.TryGetProperty("use_regex", out var regex) || regex.GetBoolean()}"],
        "Split" => [$"Split {(element.GetProperty("pattern").TryGetProperty("Regex", out var pattern) ? pattern : element.GetProperty("pattern").GetProperty("String")).GetString()}"],
        var other => [other ?? ""],
    };

    private static JsonNode Step(string step)
    {
        var (kind, value) = (step[..step.IndexOf(' ')], step[(step.IndexOf(' ') + 1)..]);
        return kind switch
        {
            "Digits" => new JsonObject { ["type"] = kind, ["individual_digits"] = bool.Parse(value) },
            "ByteLevel" => new JsonObject { ["type"] = kind, ["add_prefix_space"] = false, ["trim_offsets"] = true, ["use_regex"] = bool.Parse(value) },
            _ => new JsonObject { ["type"] = kind, ["pattern"] = new JsonObject { ["Regex"] = value }, ["behavior"] = "Isolated", ["invert"] = false },
        };
    }
}
