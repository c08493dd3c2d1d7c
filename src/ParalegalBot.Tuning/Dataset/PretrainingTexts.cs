using System.Text;
using System.Text.Json;
using ParalegalBot.Tuning.Formats;

namespace ParalegalBot.Tuning.Dataset;

/// <summary>The statutes as texts to learn to write on, one article a line; held-out articles are in neither file.</summary>
internal static class PretrainingTexts
{
    /// <summary>Writes pretrain.jsonl and pretrain-validation.jsonl.</summary>
    public static void Write(string folder, IEnumerable<Chunk> chunks)
    {
        var texts = chunks.Where(chunk => chunk.Split is not DatasetSplit.Test).ToLookup(chunk => chunk.Split, Line);
        WholeFile.Write(Path.Combine(folder, "pretrain.jsonl"), string.Concat(texts[DatasetSplit.Train]));
        WholeFile.Write(Path.Combine(folder, "pretrain-validation.jsonl"), string.Concat(texts[DatasetSplit.Validation]));
    }

    private static string Line(Chunk chunk)
    {
        var text = new StringBuilder($"{chunk.Law.Title}\nArtículo {chunk.Article.Number.Printed}. {chunk.Article.Heading}".TrimEnd());
        foreach (var passage in chunk.Article.Passages) text.Append('\n').Append(passage.Text);
        return JsonSerializer.Serialize(new { text = text.ToString() }, DatasetFiles.Json) + "\n";
    }
}
