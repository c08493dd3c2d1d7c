namespace ParalegalBot.Inference.Gguf.Vocabulary;

/// <summary>
/// Merges neighbouring symbols, the most urgent pair first and of equals the leftmost, until none is left to merge: byte-pair encoding
/// (Sennrich et al. 2016), with SentencePiece's scores or with merge ranks. A heap and a linked list keep it at n log n.
/// </summary>
internal static class SymbolMerge
{
    /// <summary>How urgent it is to merge two neighbours, least first; null: they do not merge.</summary>
    public delegate float? Urgency(ReadOnlySpan<char> left, ReadOnlySpan<char> right);

    /// <summary>Merges.</summary>
    /// <param name="text">What the symbols are cut from.</param>
    /// <param name="starts">Where each symbol starts, and the text's end.</param>
    /// <param name="urgency">Which pairs merge.</param>
    /// <returns>The ranges of the symbols that are left.</returns>
    public static List<Range> Run(string text, List<int> starts, Urgency urgency)
    {
        var count = starts.Count - 1;
        var (previous, next, length) = (new int[count], new int[count], new int[count]);
        for (var i = 0; i < count; i++) (previous[i], next[i], length[i]) = (i - 1, i + 1 < count ? i + 1 : -1, starts[i + 1] - starts[i]);
        var queue = new PriorityQueue<(int Left, int Right, int Length), (float, int)>();
        for (var i = 1; i < count; i++) Offer(i - 1, i);
        while (queue.TryDequeue(out var pair, out _))
        {
            var (left, right, merged) = pair;
            // Outdated: one of the two has been merged meanwhile.
            if (length[left] == 0 || length[right] == 0 || length[left] + length[right] != merged || next[left] != right) continue;
            length[left] = merged;
            length[right] = 0;
            next[left] = next[right];
            if (next[right] >= 0) previous[next[right]] = left;
            Offer(previous[left], left);
            Offer(left, next[left]);
        }
        var result = new List<Range>();
        for (var i = count == 0 ? -1 : 0; i >= 0; i = next[i]) result.Add(starts[i]..(starts[i] + length[i]));
        return result;

        void Offer(int left, int right)
        {
            if (left < 0 || right < 0) return;
            if (urgency(text.AsSpan(starts[left], length[left]), text.AsSpan(starts[right], length[right])) is { } urgent)
                queue.Enqueue((left, right, length[left] + length[right]), (urgent, left));
        }
    }
}
