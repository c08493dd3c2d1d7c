using System.Text.Json;
using System.Text.Json.Nodes;
using ParalegalBot.Tuning.Training;

namespace ParalegalBot.Tuning.Formats;

/// <summary>A LLaMA's shape in Hugging Face's <c>config.json</c>.</summary>
internal static class HuggingFaceConfiguration
{
    public const string File = "config.json";

    public static LlamaShape Read(string folder)
    {
        var path = Path.Combine(folder, File);
        if (!System.IO.File.Exists(path)) throw new ParalegalBotException($"No encontré «{path}»; señale la carpeta de un modelo LLaMA de Hugging Face o de una corrida.");
        try
        {
            using var document = JsonDocument.Parse(System.IO.File.ReadAllBytes(path));
            return Shape(document.RootElement, path);
        }
        catch (Exception cause) when (cause is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new ParalegalBotException($"La configuración «{path}» no es válida o está incompleta; vuelva a copiarla.", cause);
        }
    }

    public static void Write(LlamaShape shape, ModelVocabulary vocabulary, string folder)
    {
        var json = new JsonObject
        {
            ["architectures"] = new JsonArray("LlamaForCausalLM"), ["model_type"] = "llama", ["vocab_size"] = shape.Vocabulary, ["hidden_size"] = shape.Width,
            ["intermediate_size"] = shape.FeedForward, ["num_hidden_layers"] = shape.Layers, ["num_attention_heads"] = shape.Heads, ["num_key_value_heads"] = shape.KeyHeads,
            ["head_dim"] = shape.HeadSize, ["max_position_embeddings"] = shape.Context, ["rms_norm_eps"] = shape.Epsilon, ["rope_theta"] = shape.RotaryBase,
            ["rope_scaling"] = Scaling(shape.Scaling), ["tie_word_embeddings"] = shape.Tied, ["hidden_act"] = "silu", ["attention_bias"] = false, ["mlp_bias"] = false,
            ["bos_token_id"] = vocabulary.Tokens.Start, ["eos_token_id"] = vocabulary.Tokens.End, ["torch_dtype"] = "float32",
        };
        WholeFile.Write(Path.Combine(folder, File), json.ToJsonString(ReadableJson.Indented));
    }

    private static LlamaShape Shape(JsonElement json, string path)
    {
        var type = json.TryGetProperty("model_type", out var model) ? model.GetString() : null;
        if (type != "llama") throw Fault(path, $"es un modelo de tipo «{type}» y se conoce llama");
        foreach (var bias in new[] { "attention_bias", "mlp_bias" })
            if (json.TryGetProperty(bias, out var value) && value.ValueKind is JsonValueKind.True) throw Fault(path, $"usa {bias} y aquí no se entrena con sesgos");
        // Since version 5 of transformers both the base and the scaling are under rope_parameters.
        var rotary = json.TryGetProperty("rope_parameters", out var parameters) && parameters.ValueKind is JsonValueKind.Object ? parameters : default;
        var heads = Count(json, "num_attention_heads", path);
        var width = Count(json, "hidden_size", path);
        var shape = new LlamaShape
        {
            Vocabulary = Count(json, "vocab_size", path), Layers = Count(json, "num_hidden_layers", path), Width = width, Heads = heads,
            KeyHeads = Count(json, "num_key_value_heads", path, heads), HeadSize = Count(json, "head_dim", path, width / heads), FeedForward = Count(json, "intermediate_size", path),
            Context = Count(json, "max_position_embeddings", path, 2048), Epsilon = (float)json.GetProperty("rms_norm_eps").GetDouble(),
            RotaryBase = Base(json) ?? (rotary.ValueKind is JsonValueKind.Object ? Base(rotary) : null) ?? 10_000,
            Scaling = Scaling(rotary.ValueKind is JsonValueKind.Object ? rotary : json.TryGetProperty("rope_scaling", out var scaling) ? scaling : default, path),
            Tied = json.TryGetProperty("tie_word_embeddings", out var tied) && tied.ValueKind is JsonValueKind.True,
        };
        return shape.Heads % shape.KeyHeads == 0 && shape.HeadSize % 2 == 0 ? shape : throw Fault(path, $"{shape.Heads} cabezas de {shape.HeadSize} números no se reparten entre {shape.KeyHeads} de claves");
    }

    private static double? Base(JsonElement json) => json.TryGetProperty("rope_theta", out var theta) && theta.ValueKind is JsonValueKind.Number ? theta.GetDouble() : null;

    private static int Count(JsonElement json, string name, string path, int? otherwise = null)
    {
        if (!json.TryGetProperty(name, out var value) || value.ValueKind is JsonValueKind.Null) return otherwise ?? throw Fault(path, $"falta {name}");
        return value.TryGetInt32(out var count) && count is > 0 and <= 1 << 24 ? count : throw Fault(path, $"{name} es {value.GetRawText()}");
    }

    private static RotaryScaling? Scaling(JsonElement json, string path)
    {
        if (json.ValueKind is not JsonValueKind.Object) return null;
        double Number(string name, double otherwise) => json.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Number ? value.GetDouble() : otherwise;
        var type = (json.TryGetProperty("rope_type", out var named) || json.TryGetProperty("type", out named) ? named.GetString() : null) ?? "default";
        return type switch
        {
            "default" => null,
            "linear" => new RotaryScaling(type, Number("factor", 1)),
            "llama3" => new RotaryScaling(type, Number("factor", 8), Number("low_freq_factor", 1), Number("high_freq_factor", 4), (int)Number("original_max_position_embeddings", 8192)),
            _ => throw Fault(path, $"la rotación «{type}» no se conoce (sí linear y llama3)"),
        };
    }

    private static JsonObject? Scaling(RotaryScaling? scaling) => scaling switch
    {
        null => null,
        { Type: "linear" } => new JsonObject { ["rope_type"] = "linear", ["factor"] = scaling.Factor },
        _ => new JsonObject
        {
            ["rope_type"] = "llama3", ["factor"] = scaling.Factor, ["low_freq_factor"] = scaling.LowFactor, ["high_freq_factor"] = scaling.HighFactor, ["original_max_position_embeddings"] = scaling.OriginalContext,
        },
    };

    private static ParalegalBotException Fault(string path, string fault) => new($"No se puede usar «{path}»: {fault}; señale un modelo de la arquitectura LLaMA.");
}
