using System.Globalization;
using System.Text;

namespace ParalegalBot.Answering;

/// <summary>Lower case without accents, character by character, so that a span in the folded text is the same span in the original.</summary>
internal static class FoldedText
{
    /// <summary>Folds the text; <c>ñ</c> becomes <c>n</c> unless <paramref name="keepEnye"/>.</summary>
    public static string Of(string text, bool keepEnye = false)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in text) folded.Append(Fold(c, keepEnye));
        return folded.ToString();
    }

    private static char Fold(char c, bool keepEnye)
    {
        var lower = char.ToLower(c, CultureInfo.InvariantCulture);
        return lower switch
        {
            'á' or 'à' or 'ä' or 'â' => 'a',
            'é' or 'è' or 'ë' or 'ê' => 'e',
            'í' or 'ì' or 'ï' or 'î' => 'i',
            'ó' or 'ò' or 'ö' or 'ô' => 'o',
            'ú' or 'ù' or 'ü' or 'û' => 'u',
            'ñ' when !keepEnye => 'n',
            '\u00A0' or '\u2007' or '\u202F' => ' ',
            '’' or '‘' => '\'',
            _ => lower,
        };
    }
}
