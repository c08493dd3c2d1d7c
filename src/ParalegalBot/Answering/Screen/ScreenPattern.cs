using System.Text;
using System.Text.RegularExpressions;

namespace ParalegalBot.Answering.Screen;

/// <summary>
/// One line of the screen's vocabulary as a regular expression over <see cref="ScreenText"/>. Words stand for themselves, <c>stem*</c> for any ending,
/// <c>a|b_c</c> for either (<c>_</c> joins the words of one side), <c>[a]</c> may be left out, <c>..</c> is a gap of at most seven words, <c>^</c> and <c>$</c> are the ends of a sentence,
/// <c>{name}</c> is a macro.
/// </summary>
internal static class ScreenPattern
{
    /// <summary>The gaps are bounded, so that no question takes long; a shorter limit strikes when the machine is busy with other things.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    public static Regex Compile(string pattern, IReadOnlyDictionary<string, string> macros)
    {
        foreach (var (name, words) in macros) pattern = pattern.Replace($"{{{name}}}", words, StringComparison.Ordinal);
        var regex = new StringBuilder("(?<=[ ¶]|^)");
        foreach (var token in pattern.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            regex.Append(token switch
            {
                ".." => @"(?:[^ ¶]+ |¶ (?!$)){0,7}?",
                "^" => "¶ ",
                "$" => "(?=¶|$)",
                ['[', .. var optional, ']'] => $"(?:{Alternatives(optional)} )?",
                _ => Alternatives(token) + " ",
            });
        return new Regex(regex.ToString(), RegexOptions.CultureInvariant, Limit);
    }

    private static string Alternatives(string token) =>
        "(?:" + string.Join('|', token.Split('|').Select(words => string.Join(' ', words.Split('_').Select(Word)))) + ")";

    private static string Word(string word) => Regex.Escape(FoldedText.Of(word).TrimEnd('*')) + (word.EndsWith('*') ? "[^ ¶]*" : "");
}
