using System.Globalization;
using System.Text.RegularExpressions;

namespace ParalegalBot.Ingestion.Readers;

/// <summary>
/// Removes running headers, footers and page numbers. They are told by repetition: the same words (figures aside) at the same
/// height on many pages, in an unbroken run from the edge of the page. Nothing is known about whose headers they are.
/// </summary>
internal static partial class FurnitureFilter
{
    private const int Edge = 9;
    private const double SameHeight = 6;

    public static IReadOnlyList<IReadOnlyList<PdfLine>> Remove(IReadOnlyList<IReadOnlyList<PdfLine>> pages)
    {
        var counts = new Dictionary<(string, int), int>();
        foreach (var page in pages)
            foreach (var key in page.Take(Edge).Concat(page.TakeLast(Edge)).Select(Key).Distinct())
                counts[key] = counts.GetValueOrDefault(key) + 1;
        var needed = Math.Max(2, 0.3 * pages.Count);
        return [.. pages.Select(page => Strip(page, line => IsRepeated(line, counts, needed)))];
    }

    private static IReadOnlyList<PdfLine> Strip(IReadOnlyList<PdfLine> page, Func<PdfLine, bool> repeated)
    {
        var first = 0;
        while (first < page.Count && first < Edge && (repeated(page[first]) || IsOwnNumber(page[first]))) first++;
        var end = page.Count;
        while (end > first && page.Count - end < Edge && (repeated(page[end - 1]) || IsOwnNumber(page[end - 1]))) end--;
        return [.. page.Skip(first).Take(end - first)];
    }

    /// <summary>Heights are bucketed; a line near the border of a bucket counts with its neighbour.</summary>
    private static bool IsRepeated(PdfLine line, Dictionary<(string, int), int> counts, double needed)
    {
        var (text, height) = Key(line);
        return counts.GetValueOrDefault((text, height)) + Math.Max(counts.GetValueOrDefault((text, height - 1)), counts.GetValueOrDefault((text, height + 1))) >= needed;
    }

    /// <summary>In a document too short for repetition, the page's own number.</summary>
    private static bool IsOwnNumber(PdfLine line) =>
        PageNumber().Match(line.Text) is { Success: true } match && match.Groups["n"].Value == line.Page.ToString(CultureInfo.InvariantCulture);

    private static (string, int) Key(PdfLine line) => (Figures().Replace(line.Text, "#"), (int)(line.Baseline / SameHeight));

    [GeneratedRegex(@"\d+")]
    private static partial Regex Figures();

    [GeneratedRegex(@"^\W*(p[áa]g(ina|\.)?\s*)?(?<n>\d{1,4})(\s*(de|/)\s*\d{1,4})?\W*$", RegexOptions.IgnoreCase)]
    private static partial Regex PageNumber();
}
