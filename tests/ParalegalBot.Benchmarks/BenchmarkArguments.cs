using System.Runtime.CompilerServices;
using System.Text.Json;

namespace ParalegalBot.Benchmarks;

/// <summary>The words after a benchmark's name, where the data lies, and how rows are printed.</summary>
internal sealed class BenchmarkArguments(string[] words)
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    /// <summary>The repository's root.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>The folder beside the repository with official texts; it may be missing.</summary>
    public static string Shared => Path.Combine(Repository, "..", "shared");

    /// <summary>What follows an option; null where it is not given.</summary>
    public string? Value(string option) => Array.IndexOf(words, option) is >= 0 and var at && at + 1 < words.Length ? words[at + 1] : null;

    /// <summary>The rows as a JSON array with <c>--json</c>, else a line a row.</summary>
    public void Print<TRow>(IReadOnlyList<TRow> rows)
    {
        if (words.Contains("--json")) Console.WriteLine(JsonSerializer.Serialize(rows, Json));
        else foreach (var row in rows) Console.WriteLine(row);
    }

    private static string FindRepository([CallerFilePath] string here = "")
    {
        var folder = Path.GetDirectoryName(here);
        while (folder is not null && !File.Exists(Path.Combine(folder, "ParalegalBot.sln"))) folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException($"No ParalegalBot.sln above {here}.");
    }
}
