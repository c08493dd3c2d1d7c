using System.Text.RegularExpressions;

namespace ParalegalBot.Answering.Figures;

/// <summary>A word, a number or a sign of the folded text, with its place.</summary>
internal readonly partial record struct FigureToken(string Text, int Start)
{
    public int End => Start + Text.Length;

    public bool IsDigits => Text.Length > 0 && char.IsAsciiDigit(Text[0]);

    public static IReadOnlyList<FigureToken> Read(string text) =>
        [.. Pieces().Matches(FoldedText.Of(text)).Select(match => new FigureToken(match.Value, match.Index))];

    // dates as numbers | cents of an amount in words | numbers | words | signs that matter
    [GeneratedRegex(@"\d{1,2}[-/]\d{1,2}[-/]\d{4}(?!\d)|\d{4}-\d{2}-\d{2}(?!\d)|\d{2}/100(?!\d)|\d+(?:[.,]\d+)*|\p{L}+|[%$º°ª()/\-+=×.,;:]")]
    private static partial Regex Pieces();
}
