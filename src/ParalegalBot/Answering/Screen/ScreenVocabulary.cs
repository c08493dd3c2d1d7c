using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using ParalegalBot.Retrieval;

namespace ParalegalBot.Answering.Screen;

/// <summary>The lists that the screen reads questions with: manifests/vocabulary/screen and the help lines. Data only; the order of concerns is <see cref="QuestionScreen"/>'s.</summary>
public sealed class ScreenVocabulary
{
    private readonly IReadOnlyDictionary<string, string> spelling;
    private readonly ILookup<string, Regex> patterns;

    private ScreenVocabulary(IReadOnlyDictionary<string, string> spelling, ILookup<string, Regex> patterns) => (this.spelling, this.patterns) = (spelling, patterns);

    internal IReadOnlyList<(string Law, string Title, Regex Pattern)> Matters { get; private init; } = [];

    internal IReadOnlyList<(string Name, Regex Place, Regex? Demonym)> Countries { get; private init; } = [];

    internal IReadOnlyList<(string Ask, IReadOnlySet<string> Stems, IReadOnlyList<string> Choices)> Ambiguities { get; private init; } = [];

    internal IReadOnlySet<string> GenericStems { get; private init; } = new HashSet<string>();

    internal IReadOnlySet<string> TraitStems { get; private init; } = new HashSet<string>();

    internal IReadOnlyList<(string Law, int From, int To, string Matter)> StateMatters { get; private init; } = [];

    /// <summary>Numbers that a person in danger may call, each with the day on which it was verified.</summary>
    public IReadOnlyList<Helpline> Helplines { get; private init; } = [];

    /// <summary>Reads the folder <c>vocabulary/screen</c> and <c>corpora/helplines.json</c> under the manifests folder.</summary>
    /// <exception cref="ParalegalBotException">A file is missing or malformed.</exception>
    public static ScreenVocabulary Load(string manifests)
    {
        string File(string name) => Path.Combine(manifests, "vocabulary", "screen", name);
        var rows = TsvFile.Read(File("patterns.tsv"), 3).Select(row => row.Columns).ToList();
        var macros = rows.Where(row => row[0] == "macro").ToDictionary(row => row[1], row => row[2]);
        Regex Compile(string pattern) => ScreenPattern.Compile(pattern, macros);
        Regex Any(string words) => Compile(string.Join('|', words.Split(' ')));
        return new ScreenVocabulary(
            TsvFile.Read(File("spelling.tsv"), 2).ToDictionary(row => row.Columns[0], row => row.Columns[1]),
            rows.Where(row => row[0] != "macro").ToLookup(row => row[0], row => Compile(row[2])))
        {
            Matters = [.. TsvFile.Read(File("matters.tsv"), 3).Select(row => (row.Columns[0], row.Columns[1], Compile(row.Columns[2])))],
            Countries = [.. TsvFile.Read(File("places.tsv"), 4).Select(row => (row.Columns[1], Places(row.Columns[2]), row.Columns[3] == "-" ? null : Any(row.Columns[3])))],
            Ambiguities = [.. TsvFile.Read(File("ambiguous.tsv"), 3).Select(row =>
                (row.Columns[0], (IReadOnlySet<string>)SpanishAnalysis.Terms(row.Columns[1]).ToHashSet(), (IReadOnlyList<string>)row.Columns[2].Split(';')))],
            GenericStems = Stems("generic.txt"),
            TraitStems = Stems("traits.txt"),
            StateMatters = [.. TsvFile.Read(File("state-matters.tsv"), 3).Select(row => StateMatter(row.Columns))],
            Helplines = JsonSerializer.Deserialize<IReadOnlyList<Helpline>>(System.IO.File.ReadAllText(Path.Combine(manifests, "corpora", "helplines.json"))) ?? [],
        };

        (string, int, int, string) StateMatter(string[] row) => row[1] == "*" ? (row[0], 0, int.MaxValue, row[2])
            : row[1].Split('-') is [var from, var to] && int.TryParse(from, out var first) && int.TryParse(to, out var last) ? (row[0], first, last, row[2])
            : throw new ParalegalBotException($"{File("state-matters.tsv")}: «{row[1]}» no es un intervalo de artículos como 139-746.");

        HashSet<string> Stems(string name) => [.. System.IO.File.ReadLines(File(name)).Where(line => !line.StartsWith('#')).SelectMany(SpanishAnalysis.Terms)];

        Regex Places(string names) => new("(?<=[ ¶])(?:" + string.Join('|', names.Split(' ').Select(name => Regex.Escape(FoldedText.Of(name)).Replace("\\+", " ", StringComparison.Ordinal))) + ") ",
            RegexOptions.CultureInvariant, ScreenPattern.Limit);
    }

    /// <summary>The text as patterns read it.</summary>
    internal string Read(string text) => ScreenText.Of(text, spelling);

    /// <summary>Whether a read text is patterns of the class from its beginning to its end: <c>hola, buenas tardes</c>.</summary>
    internal bool IsNothingBut(string patternClass, string read)
    {
        if (!Matches(patternClass, read)) return false;
        foreach (var pattern in patterns[patternClass]) read = pattern.Replace(read, "¶ ");
        return !read.Any(char.IsLetterOrDigit);
    }

    /// <summary>Whether any pattern of the class occurs in a read text.</summary>
    internal bool Matches(string patternClass, string read) => patterns[patternClass].Any(pattern => pattern.IsMatch(read));
}

/// <summary>A help line.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Number">The number to dial.</param>
/// <param name="For"><c>violence</c>, <c>self_harm</c>.</param>
/// <param name="Note">Hours and place.</param>
/// <param name="Verified">Day on which the number was checked.</param>
public sealed record Helpline(
    [property: JsonPropertyName("name")] string Name, [property: JsonPropertyName("number")] string Number, [property: JsonPropertyName("for")] IReadOnlyList<string> For,
    [property: JsonPropertyName("note")] string Note, [property: JsonPropertyName("verified")] DateOnly Verified);
