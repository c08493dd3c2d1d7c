using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ParalegalBot.Inference.Gguf.Vocabulary;

namespace ParalegalBot.Tuning.Formats;

/// <summary>
/// Hugging Face's tokenizer files (<c>tokenizer.json</c>, <c>tokenizer_config.json</c>, <c>chat_template.jinja</c>) to a model's vocabulary, byte-pair and
/// SentencePiece alike, and a byte-pair vocabulary back to them.
/// </summary>
internal static class TokenizerJson
{
    public const string File = "tokenizer.json", Configuration = "tokenizer_config.json", Template = "chat_template.jinja";

    /// <summary>Reads a folder's tokenizer.</summary>
    /// <param name="folder">Where the files are.</param>
    /// <param name="size">Tokens that the model has; those that the file does not name are unused.</param>
    public static ModelVocabulary Read(string folder, int size)
    {
        var path = Path.Combine(folder, File);
        if (!System.IO.File.Exists(path)) throw Fault(path, "no existe");
        try
        {
            using var tokenizer = JsonDocument.Parse(System.IO.File.ReadAllBytes(path));
            using var configuration = JsonDocument.Parse(System.IO.File.Exists(Path.Combine(folder, Configuration)) ? System.IO.File.ReadAllText(Path.Combine(folder, Configuration)) : "{}");
            return new ModelVocabulary([.. Pairs(tokenizer.RootElement, configuration.RootElement, size, path), .. TemplateOf(folder, configuration.RootElement)], path);
        }
        catch (Exception cause) when (cause is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new ParalegalBotException($"El tokenizador «{path}» no es válido; vuelva a copiarlo.", cause);
        }
    }

    /// <summary>Writes a byte-pair vocabulary.</summary>
    public static void Write(ModelVocabulary vocabulary, string folder)
    {
        var tokens = vocabulary.Tokens;
        var pre = vocabulary["tokenizer.ggml.pre"] as string ?? "default";
        if (!tokens.IsBytePair || PreTokenizers.Of(pre) is not { } words)
            throw new ParalegalBotException($"El vocabulario del modelo ({(tokens.IsBytePair ? pre : "SentencePiece")}) no se puede escribir como tokenizer.json; entrene desde su carpeta de Hugging Face en lugar del GGUF.");
        var marks = Enumerable.Range(0, tokens.Count).Where(id => tokens.Kind(id) is not TokenKind.Normal).ToList();
        var start = tokens.Start >= 0 && tokens.AddsStart ? tokens.Text(tokens.Start) : null;
        var json = new JsonObject
        {
            ["version"] = "1.0",
            ["added_tokens"] = new JsonArray([.. marks.Select(id => new JsonObject
            {
                ["id"] = id, ["content"] = tokens.Text(id), ["single_word"] = false, ["lstrip"] = false, ["rstrip"] = false, ["normalized"] = false, ["special"] = tokens.Kind(id) is TokenKind.Control,
            })]),
            ["normalizer"] = null,
            ["pre_tokenizer"] = words,
            ["post_processor"] = start is null ? null : Opening(start, tokens.Start),
            ["decoder"] = new JsonObject { ["type"] = "ByteLevel", ["add_prefix_space"] = true, ["trim_offsets"] = true, ["use_regex"] = true },
            ["model"] = new JsonObject
            {
                ["type"] = "BPE", ["byte_fallback"] = false, ["ignore_merges"] = pre is "llama-bpe",
                ["vocab"] = new JsonObject(Enumerable.Range(0, tokens.Count).Select(id => KeyValuePair.Create<string, JsonNode?>(tokens.Text(id), id))),
                ["merges"] = new JsonArray([.. ((string[])vocabulary["tokenizer.ggml.merges"]!).Select(merge => new JsonArray([.. merge.Split(' ').Select(part => JsonValue.Create(part))]))]),
            },
        };
        WholeFile.Write(Path.Combine(folder, File), json.ToJsonString(ReadableJson.Indented));
        WholeFile.Write(Path.Combine(folder, Configuration), new JsonObject
        {
            ["tokenizer_class"] = "PreTrainedTokenizerFast",
            ["bos_token"] = tokens.Start >= 0 ? tokens.Text(tokens.Start) : null,
            ["eos_token"] = tokens.End >= 0 ? tokens.Text(tokens.End) : null,
            ["add_bos_token"] = start is not null,
            ["chat_template"] = vocabulary["tokenizer.chat_template"] as string,
        }.ToJsonString(ReadableJson.Indented));
    }

    private static JsonObject Opening(string start, int id) => new()
    {
        ["type"] = "TemplateProcessing",
        ["single"] = new JsonArray(Special(start), Sequence("A")),
        ["pair"] = new JsonArray(Special(start), Sequence("A"), Sequence("B")),
        ["special_tokens"] = new JsonObject { [start] = new JsonObject { ["id"] = start, ["ids"] = new JsonArray(id), ["tokens"] = new JsonArray(start) } },
    };

    private static JsonObject Special(string text) => new() { ["SpecialToken"] = new JsonObject { ["id"] = text, ["type_id"] = 0 } };

    private static JsonObject Sequence(string id) => new() { ["Sequence"] = new JsonObject { ["id"] = id, ["type_id"] = 0 } };

