using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ParalegalBot.Tuning.Dataset;

/// <summary>Names and form of the files of a dataset's folder.</summary>
internal static class DatasetFiles
{
    /// <summary>Counts of the finished dataset.</summary>
    public const string Statistics = "statistics.json";

    /// <summary>The written drafts that passed every gate.</summary>
    public const string Drafts = "drafts.jsonl";

    /// <summary>How its lines are written: accents as they are, nothing that is null.</summary>
    public static JsonSerializerOptions Json { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>Names of the files of examples, without their ending.</summary>
    public static IReadOnlyList<string> Splits { get; } = [.. Enum.GetValues<DatasetSplit>().Select(NameOf)];

    /// <summary>A value's name in JSON.</summary>
    public static string NameOf<T>(T value) where T : struct, Enum => JsonSerializer.Serialize(value).Trim('"');
}
