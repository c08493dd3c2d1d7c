using ParalegalBot.Retrieval;

namespace ParalegalBot.Inference.StaticEmbeddings;

/// <summary>
/// A text as rows of the embedding table: one row per known stem and hashed rows for the character n-grams of each word,
/// so that a misspelling or an unseen word still lands near its relatives (Bojanowski et al. 2017).
/// </summary>
public static class TextFeatures
{
    /// <summary>Shortest and longest n-gram, counted with the word's boundary marks.</summary>
    private const int ShortestGram = 3, LongestGram = 5;

    /// <summary>Appends the rows of the content words; stem rows come first in the table, then the <paramref name="buckets"/> hashed ones.</summary>
    public static void Append(string text, IReadOnlyDictionary<string, int> stems, int buckets, List<int> rows, int maxWords = int.MaxValue)
    {
        var words = 0;
        foreach (var word in SpanishAnalysis.Words(text))
        {
            var folded = SpanishAnalysis.Fold(word);
            if (SpanishStopWords.Contains(folded)) continue;
            if (++words > maxWords) return;
            if (stems.TryGetValue(SpanishAnalysis.Stem(word), out var row)) rows.Add(row);
            if (!char.IsDigit(folded[0])) AppendGrams(folded, stems.Count, buckets, rows);
        }
    }

    private static void AppendGrams(string word, int first, int buckets, List<int> rows)
    {
        Span<char> marked = stackalloc char[Math.Min(word.Length, 40) + 2];
        marked[0] = '<';
        word.AsSpan(0, marked.Length - 2).CopyTo(marked[1..]);
        marked[^1] = '>';
        for (var length = ShortestGram; length <= LongestGram; length++)
            for (var start = 0; start + length <= marked.Length; start++)
                rows.Add(first + (int)(Fnv1a.Of(marked.Slice(start, length)) % (uint)buckets));
    }
}