    private static List<(string Key, object Value)> Pairs(JsonElement tokenizer, JsonElement configuration, int size, string path)
    {
        var model = tokenizer.GetProperty("model");
        if (model.TryGetProperty("type", out var type) && type.GetString() != "BPE") throw Fault(path, $"es de tipo {type.GetString()} y se conoce BPE");
        var texts = new string?[size];
        var kinds = Enumerable.Repeat((int)TokenKind.Unused, size).ToArray();
        foreach (var token in model.GetProperty("vocab").EnumerateObject()) Put(token.Value.GetInt32(), token.Name, TokenKind.Normal);
        foreach (var token in tokenizer.TryGetProperty("added_tokens", out var added) ? added.EnumerateArray() : [])
            Put(token.GetProperty("id").GetInt32(), token.GetProperty("content").GetString()!, token.GetProperty("special").GetBoolean() ? TokenKind.Control : TokenKind.UserDefined);
        string[] merges = [.. model.GetProperty("merges").EnumerateArray().Select(merge => merge.ValueKind is JsonValueKind.String ? merge.GetString()! : $"{merge[0].GetString()} {merge[1].GetString()}")];
        var fallsBack = model.TryGetProperty("byte_fallback", out var fallback) && fallback.ValueKind is JsonValueKind.True;
        var pairs = fallsBack ? SentencePiece(tokenizer, texts, kinds, merges) : BytePair(tokenizer, merges, path);
        pairs.Add(("tokenizer.ggml.tokens", texts.Select((text, id) => text ?? $"[PAD{id}]").ToArray()));
        pairs.Add(("tokenizer.ggml.token_type", kinds));
        foreach (var (name, key) in new[] { ("bos_token", "bos"), ("eos_token", "eos"), ("unk_token", "unknown"), ("pad_token", "padding") })
            if (Text(configuration, name) is { } text && Array.IndexOf(texts, text) is var id and >= 0) pairs.Add(($"tokenizer.ggml.{key}_token_id", id));
        var opens = configuration.TryGetProperty("add_bos_token", out var add) && add.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? add.ValueKind is JsonValueKind.True
            : Text(configuration, "bos_token") is { } start && tokenizer.TryGetProperty("post_processor", out var processor) && processor.GetRawText().Contains(JsonEncodedText.Encode(start, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString(), StringComparison.Ordinal);
        pairs.Add(("tokenizer.ggml.add_bos_token", opens));
        return pairs;

        void Put(int id, string text, TokenKind kind)
        {
            if (id < 0 || id >= size) throw Fault(path, $"su ficha {id} no cabe en las {size} del modelo");
            (texts[id], kinds[id]) = (text, (int)kind);
        }
    }

    private static List<(string Key, object Value)> BytePair(JsonElement tokenizer, string[] merges, string path)
    {
        var pre = PreTokenizers.NameOf(tokenizer.GetProperty("pre_tokenizer")) ?? throw Fault(path, "corta las palabras de un modo que no se conoce (sí los de GPT-2, SmolLM, Llama 3 y Qwen 2)");
        return [("tokenizer.ggml.model", "gpt2"), ("tokenizer.ggml.pre", pre), ("tokenizer.ggml.merges", merges)];
    }

    /// <summary>Scores fall with the place of the merge that makes a piece, so that the merges happen in the list's order.</summary>
    private static List<(string Key, object Value)> SentencePiece(JsonElement tokenizer, string?[] texts, int[] kinds, string[] merges)
    {
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var id = 0; id < texts.Length; id++)
            if (texts[id] is { } text) ids[text] = id;
        var scores = new float[texts.Length];
        for (var rank = merges.Length - 1; rank >= 0; rank--)
            if (ids.TryGetValue(merges[rank].Remove(merges[rank].IndexOf(' '), 1), out var id)) scores[id] = -(rank + 1);
        for (var id = 0; id < texts.Length; id++)
        {
            if (texts[id] is not { } text) continue;
            if (text is "<unk>") kinds[id] = (int)TokenKind.Unknown;
            else if (text.Length == 6 && text.StartsWith("<0x", StringComparison.Ordinal) && byte.TryParse(text.AsSpan(3, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out _)) kinds[id] = (int)TokenKind.Byte;
        }
        var steps = tokenizer.TryGetProperty("normalizer", out var normalizer) && normalizer.ValueKind is JsonValueKind.Object ? normalizer.GetRawText() : "";
        var cut = tokenizer.TryGetProperty("pre_tokenizer", out var pre) && pre.ValueKind is JsonValueKind.Object ? pre.GetRawText() : "";
        var spaceFirst = steps.Contains("\"Prepend\"", StringComparison.Ordinal) || (cut.Contains("\"Metaspace\"", StringComparison.Ordinal) && !cut.Contains("\"never\"", StringComparison.Ordinal));
        return [("tokenizer.ggml.model", "llama"), ("tokenizer.ggml.pre", "default"), ("tokenizer.ggml.scores", scores), ("tokenizer.ggml.add_space_prefix", spaceFirst)];
    }

    private static IEnumerable<(string, object)> TemplateOf(string folder, JsonElement configuration)
    {
        var file = Path.Combine(folder, Template);
        if (System.IO.File.Exists(file)) yield return ("tokenizer.chat_template", System.IO.File.ReadAllText(file));
        else if (Text(configuration, "chat_template") is { } text) yield return ("tokenizer.chat_template", text);
    }

    /// <summary>A token's name may stand alone or be an object's content.</summary>
    private static string? Text(JsonElement configuration, string name) => !configuration.TryGetProperty(name, out var value) ? null
        : value.ValueKind is JsonValueKind.String ? value.GetString()
        : value.ValueKind is JsonValueKind.Object && value.TryGetProperty("content", out var content) ? content.GetString() : null;

    private static ParalegalBotException Fault(string path, string fault) => new($"No se puede usar el tokenizador «{path}»: {fault}; copie la carpeta completa de un modelo LLaMA.");
}
