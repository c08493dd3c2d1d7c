using ParalegalBot.Retrieval;

namespace ParalegalBot.Tuning.Dataset.Gates;

/// <summary>
/// Whether a question says nearly the same as one before it. Words keep their Spanish letters (<c>año</c> is not <c>ano</c>, <c>¿</c> opens no other word), and questions that differ
/// in any number, an article's among them, are different however alike the rest is.
/// </summary>
internal sealed class NearDuplicates(Func<string, float> rarity)
{
    private const double Alike = 0.85;
    private const int RarestWords = 3;

    private readonly Dictionary<string, List<HashSet<string>>> seen = new(StringComparer.Ordinal);

    /// <summary>True the first time; false for one that is near an earlier one, which is not remembered.</summary>
    public bool Add(string question)
    {
        var words = SpanishAnalysis.Words(question).Select(word => char.IsDigit(word[0]) ? word : SpanishAnalysis.Fold(word)).ToHashSet(StringComparer.Ordinal);
        var numbers = string.Join(' ', words.Where(word => char.IsDigit(word[0])).Order(StringComparer.Ordinal));
        // Two sets that are this much alike share one of their rarest words. Stop words are in no index, which makes them look rare.
        var keys = words.OrderByDescending(word => SpanishStopWords.Contains(word) ? 0 : rarity(SpanishAnalysis.Stem(word))).ThenBy(word => word, StringComparer.Ordinal)
            .Take(Math.Max(RarestWords, words.Count - (int)Math.Ceiling(Alike * words.Count) + 1)).Select(word => $"{numbers}|{word}").ToList();
        if (keys.Any(key => seen.TryGetValue(key, out var others) && others.Any(other => Jaccard(words, other) >= Alike))) return false;
        foreach (var key in keys)
        {
            if (!seen.TryGetValue(key, out var others)) seen[key] = others = [];
            others.Add(words);
        }
        return true;
    }

    private static double Jaccard(HashSet<string> one, HashSet<string> other)
    {
        var common = one.Count(other.Contains);
        return (double)common / (one.Count + other.Count - common);
    }
}
