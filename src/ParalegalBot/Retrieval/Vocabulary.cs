using System.Collections.Frozen;

namespace ParalegalBot.Retrieval;

/// <summary>
/// The lay → legal thesaurus of manifests/vocabulary: what people say, the words that statutes use for it, and the laws it points to.
/// Matching works on stems, so that accents and inflection do not matter, and any object pronoun stands for any other ("me corrieron", "lo corrieron").
/// </summary>
public sealed class Vocabulary
{
    private const string Pronoun = "<pron>";
    private static readonly FrozenSet<string> Pronouns = new[] { "me", "te", "se", "le", "lo", "la", "nos", "les", "los", "las" }.ToFrozenSet();

    private readonly FrozenDictionary<string, string> spelling;
    private readonly FrozenDictionary<string, VocabularyEntry[]> byFirst;

    /// <summary>An empty vocabulary.</summary>
    public static Vocabulary Empty { get; } = new([], new Dictionary<string, string>());

    /// <summary>Builds the thesaurus from its entries and the table of spellings.</summary>
    public Vocabulary(IReadOnlyList<VocabularyEntry> entries, IReadOnlyDictionary<string, string> spelling)
    {
        this.spelling = spelling.ToFrozenDictionary(pair => SpanishAnalysis.Fold(pair.Key), pair => pair.Value);
        // Questions are corrected before they are matched, so the wordings are too.
        Entries = [.. entries.Select(entry => entry with { Keys = Keys(Correct(entry.Lay)) })];
        byFirst = Entries.Where(entry => entry.Keys.Count > 0).GroupBy(entry => entry.Keys[0])
            .ToFrozenDictionary(group => group.Key, group => group.ToArray());
    }

    /// <summary>All entries.</summary>
    public IReadOnlyList<VocabularyEntry> Entries { get; }

    /// <summary>The same thesaurus without one entry, to measure what it does.</summary>
    internal Vocabulary Without(VocabularyEntry entry) => new([.. Entries.Where(other => other != entry)], spelling);

    /// <summary>Loads every <c>*.tsv</c> of a folder: columns lay, legal, laws, note with a header; <c>spelling.tsv</c> holds corrections.</summary>
    /// <exception cref="ParalegalBotException">A file is malformed; the message names file and line.</exception>
    public static Vocabulary Load(string folder)
    {
        if (!Directory.Exists(folder)) throw new ParalegalBotException($"No encontré el vocabulario en «{folder}»; reinstale la carpeta manifests/vocabulary.");
        var entries = new List<VocabularyEntry>();
        var spelling = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(folder, "*.tsv").Order(StringComparer.Ordinal))
        {
            var line = 0;
            foreach (var text in File.ReadLines(file))
            {
                if (++line == 1 || text.Length == 0) continue;
                if (text.Split('\t') is not [var lay, var legal, var laws, var note] || lay.Length == 0 || legal.Length == 0)
                    throw new ParalegalBotException($"{file}, línea {line}: se esperaban cuatro columnas (lay, legal, laws, note) separadas por tabulador.");
                if (Path.GetFileName(file) == "spelling.tsv") spelling.TryAdd(lay, legal);
                else entries.Add(new VocabularyEntry(lay, legal.Split("; "), laws == "-" ? [] : laws.Split(','), note));
            }
        }
        return new Vocabulary(entries, spelling);
    }

    /// <summary>The text with known misspellings and chat spellings written out.</summary>
    public string Correct(string text)
    {
        var words = SpanishAnalysis.Words(text).ToList();
        return words.Any(word => spelling.ContainsKey(SpanishAnalysis.Fold(word)))
            ? string.Join(' ', words.Select(word => spelling.GetValueOrDefault(SpanishAnalysis.Fold(word), word)))
            : text;
    }

    /// <summary>The entries whose lay wording occurs in the text, the longest first at each place, none inside another.</summary>
    public IReadOnlyList<VocabularyEntry> Match(string text)
    {
        var keys = Keys(text);
        var found = new List<VocabularyEntry>();
        for (var i = 0; i < keys.Count; i++)
        {
            if (!byFirst.TryGetValue(keys[i], out var candidates)) continue;
            var longest = candidates.Where(entry => StartsAt(keys, i, entry.Keys)).MaxBy(entry => entry.Keys.Count);
            if (longest is null) continue;
            found.Add(longest);
            i += longest.Keys.Count - 1;
        }
        return [.. found.Distinct()];
    }

    private static bool StartsAt(IReadOnlyList<string> keys, int start, IReadOnlyList<string> wanted)
    {
        if (start + wanted.Count > keys.Count) return false;
        for (var i = 0; i < wanted.Count; i++)
            if (keys[start + i] != wanted[i]) return false;
        return true;
    }

    private static List<string> Keys(string text) =>
        [.. SpanishAnalysis.Words(text).Select(word => Pronouns.Contains(SpanishAnalysis.Fold(word)) ? Pronoun : SpanishAnalysis.Stem(word))];
}

/// <summary>One line of the thesaurus.</summary>
/// <param name="Lay">What people say.</param>
/// <param name="Legal">The statutes' words, most important first.</param>
/// <param name="Laws">Laws it points to; empty for none in particular.</param>
/// <param name="Note">regional, misspelling, chat, anglicism, or empty.</param>
public sealed record VocabularyEntry(string Lay, IReadOnlyList<string> Legal, IReadOnlyList<string> Laws, string Note)
{
    /// <summary>The lay wording as stems, its spelling corrected; empty before a <see cref="Vocabulary"/> has read it.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];
}
