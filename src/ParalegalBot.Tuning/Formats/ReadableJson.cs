using System.Text.Encodings.Web;
using System.Text.Json;

namespace ParalegalBot.Tuning.Formats;

/// <summary>JSON that people read too: accents and signs as they are.</summary>
internal static class ReadableJson
{
    /// <summary>A file of its own.</summary>
    public static JsonSerializerOptions Indented { get; } = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A line among others.</summary>
    public static JsonSerializerOptions Line { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
