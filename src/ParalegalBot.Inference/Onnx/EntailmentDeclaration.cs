using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ParalegalBot.Inference.Onnx;

/// <summary>
/// manifests/models/entailment.json: the cross-encoder that judges support, where one is installed. None ships. Files are named relative to the declaration.
/// </summary>
public sealed record EntailmentDeclaration
{
    /// <summary>The ONNX file; inputs <c>input_ids</c>, <c>attention_mask</c>, <c>token_type_ids</c> as far as it has them, output logits of one row.</summary>
    [JsonPropertyName("model")] public required string Model { get; init; }

    /// <summary>SHA-256 of the ONNX file, hexadecimal.</summary>
    [JsonPropertyName("sha256")] public required string Sha256 { get; init; }

    /// <summary>The WordPiece vocabulary, one token a line.</summary>
    [JsonPropertyName("vocabulary")] public required string Vocabulary { get; init; }

    /// <summary>Whether the vocabulary is in lower case.</summary>
    [JsonPropertyName("lowercase")] public bool Lowercase { get; init; }

    /// <summary>Which of several logits means that the text entails the claim; a single logit is the entailment itself.</summary>
    [JsonPropertyName("entailment")] public int Entailment { get; init; }

    /// <summary>A claim below it is not supported, above 0 to 1.</summary>
    [JsonPropertyName("limit")] public required double Limit { get; init; }

    /// <summary>Tokens that the model reads at once, 16 to 8192.</summary>
    [JsonPropertyName("longest")] public int Longest { get; init; } = 512;

    /// <summary>The declaration of a folder; null where it has none.</summary>
    /// <exception cref="ParalegalBotException">It is malformed, or a file that it names is missing or another one.</exception>
    public static EntailmentDeclaration? Find(string folder)
    {
        var path = Path.Combine(folder, "entailment.json");
        if (!File.Exists(path)) return null;
        try
        {
            var read = JsonSerializer.Deserialize<EntailmentDeclaration>(File.ReadAllText(path)) ?? throw new JsonException("null");
            return Checked(path, read with { Model = Path.Combine(folder, read.Model), Vocabulary = Path.Combine(folder, read.Vocabulary) });
        }
        catch (Exception cause) when (cause is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new ParalegalBotException($"No pude leer «{path}»; corríjalo, o retírelo para comprobar sin modelo.", cause);
        }
    }

    private static EntailmentDeclaration Checked(string path, EntailmentDeclaration declared)
    {
        if (declared.Limit is not (> 0 and <= 1)) throw new ParalegalBotException($"«{path}»: limit debe ser mayor que 0 y a lo más 1, y es {declared.Limit}.");
        if (declared.Longest is not (>= 16 and <= 8192)) throw new ParalegalBotException($"«{path}»: longest debe estar entre 16 y 8192, y es {declared.Longest}.");
        using var model = File.OpenRead(declared.Model);
        return Convert.ToHexStringLower(SHA256.HashData(model)) == declared.Sha256.ToLowerInvariant() && File.Exists(declared.Vocabulary)
            ? declared
            : throw new ParalegalBotException($"«{path}» nombra un modelo con otra huella que «{declared.Model}», o un vocabulario que no existe; instale los archivos declarados o retire la declaración.");
    }
}
