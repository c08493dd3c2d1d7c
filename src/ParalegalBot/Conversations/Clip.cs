using System.Globalization;

namespace ParalegalBot.Conversations;

/// <summary>Shortens text for channels that limit it.</summary>
public static class Clip
{
    /// <summary>The text, at most <paramref name="most"/> UTF-16 units: cut between graphemes, after a word where one ends nearby, and marked with an ellipsis.</summary>
    public static string To(string text, int most)
    {
        if (text.Length <= most) return text;
        var end = 0;
        var word = 0;
        while (end < text.Length)
        {
            var next = StringInfo.GetNextTextElementLength(text, end);
            if (end + next > most - 1) break;
            if (char.IsWhiteSpace(text[end])) word = end;
            end += next;
        }
        if (word > end - 24 && word > 0) end = word;
        return string.Concat(text.AsSpan(0, end).TrimEnd(), "…");
    }
}
