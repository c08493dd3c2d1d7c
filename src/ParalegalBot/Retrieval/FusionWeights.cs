using System.Text.Json;
using System.Text.Json.Serialization;

namespace ParalegalBot.Retrieval;

/// <summary>
/// How much each route counts, and how the evidence's sufficiency is judged. The figures are fitted on cases by a command and kept
/// in manifests/models/fusion.json together with where they come from; none is typed in by hand.
/// </summary>
public sealed record FusionWeights
{
    /// <summary>Date, corpus and cases that the figures were fitted on.</summary>
    [JsonPropertyName("provenance")] public required string Provenance { get; init; }

    /// <summary>Weight of each feature of <see cref="CandidateFeatures"/> in the fused score, by name.</summary>
    [JsonPropertyName("fusion")] public required IReadOnlyDictionary<string, double> Fusion { get; init; }

    /// <summary>Logistic weights of the sufficiency features, by name, with <c>bias</c>.</summary>
    [JsonPropertyName("sufficiency")] public required IReadOnlyDictionary<string, double> Sufficiency { get; init; }

    /// <summary>No weights at all: what a fit starts from.</summary>
    public static FusionWeights Zero { get; } = new() { Provenance = "", Fusion = new Dictionary<string, double>(), Sufficiency = new Dictionary<string, double>() };

    /// <summary>Reads the file.</summary>
    /// <exception cref="ParalegalBotException">It is missing or malformed.</exception>
    public static FusionWeights Load(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<FusionWeights>(File.ReadAllText(path)) ?? throw new JsonException("empty");
        }
        catch (Exception cause) when (cause is IOException or JsonException or UnauthorizedAccessException)
        {
            throw new ParalegalBotException($"No pude leer los pesos de búsqueda en «{path}»; reinstale la carpeta manifests/models o vuelva a calcularlos.", cause);
        }
    }
}
