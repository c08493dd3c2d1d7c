using System.Text.RegularExpressions;

namespace ParalegalBot.Server.Articles;

/// <summary>A line of a passage, how far it is indented, and its label (<c>II.</c>, <c>a)</c>) apart from its words.</summary>
public sealed partial record TextLine(int Level, string Label, string Words)
{
    /// <summary>The lines of a passage: its first at the level of its unit, incisos and numerals one deeper.</summary>
    public static IEnumerable<TextLine> Of(string text, string? unit)
    {
        var level = unit is null || unit.StartsWith('p') ? 0 : unit.Contains('.', StringComparison.Ordinal) && !unit.StartsWith("fr.", StringComparison.Ordinal) ? 2 : 1;
        foreach (var (index, line) in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Index())
        {
            var inner = InnerLabel().Match(line);
            var label = inner.Success ? inner : index == 0 && level > 0 ? UnitLabel().Match(line) : Match.Empty;
            var words = label.Success ? line[label.Length..] : line;
            yield return new TextLine(level + (inner.Success ? 1 : 0), label.Success ? label.Value.TrimEnd() : "", words);
        }
    }

    /// <summary>An inciso <c>a)</c>, <c>ñ)</c>, <c>aa)</c> or a numeral <c>1.</c>, <c>1)</c>, <c>i)</c>.</summary>
    [GeneratedRegex(@"^(?:[a-zñ]{1,3}\)|\d{1,3}[.)]-?)\s+")]
    private static partial Regex InnerLabel();

    /// <summary>A fracción <c>II.</c>, <c>XXII.-</c>, <c>I Bis.</c> or an apartado <c>A.</c>.</summary>
    [GeneratedRegex(@"^(?:[IVXLCDM]+|[A-ZÑ])(?:\s+(?:Bis|Ter|Quáter|Quater|Quinquies)(?:\s*\d+)?)?\s*(?:\.-|\.|-|\))\s+", RegexOptions.IgnoreCase)]
    private static partial Regex UnitLabel();
}
