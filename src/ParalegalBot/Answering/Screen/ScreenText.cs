using System.Text;
using System.Text.RegularExpressions;

namespace ParalegalBot.Answering.Screen;

/// <summary>
/// A question as the patterns read it: folded words with single blanks, chat spelling written out, and <c>¶</c> where a sentence begins.
/// </summary>
internal static partial class ScreenText
{
    public static string Of(string text, IReadOnlyDictionary<string, string> spelling)
    {
        var read = new StringBuilder("¶ ");
        foreach (Match piece in Pieces().Matches(FoldedText.Of(text)))
        {
            if (char.IsLetterOrDigit(piece.Value[0])) read.Append(spelling.GetValueOrDefault(piece.Value, piece.Value)).Append(' ');
            else if (read[^2] != '¶') read.Append("¶ ");
        }
        return read.ToString();
    }

    [GeneratedRegex(@"c\+\+|[\p{L}\p{N}]+|[.;:!?¿¡\n]+")]
    private static partial Regex Pieces();
}
