using System.Globalization;
using System.Text.RegularExpressions;

namespace ParalegalBot.Server.WhatsApp;

/// <summary>Text as WhatsApp formats it: <c>*bold*</c>, <c>_italic_</c>, <c>~struck~</c>, backticks; no headings, tables or labelled links, and no way to escape.</summary>
internal static partial class WhatsAppText
{
    /// <summary>Text that is shown as it stands: a pair of marks that would format what is between them becomes a pair of their look-alikes.</summary>
    public static string Plain(string text) => Marked().Replace(text, match => $"{LookAlike(match.Groups[1].Value)}{match.Groups[2].Value}{LookAlike(match.Groups[1].Value)}");

    /// <summary>Markdown as far as WhatsApp has it: bold, headings as bold lines, links as text and address, rows of tables as lines.</summary>
    public static string FromMarkdown(string text)
    {
        text = Link().Replace(text, "$1: $2");
        text = Separator().Replace(text, "");
        text = Row().Replace(text, match => string.Join(" · ", match.Groups[1].Value.Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)));
        text = Heading().Replace(text, match => $"*{match.Groups[1].Value.Replace("*", "", StringComparison.Ordinal).Trim()}*");
        text = Bold().Replace(text, "*$1*");
        return Struck().Replace(text, "~$1~");
    }

    /// <summary>Cut into parts of at most <paramref name="most"/> UTF-16 units, at the end of a paragraph, else of a line, a sentence, a word, else between graphemes.</summary>
    public static IEnumerable<string> Split(string text, int most)
    {
        text = text.Trim();
        while (text.Length > most)
        {
            var end = End(text, most);
            yield return text[..end].TrimEnd();
            text = text[end..].TrimStart();
        }
        if (text.Length > 0) yield return text;
    }

    private static int End(string text, int most)
    {
        var head = text.AsSpan(0, most + 1); // what separates two parts may stand behind the limit
        foreach (var separator in (string[])["\n\n", "\n", ". ", " "])
        {
            var at = head.LastIndexOf(separator, StringComparison.Ordinal);
            if (at > most / 2) return separator == ". " ? at + 1 : at;
        }
        var end = 0;
        while (end + StringInfo.GetNextTextElementLength(text, end) is var next && next <= most) end = next;
        return end > 0 ? end : most; // a grapheme longer than the whole message is no text
    }

    private static string LookAlike(string mark) => mark switch { "*" => "∗", "_" => "ˍ", "~" => "∼", _ => "ˋ" };

    [GeneratedRegex(@"(?<![\p{L}\p{N}/])([*_~`])(?=\S)([^\n]*?\S)\1(?![\p{L}\p{N}])")]
    private static partial Regex Marked();

    [GeneratedRegex(@"\[([^\]\n]+)\]\((https?://[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^[ \t]*\|?[ \t:|-]*-{3,}[ \t:|-]*\|[ \t:|-]*\n?", RegexOptions.Multiline)]
    private static partial Regex Separator();

    [GeneratedRegex(@"^[ \t]*\|(.+)\|[ \t]*$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"^#{1,6}[ \t]+(.+?)[ \t]*$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"\*\*(?=\S)([^\n]+?)(?<=\S)\*\*")]
    private static partial Regex Bold();

    [GeneratedRegex(@"~~(?=\S)([^\n]+?)(?<=\S)~~")]
    private static partial Regex Struck();
}
