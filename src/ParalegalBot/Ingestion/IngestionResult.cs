using System.Text.Json.Serialization;

namespace ParalegalBot.Ingestion;

/// <summary>What became of one file.</summary>
public sealed record IngestionResult
{
    /// <summary>The file as it was named.</summary>
    public required string File { get; init; }

    /// <summary>Abbreviation; null where the file failed before it was known.</summary>
    public string? Law { get; init; }

    /// <summary>What happened.</summary>
    public required IngestionOutcome Outcome { get; init; }

    /// <summary>Body articles in the file's text.</summary>
    public int Articles { get; init; }

    /// <summary>Passages in the file's text, transitorios included.</summary>
    public int Passages { get; init; }

    /// <summary>Last reform that the text contains.</summary>
    public DateOnly? LastReform { get; init; }

    /// <summary>What the reading was unsure of, one sentence each.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Why it failed, one sentence; null where it did not.</summary>
    public string? Error { get; init; }
}

/// <summary>The JSON name of each outcome is its lower-case form.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<IngestionOutcome>))]
public enum IngestionOutcome
{
    /// <summary>A new law.</summary>
    [JsonStringEnumMemberName("added")] Added,

    /// <summary>A later text of a held law.</summary>
    [JsonStringEnumMemberName("updated")] Updated,

    /// <summary>The text was held already.</summary>
    [JsonStringEnumMemberName("unchanged")] Unchanged,

    /// <summary>An earlier text became an earlier version.</summary>
    [JsonStringEnumMemberName("older")] Older,

    /// <summary>The file could not be read as a law.</summary>
    [JsonStringEnumMemberName("failed")] Failed,
}

/// <summary>How to ingest.</summary>
/// <param name="Law">Abbreviation for every file of the run; null to find it by title, publication and file name.</param>
/// <param name="VerifiedThrough">The day up to which the texts are known to be in force; null takes each text's last reform.</param>
/// <param name="SourceUrl">Official address where the file was downloaded; null takes the catalogue's.</param>
public sealed record IngestionChoices(string? Law = null, DateOnly? VerifiedThrough = null, string? SourceUrl = null);
