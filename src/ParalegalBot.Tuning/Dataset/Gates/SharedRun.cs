using ParalegalBot.Retrieval;

namespace ParalegalBot.Tuning.Dataset.Gates;

/// <summary>The longest run of words that two texts share, case and accents aside.</summary>
internal static class SharedRun
{
    /// <summary>Its length in words.</summary>
    public static int Longest(string one, string other)
    {
        string[] left = [.. SpanishAnalysis.FoldedWords(one)], right = [.. SpanishAnalysis.FoldedWords(other)];
        var (previous, longest) = (new int[right.Length + 1], 0);
        foreach (var word in left)
        {
            var current = new int[right.Length + 1];
            for (var i = 0; i < right.Length; i++)
                if (right[i] == word) longest = Math.Max(longest, current[i + 1] = previous[i] + 1);
            previous = current;
        }
        return longest;
    }
}
