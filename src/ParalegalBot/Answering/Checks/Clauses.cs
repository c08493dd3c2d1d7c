using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using ParalegalBot.Answering.Figures;
using ParalegalBot.Retrieval;

namespace ParalegalBot.Answering.Checks;

/// <summary>A text as folded words in order, with stems, and where a clause ends: what the wording checks look at.</summary>
internal sealed partial class Clauses
{
    private const int CachedWords = 200_000;
    private static readonly ConcurrentDictionary<string, Word> Known = new(StringComparer.Ordinal);

    private Clauses(IReadOnlyList<Word> words) => Words = words;

    /// <summary>Words and clause ends in order.</summary>
    public IReadOnlyList<Word> Words { get; }

    /// <summary>All words, single blanks between them and around them.</summary>
    public string Spoken => field ??= " " + string.Join(' ', Words.Where(word => !word.ClauseEnd).Select(word => word.Text)) + " ";

    /// <summary>Stems of the content words.</summary>
    public IReadOnlySet<string> Stems => field ??= Words.Where(word => word.Stem is not null).Select(word => word.Stem!).ToHashSet();

    public static Clauses Of(string text) =>
        new([.. Pieces().Matches(text).Select(piece => Read(piece.Value))]);

    /// <summary>The next content stems after a place, inside its clause.</summary>
    public IEnumerable<string> StemsAfter(int at, int most) =>
        Words.Skip(at).TakeWhile(word => !word.ClauseEnd).Where(word => word.Stem is not null).Select(word => word.Stem!).Take(most);

    /// <summary>The words before a place, the nearest first, inside its clause.</summary>
    public IEnumerable<string> WordsBefore(int at, int most)
    {
        for (var before = at - 1; before >= 0 && before >= at - most && !Words[before].ClauseEnd; before--) yield return Words[before].Text;
    }

    /// <summary>Numbers have no stem: digits and words say them alike, and they have a check of their own.</summary>
    private static Word Read(string written)
    {
        if (Known.TryGetValue(written, out var known)) return known;
        var folded = FoldedText.Of(written, keepEnye: true);
        var word = !char.IsLetterOrDigit(written[0]) ? new Word(written, null, true)
            : new Word(folded, char.IsAsciiDigit(folded[0]) || NumberWords.IsCardinal(folded) ? null : SpanishAnalysis.Terms(written).FirstOrDefault(), false);
        if (Known.Count < CachedWords) Known[written] = word;
        return word;
    }

    [GeneratedRegex(@"[\p{L}\p{N}]+|[,.;:()\n]")]
    private static partial Regex Pieces();

    internal readonly record struct Word(string Text, string? Stem, bool ClauseEnd);
}
