using System.Text.RegularExpressions;
using ParalegalBot.Retrieval;

namespace ParalegalBot.Statutes;

/// <summary>
/// The names under which people know laws (titles, nicknames, abbreviations) and where they occur in a text.
/// It also notices names of laws that it does not know, so that they can be told as not loaded.
/// </summary>
public sealed partial class LawNames
{
    private readonly Dictionary<string, string> names = new(StringComparer.Ordinal);
    private readonly HashSet<string> abbreviations = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, int> longestByFirstWord = new(StringComparer.Ordinal);

    /// <summary>Builds the table from (name, abbreviation) pairs; the first pair of a name wins.</summary>
    public LawNames(IEnumerable<(string Name, string Abbreviation)> pairs)
    {
        foreach (var (name, abbreviation) in pairs)
        {
            abbreviations.Add(abbreviation);
            var key = string.Join(' ', Words(name).Select(word => word.Folded));
            if (key.Length > 0 && !key.Equals(abbreviation, StringComparison.OrdinalIgnoreCase)) names.TryAdd(key, abbreviation);
        }
        foreach (var name in names.Keys.Select(key => key.Split(' ')))
            longestByFirstWord[name[0]] = Math.Max(name.Length, longestByFirstWord.GetValueOrDefault(name[0]));
    }

    /// <summary>The laws that the text names, in order, without overlaps; unknown formal names have a null abbreviation.</summary>
    public IReadOnlyList<LawMention> Find(string text)
    {
        var words = Words(text);
        var found = new List<LawMention>();
        for (var i = 0; i < words.Count;)
        {
            var mention = KnownName(text, words, i) ?? Abbreviation(text, words, i) ?? UnknownName(text, words, i);
            if (mention is null) { i++; continue; }
            found.Add(mention);
            while (i < words.Count && words[i].Start < mention.Start + mention.Length) i++;
        }
        return found;
    }

    private LawMention? KnownName(string text, IReadOnlyList<Word> words, int first)
    {
        for (var count = Math.Min(longestByFirstWord.GetValueOrDefault(words[first].Folded), words.Count - first); count > 0; count--)
        {
            var key = string.Join(' ', words.Skip(first).Take(count).Select(word => word.Folded));
            if (!names.TryGetValue(key, out var abbreviation)) continue;
            // "123 constitucional" names the Constitution, "juicio constitucional" does not.
            if (Adjective().IsMatch(key) && (first == 0 || !char.IsDigit(words[first - 1].Folded[0]))) continue;
            var mention = Mention(text, words[first], words[first + count - 1], abbreviation);
            var state = OfAState.Match(text, mention.Start + mention.Length);
            return state.Success ? Mention(text, mention.Start, mention.Length + state.Length, null) : mention;
        }
        return null;
    }

    /// <summary>
    /// An abbreviation in capitals counts anywhere, in small letters only after "la", "del" or "ley" and with three letters or more
    /// ("lic" is a licenciado, "cpf" after "del" is a code); in a text that shouts, capitals mean nothing.
    /// </summary>
    private LawMention? Abbreviation(string text, IReadOnlyList<Word> words, int i)
    {
        var word = words[i];
        var written = text.Substring(word.Start, word.Length);
        if (written.Length < 2 || !abbreviations.TryGetValue(written, out var abbreviation) || abbreviation.All(char.IsDigit)) return null;
        var introduced = i > 0 && (words[i - 1].Folded is "la" or "del" or "ley" or "codigo" || char.IsDigit(words[i - 1].Folded[0]));
        var exact = written == abbreviation || (written == written.ToUpperInvariant() && text.Any(char.IsLower));
        return (exact && (text.Any(char.IsLower) || introduced)) || (introduced && written.Length > 2) ? Mention(text, word, word, abbreviation) : null;
    }

    /// <summary>A formal name in capitals that no entry knows: <c>Ley de Imprenta</c>, <c>Código Civil para el Estado de Jalisco</c>.</summary>
    private static LawMention? UnknownName(string text, IReadOnlyList<Word> words, int i)
    {
        if (words[i].Folded is not ("ley" or "codigo" or "reglamento" or "estatuto") || !char.IsUpper(text[words[i].Start])) return null;
        var match = FormalName().Match(text, words[i].Start);
        return match.Success && match.Index == words[i].Start ? new LawMention(match.Index, match.Length, match.Value, null) : null;
    }

    private static LawMention Mention(string text, Word first, Word last, string abbreviation) =>
        Mention(text, first.Start, last.Start + last.Length - first.Start, abbreviation);

    private static LawMention Mention(string text, int start, int length, string? abbreviation) =>
        new(start, length, text.Substring(start, length), abbreviation);

    private static List<Word> Words(string text) =>
        [.. WordPattern().Matches(text).Select(match => new Word(match.Index, match.Length, SpanishAnalysis.Fold(match.Value)))];

    /// <summary>"código civil de Jalisco" is not the federal code: the name of a state after a known name makes it another law.</summary>
    private static readonly Regex OfAState = new(
        @"\G\s+(?:vigente\s+)?(?:para|del|de|en)\s+(?:el\s+|la\s+)?(?:estado\s+(?:libre\s+y\s+soberano\s+)?de\s+)?(?:" + string.Join('|', States.Names.Select(AnyAccent))
        + @"|m[eé]xico|cdmx|distrito\s+federal)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Compiled);

    private static string AnyAccent(string name) => string.Concat(SpanishAnalysis.Fold(name).Select(c => c switch
    {
        'a' => "[aá]", 'e' => "[eé]", 'i' => "[ií]", 'o' => "[oó]", 'u' => "[uúü]", ' ' => @"\s+", _ => c.ToString(),
    }));

    private readonly record struct Word(int Start, int Length, string Folded);

    [GeneratedRegex("^constitucional(?:es)?$")]
    private static partial Regex Adjective();

    [GeneratedRegex(@"[\p{L}\p{M}\d_]+")]
    private static partial Regex WordPattern();

    [GeneratedRegex(@"(Ley|Código|Codigo|Reglamento|Estatuto)(\s+(de|del|la|las|los|el|y|e|en|para|por|sobre|a|al|que|contra|con|[A-ZÁÉÍÓÚÑ][\p{L}\d]*),?){1,24}(?<=\s[A-ZÁÉÍÓÚÑ][\p{L}\d]*)")]
    private static partial Regex FormalName();
}

/// <summary>A law's name in a text.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="Length">Its length.</param>
/// <param name="AsWritten">The words.</param>
/// <param name="Abbreviation">The law; null where no entry knows the name.</param>
public sealed record LawMention(int Start, int Length, string AsWritten, string? Abbreviation);
