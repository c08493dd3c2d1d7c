using System.Text.Json;
using ParalegalBot.Retrieval;

namespace ParalegalBot.Tuning.Dataset.Gates;

/// <summary>The questions that we are measured with, as runs of words: no example may share one.</summary>
internal sealed class Contamination
{
    /// <summary>Words of a run; a shorter question counts as a whole.</summary>
    public const int Run = 6;

    private readonly HashSet<string> runs = new(StringComparer.Ordinal);
    private readonly HashSet<string> whole = new(StringComparer.Ordinal);

    /// <summary>Reads every question of the JSON Lines files, and of those in the folders.</summary>
    /// <exception cref="ParalegalBotException">One is missing.</exception>
    public static Contamination Of(IEnumerable<string> paths)
    {
        var known = new Contamination();
        foreach (var path in paths)
        {
            if (Directory.Exists(path)) foreach (var file in Directory.EnumerateFiles(path, "*.jsonl").Order(StringComparer.Ordinal)) known.Read(file);
            else if (File.Exists(path)) known.Read(path);
            else throw new ParalegalBotException($"No encontré los casos de evaluación «{path}»; sin ellos no se puede cuidar que el entrenamiento no los contenga.");
        }
        return known;
    }

    /// <summary>Questions read.</summary>
    public int Questions { get; private set; }

    /// <summary>Whether a text shares a run with a case.</summary>
    public bool Touches(string text)
    {
        var words = SpanishAnalysis.FoldedWords(text).ToList();
        return whole.Contains(string.Join(' ', words)) || Runs(words).Any(runs.Contains);
    }

    private void Read(string file)
    {
        foreach (var line in File.ReadLines(file))
        {
            if (line.Length == 0) continue;
            using var json = JsonDocument.Parse(line);
            if (!json.RootElement.TryGetProperty("question", out var question) || question.GetString() is not { } text) continue;
            Questions++;
            var words = SpanishAnalysis.FoldedWords(text).ToList();
            if (words.Count < Run) whole.Add(string.Join(' ', words));
            runs.UnionWith(Runs(words));
        }
    }

    private static IEnumerable<string> Runs(List<string> words) => Enumerable.Range(0, Math.Max(0, words.Count - Run + 1)).Select(at => string.Join(' ', words.Skip(at).Take(Run)));
}
