namespace ParalegalBot.Ingestion.Parsing;

/// <summary>Tells an article's epígrafe ("Artículo 5. Definiciones") from its first sentence.</summary>
internal static class Epigraph
{
    private const int Longest = 180;

    /// <param name="rest">What stands on the line of the heading.</param>
    /// <param name="paragraph">That line.</param>
    /// <param name="next">The paragraph below, where it is text of the same article.</param>
    public static bool IsEpigraph(string rest, SourceParagraph paragraph, SourceParagraph? next)
    {
        if (rest.Length > Longest || next is null || UnitValidity.IsDerogation(rest) || DivisionHeading.Of(next) is not null || TransitorioParser.IsHeading(next)) return false;
        if (UnitLabel.Of(rest) is not null || rest[^1] is ':' or ';' or ',') return false;
        if (paragraph.Bold && !next.Bold) return true;
        return rest[^1] is not ('.' or ')' or '"' or '”' or ']') && UnitLabel.Of(next.Text)?.Roman is null && char.IsUpper(next.Text[0]) && !next.RightAligned && !next.TableRow && rest.Length <= 120;
    }

    /// <summary>An epígrafe on a line of its own under the number: bold or centred, short, no full sentence.</summary>
    public static bool IsLine(SourceParagraph paragraph) =>
        paragraph.Text.Length <= Longest && (paragraph.Bold || paragraph.Centered) && !paragraph.TableRow
        && paragraph.Text[^1] is not (':' or ';' or ',') && UnitLabel.Of(paragraph.Text) is null && !UnitValidity.IsDerogation(paragraph.Text);
}
