namespace ParalegalBot.Answering.Checks;

/// <summary>Phrases of folded words with what each means, found fast; a final <c>*</c> of a word stands for any ending.</summary>
internal sealed class PhraseTable<TKind>
{
    private readonly Dictionary<string, List<(string[] Words, TKind Kind)>> byFirst = new(StringComparer.Ordinal);
    private readonly Dictionary<char, List<(string[] Words, TKind Kind)>> open = [];

    public PhraseTable(IEnumerable<(string Phrase, TKind Kind)> phrases)
    {
        foreach (var (phrase, kind) in phrases)
        {
            var words = phrase.Split(' ');
            if (words[0][^1] == '*') Add(open, words[0][0], (words, kind));
            else Add(byFirst, words[0], (words, kind));
        }
    }

    /// <summary>Every place at which one of the phrases stands; a longer phrase goes before a shorter one, places are not reused.</summary>
    public IReadOnlyList<(int At, int Count, TKind Kind)> In(Clauses clauses)
    {
        var found = new List<(int, int, TKind)>();
        for (var at = 0; at < clauses.Words.Count; at++)
        {
            var best = (Count: 0, Kind: default(TKind)!);
            if (byFirst.TryGetValue(clauses.Words[at].Text, out var same)) Longest(clauses, at, same, ref best);
            if (open.TryGetValue(clauses.Words[at].Text[0], out var alike)) Longest(clauses, at, alike, ref best);
            if (best.Count == 0) continue;
            found.Add((at, best.Count, best.Kind));
            at += best.Count - 1;
        }
        return found;
    }

    private static void Add<TKey>(Dictionary<TKey, List<(string[] Words, TKind Kind)>> table, TKey key, (string[] Words, TKind Kind) phrase) where TKey : notnull
    {
        if (table.TryGetValue(key, out var known)) known.Add(phrase);
        else table[key] = [phrase];
    }

    private static void Longest(Clauses clauses, int at, List<(string[] Words, TKind Kind)> phrases, ref (int Count, TKind Kind) best)
    {
        foreach (var (words, kind) in phrases)
            if (words.Length > best.Count && Stands(clauses, at, words)) best = (words.Length, kind);
    }

    private static bool Stands(Clauses clauses, int at, string[] words)
    {
        if (at + words.Length > clauses.Words.Count) return false;
        for (var i = 0; i < words.Length; i++)
            if (clauses.Words[at + i].ClauseEnd || !Fits(clauses.Words[at + i].Text, words[i])) return false;
        return true;
    }

    private static bool Fits(string word, string pattern) => pattern[^1] == '*'
        ? word.StartsWith(pattern.AsSpan(0, pattern.Length - 1), StringComparison.Ordinal)
        : word == pattern;
}
