using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace ParalegalBot.Answering.Replies;

/// <summary>
/// Says an English question in the words of Spanish statutes, phrase by phrase from manifests/vocabulary/english.tsv: enough to find and to check
/// the article, and never shown. Words that the table has not stay; small words that only hold English together go.
/// </summary>
public sealed partial class EnglishWording
{
    private static readonly FrozenSet<string> Small = FrozenSet.Create(
        StringComparer.Ordinal, "the", "a", "an", "of", "in", "on", "at", "to", "for", "from", "by", "is", "are", "was", "were", "be", "do", "does", "did", "i", "my", "me", "we", "our",
        "they", "their", "it", "its", "he", "his", "she", "her", "you", "your", "if", "and", "or", "have", "has", "had", "get", "am", "that", "this", "there", "mexico", "mexican", "under");

    private readonly FrozenDictionary<string, string> phrases;
    private readonly int longest;

    private EnglishWording(FrozenDictionary<string, string> phrases)
    {
        this.phrases = phrases;
        longest = phrases.Count == 0 ? 0 : phrases.Keys.Max(phrase => phrase.Split(' ').Length);
    }

    /// <summary>Reads the table: columns english, spanish with a header.</summary>
    /// <exception cref="ParalegalBotException">It is missing or malformed.</exception>
    public static EnglishWording Load(string path) =>
        new(TsvFile.Read(path, 2).GroupBy(row => row.Columns[0], StringComparer.Ordinal).ToFrozenDictionary(group => group.Key, group => group.First().Columns[1], StringComparer.Ordinal));

    /// <summary>The question in Spanish words; one that is not English comes back as it is.</summary>
    public string InSpanish(string question)
    {
        if (!QuestionLanguage.IsEnglish(question)) return question;
        var words = Word().Matches(question).Select(match => match.Value).ToList();
        var said = new List<string>();
        for (var i = 0; i < words.Count;)
        {
            var length = Math.Min(longest, words.Count - i);
            string? spanish = null;
            while (length > 0 && !phrases.TryGetValue(string.Join(' ', words.Skip(i).Take(length)).ToLowerInvariant(), out spanish)) length--;
            if (spanish is not null) said.Add(spanish);
            else if (!Small.Contains(words[i].ToLowerInvariant())) said.Add(words[i]);
            i += Math.Max(1, length);
        }
        return string.Join(' ', said);
    }

    [GeneratedRegex(@"[\p{L}\p{N}]+(?:['’\-.,/][\p{L}\p{N}]+)*")]
    private static partial Regex Word();
}
