using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ParalegalBot.Tuning.Dataset;

/// <summary>Names and form of the files of a dataset's folder.</summary>
internal static class DatasetFiles
{
    /// <summary>How its lines are written: accents as they are, nothing that is null.</summary>
    public static JsonSerializerOptions Json { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };
}
