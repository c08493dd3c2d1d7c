using System.Text.Json;
using System.Text.Json.Serialization;

namespace ParalegalBot.Answering.Checks;

/// <summary>
/// The calibrated confidence and the limits above which something is shown. Written by <c>paralegal calibrate</c> to
/// manifests/evaluation/thresholds.json, never typed in by hand.
/// </summary>
public sealed record AnswerThresholds
{
    /// <summary>Day on which it was calibrated.</summary>
    [JsonPropertyName("date")] public required DateOnly Date { get; init; }

    /// <summary>What it was calibrated on, in words: laws, engine, number of cases.</summary>
    [JsonPropertyName("provenance")] public required string Provenance { get; init; }

    /// <summary>Hash over laws and reform dates of the store.</summary>
    [JsonPropertyName("corpus_sha256")] public required string Corpus { get; init; }

    /// <summary>Hash of the case file.</summary>
    [JsonPropertyName("cases_sha256")] public required string Cases { get; init; }

    /// <summary>The share of wrong answers among shown ones that the limit aims at.</summary>
    [JsonPropertyName("target_risk")] public required double TargetRisk { get; init; }

    /// <summary>Logistic weights of <see cref="AnswerFeatures"/> by name, with <c>bias</c>.</summary>
    [JsonPropertyName("weights")] public required IReadOnlyDictionary<string, double> Weights { get; init; }

    /// <summary>An answer is shown at this confidence or above.</summary>
    [JsonPropertyName("answer")] public required double Answer { get; init; }

    /// <summary>Below this sufficiency of what stop 4 found, not even the sources are shown.</summary>
    [JsonPropertyName("sources")] public required double Sources { get; init; }

    /// <summary>A claim below this support is dropped.</summary>
    [JsonPropertyName("support")] public required double Support { get; init; }

    /// <summary>Points of the risk–coverage curve, out of fold.</summary>
    [JsonPropertyName("curve")] public IReadOnlyList<RiskPoint> Curve { get; init; } = [];

    /// <summary>Everything that was proved is shown; what calibration itself runs with.</summary>
    public static AnswerThresholds ShowAll { get; } = new()
    {
        Date = default, Provenance = "show all", Corpus = "", Cases = "", TargetRisk = 1, Weights = new Dictionary<string, double>(), Answer = 0, Sources = 0, Support = 0,
    };

    /// <summary>Probability, 0 to 1, that an answer with these features is right.</summary>
    public double Confidence(IReadOnlyDictionary<string, double> features) =>
        1 / (1 + Math.Exp(-(Weights.GetValueOrDefault("bias") + features.Sum(feature => Weights.GetValueOrDefault(feature.Key) * feature.Value))));

    /// <summary>Reads the file.</summary>
    /// <exception cref="ParalegalBotException">It is missing or malformed.</exception>
    public static AnswerThresholds Load(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<AnswerThresholds>(File.ReadAllText(path)) ?? throw new JsonException("empty");
        }
        catch (Exception cause) when (cause is IOException or JsonException or UnauthorizedAccessException)
        {
            throw new ParalegalBotException($"No pude leer los umbrales en «{path}»; reinstale la carpeta manifests/evaluation o ejecute «paralegal calibrate».", cause);
        }
    }
}

/// <summary>One point of the curve: at this confidence, this share is answered and this share of the answers is wrong.</summary>
public sealed record RiskPoint(
    [property: JsonPropertyName("confidence")] double Confidence, [property: JsonPropertyName("coverage")] double Coverage, [property: JsonPropertyName("risk")] double Risk);
