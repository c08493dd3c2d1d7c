using System.Text.Json;
using ParalegalBot.Tuning.Formats;

namespace ParalegalBot.Tuning.Dataset;

/// <summary>
/// A file of finished pieces of work, a JSON line each, appended as they finish. After a kill the pieces that are there are not done again; a last line without its end is
/// cut off. Pieces may come in any order: whoever reads them sorts.
/// </summary>
internal sealed class Journal<T>(string path, Func<T, string> key)
{
    private readonly Lock writing = new();

    /// <summary>What is done, by key.</summary>
    /// <exception cref="ParalegalBotException">A line in the middle is damaged.</exception>
    public Dictionary<string, T> Read()
    {
        var done = new Dictionary<string, T>(StringComparer.Ordinal);
        if (!File.Exists(path)) return done;
        var text = File.ReadAllText(path);
        var whole = text.LastIndexOf('\n') + 1;
        if (whole < text.Length)
        {
            text = text[..whole];
            WholeFile.Write(path, text);
        }
        var number = 0;
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            number++;
            try
            {
                var piece = JsonSerializer.Deserialize<T>(line, DatasetFiles.Json) ?? throw new JsonException("null");
                done[key(piece)] = piece;
            }
            catch (JsonException cause)
            {
                throw new ParalegalBotException($"«{path}», línea {number}: está dañada; quite esa línea y repita el comando: sólo eso se vuelve a hacer.", cause);
            }
        }
        return done;
    }

    public void Add(T piece)
    {
        var line = JsonSerializer.Serialize(piece, DatasetFiles.Json) + "\n";
        lock (writing) WholeFile.Append(path, line);
    }
}
