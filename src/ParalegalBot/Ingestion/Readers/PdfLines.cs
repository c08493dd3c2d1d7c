using System.Text;
using UglyToad.PdfPig.Content;

namespace ParalegalBot.Ingestion.Readers;

/// <summary>Puts the letters of a page together into lines by their baselines, and into words by the gaps between them.</summary>
internal static class PdfLines
{
    private readonly record struct Glyph(string Value, double Left, double Right, double Baseline, double Size, bool Bold);

    public static IReadOnlyList<PdfLine> Of(Page page)
    {
        var lines = new List<List<Glyph>>();
        foreach (var letter in page.Letters)
        {
            if (letter.TextOrientation is not TextOrientation.Horizontal || letter.Value.Length == 0) continue;
            var glyph = new Glyph(letter.Value, letter.StartBaseLine.X, Math.Max(letter.EndBaseLine.X, letter.StartBaseLine.X), letter.StartBaseLine.Y, Math.Max(1, letter.PointSize),
                letter.FontDetails.IsBold || letter.FontDetails.Weight > 600 || (letter.FontName?.Contains("Bold", StringComparison.OrdinalIgnoreCase) ?? false));
            var line = Near(lines, glyph);
            if (line is null) lines.Add([glyph]);
            else line.Add(glyph);
        }
        return [.. lines.Select(line => Line(page.Number, line)).OfType<PdfLine>().OrderByDescending(line => line.Baseline).ThenBy(line => line.Left)];
    }

    /// <summary>The line that the glyph stands on. Text comes mostly in order, so the last lines are looked at first.</summary>
    private static List<Glyph>? Near(List<List<Glyph>> lines, Glyph glyph)
    {
        for (var i = lines.Count - 1; i >= 0; i--)
            if (Math.Abs(lines[i][0].Baseline - glyph.Baseline) < 0.42 * Math.Max(lines[i][0].Size, glyph.Size)) return lines[i];
        return null;
    }

    private static PdfLine? Line(int page, List<Glyph> glyphs)
    {
        var sorted = glyphs.OrderBy(glyph => glyph.Left).ToList();
        var text = new StringBuilder();
        var gaps = 0;
        Glyph? last = null;
        double firstWordEnd = 0;
        var seen = new List<Glyph>(sorted.Count);
        foreach (var glyph in sorted)
        {
            if (string.IsNullOrWhiteSpace(glyph.Value))
            {
                text.Append(' ');
                continue;
            }
            if (last is { } before)
            {
                if (before.Value == glyph.Value && Math.Abs(before.Left - glyph.Left) < 0.12 * glyph.Size) continue; // printed twice to look bold
                var gap = glyph.Left - before.Right;
                if (gap > 0.18 * glyph.Size && text[^1] != ' ') text.Append(' ');
                if (gap > 1.6 * glyph.Size && !IsLabel(text)) gaps++;
            }
            if (firstWordEnd == 0 && text.Length > 0 && text[^1] == ' ' && last is { } first) firstWordEnd = first.Right;
            text.Append(glyph.Value);
            seen.Add(glyph);
            last = glyph;
        }
        var clean = TextCleaning.Clean(text.ToString());
        if (clean.Length == 0) return null;
        var left = seen[0].Left;
        var right = seen.Max(glyph => glyph.Right);
        var size = seen.GroupBy(glyph => Math.Round(glyph.Size, 1)).MaxBy(group => group.Count())!.Key;
        var baseline = seen.GroupBy(glyph => Math.Round(glyph.Baseline, 1)).MaxBy(group => group.Count())!.Key;
        return new PdfLine(page, clean, left, right, baseline, size)
        {
            BoldStart = seen[0].Bold,
            Bold = seen.All(glyph => glyph.Bold),
            FirstWord = (firstWordEnd == 0 ? right : firstWordEnd) - left,
            Columns = gaps > 0,
        };
    }

    /// <summary>A wide gap after "XIV." or "a)" only sets the text of a list off.</summary>
    private static bool IsLabel(StringBuilder text) => text.Length <= 12 && text.ToString().TrimEnd() is [.., '.' or ')' or '-'];
}
