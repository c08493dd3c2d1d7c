using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using ParalegalBot.Inference.Gguf.Format;

namespace ParalegalBot.Inference.Gguf.Vocabulary;

/// <summary>
/// Cuts text into words that byte pairs are not merged across. The patterns are those of the models' own tokenizers, as llama.cpp names them
/// in <c>tokenizer.ggml.pre</c>. Each pattern cuts what the one before it left; what no pattern matches is a word too.
/// </summary>
internal sealed partial class PreTokenizer
{
    private const string Gpt2 = @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)";
    private const string Contractions = "(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])";
    private const string Rest = @"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    private readonly Regex[] patterns;

    private PreTokenizer(Regex[] patterns) => this.patterns = patterns;

    /// <summary>Whether models with this pre-tokenizer open their prompts with the start token unless the file says otherwise.</summary>
    public bool AddsStart { get; private init; }

    /// <summary>Whether a word that is a token whole is taken whole, whatever the merges say.</summary>
    public bool WholeWords { get; private init; }

    public static PreTokenizer Of(string name, string file) => name switch
    {
        "default" => new([Punctuation, Gpt2Words, Numbers, ThreeDigits]),
        "gpt-2" or "phi-2" or "mpt" or "olmo" or "jais" or "trillion" or "granite-docling" => new([Gpt2Words]),
        "smollm" or "starcoder" or "refact" or "command-r" or "codeshell" or "exaone" or "minerva-7b" => new([Number, Gpt2Words]),
        "llama3" or "llama-v3" or "llama-bpe" or "falcon3" or "pixtral" => new([Llama3Words]) { AddsStart = true, WholeWords = true },
        "qwen2" or "deepseek-r1-qwen" or "stablelm2" => new([Qwen2Words]),
        "tekken" => new([TekkenWords]) { AddsStart = true, WholeWords = true },
        _ => throw GgufFault.Of(file, $"su pretokenizador «{name}» no se conoce"),
    };

    /// <summary>The words, in order; together they are the text.</summary>
    public IEnumerable<string> Split(string text)
    {
        // The patterns count characters, .NET's counts UTF-16 units: a stand-in of its kind takes the place of each character beyond the BMP.
        var standIn = new StringBuilder(text.Length);
        var starts = new List<int>(text.Length + 1);
        for (var at = 0; at < text.Length;)
        {
            var valid = Rune.TryGetRuneAt(text, at, out var rune);
            starts.Add(at);
            standIn.Append(valid && !rune.IsBmp ? StandIn(rune) : text[at]);
            at += valid ? rune.Utf16SequenceLength : 1;
        }
        starts.Add(text.Length);
        var characters = standIn.ToString();
        var cuts = new List<int> { 0, characters.Length };
        foreach (var pattern in patterns) cuts = Cut(characters, cuts, pattern);
        for (var i = 1; i < cuts.Count; i++) yield return text[starts[cuts[i - 1]]..starts[cuts[i]]];
    }

    private static List<int> Cut(string text, List<int> cuts, Regex pattern)
    {
        var finer = new List<int> { 0 };
        for (var i = 1; i < cuts.Count; i++)
        {
            // A word is matched as a text of its own: what follows it is not looked at.
            var (from, word) = (cuts[i - 1], text[cuts[i - 1]..cuts[i]]);
            foreach (var match in pattern.EnumerateMatches(word))
            {
                if (match.Length == 0) continue;
                if (from + match.Index > finer[^1]) finer.Add(from + match.Index);
                finer.Add(from + match.Index + match.Length);
            }
            if (cuts[i] > finer[^1]) finer.Add(cuts[i]);
        }
        return finer;
    }

    private static char StandIn(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.LowercaseLetter => 'ħ',
        UnicodeCategory.UppercaseLetter => 'Ħ',
        UnicodeCategory.OtherLetter or UnicodeCategory.ModifierLetter or UnicodeCategory.TitlecaseLetter => 'あ',
        UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => '①',
        >= UnicodeCategory.ConnectorPunctuation and <= UnicodeCategory.OtherPunctuation => '‡',
        _ => '☺',
    };

    [GeneratedRegex(Gpt2, RegexOptions.CultureInvariant)]
    private static partial Regex Gpt2Words { get; }

    [GeneratedRegex(Contractions + @"|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}" + Rest, RegexOptions.CultureInvariant)]
    private static partial Regex Llama3Words { get; }

    [GeneratedRegex(Contractions + @"|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}" + Rest, RegexOptions.CultureInvariant)]
    private static partial Regex Qwen2Words { get; }

    [GeneratedRegex(
        @"[^\r\n\p{L}\p{N}]?((?=[\p{L}])([^a-z]))*((?=[\p{L}])([^A-Z]))+|[^\r\n\p{L}\p{N}]?((?=[\p{L}])([^a-z]))+((?=[\p{L}])([^A-Z]))*|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+",
        RegexOptions.CultureInvariant)]
    private static partial Regex TekkenWords { get; }

    [GeneratedRegex(@"[\p{P}\$\+<=>\^~\|]+", RegexOptions.CultureInvariant)]
    private static partial Regex Punctuation { get; }

    [GeneratedRegex(@"\p{N}+", RegexOptions.CultureInvariant)]
    private static partial Regex Numbers { get; }

    [GeneratedRegex(@"\p{N}", RegexOptions.CultureInvariant)]
    private static partial Regex Number { get; }

    [GeneratedRegex("[0-9][0-9][0-9]", RegexOptions.CultureInvariant)]
    private static partial Regex ThreeDigits { get; }
}
