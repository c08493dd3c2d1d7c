using System.Text.RegularExpressions;
using ParalegalBot.Retrieval;

namespace ParalegalBot.Answering.Checks;

/// <summary>A text as folded words in order, with stems, and where a clause ends: what the wording checks look at.</summary>
internal sealed partial class Clauses
{
    private Clauses(IReadOnlyList<Word> words) => Words = words;

    /// <summary>Words and clause ends in order.</summary>
    public IReadOnlyList<Word> Words { get; }

    /// <summary>All words, single blanks between them and around them.</summary>
    public string Spoken => field ??= " " + string.Join(' ', Words.Where(word => !word.ClauseEnd).Select(word => word.Text)) + " ";

    /// <summary>Stems of the content words.</summary>
    public IReadOnlySet<string> Stems => field ??= Words.Where(word => word.Stem is not null).Select(word => word.Stem!).ToHashSet();

    public static Clauses Of(string text) =>
        new([.. Pieces().Matches(text).Select(piece => char.IsLetterOrDigit(piece.Value[0])
            ? new Word(SpanishAnalysis.Fold(piece.Value), SpanishAnalysis.Terms(piece.Value).FirstOrDefault(), false)
            : new Word(piece.Value, null, true))]);

    /// <summary>Whether the folded phrase stands at the place, and how many words it has; 0 where it does not.</summary>
    public int Match(int at, string phrase)
    {
        var parts = phrase.Split(' ');
        if (at + parts.Length > Words.Count) return 0;
        for (var i = 0; i < parts.Length; i++)
            if (Words[at + i].ClauseEnd || !Fits(Words[at + i].Text, parts[i])) return 0;
        return parts.Length;
    }

    /// <summary>Every place at which one of the phrases stands; a longer phrase goes before a shorter one, places are not reused.</summary>
    public IEnumerable<(int At, int Count, TKind Kind)> Find<TKind>(IReadOnlyList<(string Phrase, TKind Kind)> phrases)
    {
        for (var at = 0; at < Words.Count; at++)
        {
            var best = (Count: 0, Kind: default(TKind)!);
            foreach (var (phrase, kind) in phrases)
                if (Match(at, phrase) is var count && count > best.Count) best = (count, kind);
            if (best.Count == 0) continue;
            yield return (at, best.Count, best.Kind);
            at += best.Count - 1;
        }
    }

    /// <summary>The next content stems after a place, inside its clause.</summary>
    public IEnumerable<string> StemsAfter(int at, int most) =>
        Words.Skip(at).TakeWhile(word => !word.ClauseEnd).Where(word => word.Stem is not null).Select(word => word.Stem!).Take(most);

    private static bool Fits(string word, string pattern) => pattern[^1] == '*'
        ? word.StartsWith(pattern.AsSpan(0, pattern.Length - 1), StringComparison.Ordinal)
        : word == pattern;

    [GeneratedRegex(@"[\p{L}\p{N}]+|[,.;:()\n]")]
    private static partial Regex Pieces();

    internal readonly record struct Word(string Text, string? Stem, bool ClauseEnd);
}
