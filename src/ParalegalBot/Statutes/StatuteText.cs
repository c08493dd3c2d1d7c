using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ParalegalBot.Statutes;

/// <summary>When two texts, or two titles, count as the same whatever their layout: letters and digits decide, case, accents and marks do not.</summary>
internal static class StatuteText
{
    /// <summary>A title as a key: <c>ley federal del trabajo</c>.</summary>
    public static string TitleKey(string title)
    {
        var key = new StringBuilder(title.Length);
        foreach (var c in title.Normalize(NormalizationForm.FormD))
        {
            if (char.IsLetterOrDigit(c)) key.Append(char.ToLowerInvariant(c));
            else if (CharUnicodeInfo.GetUnicodeCategory(c) is not UnicodeCategory.NonSpacingMark && key is [.., not ' ']) key.Append(' ');
        }
        var words = key.ToString().Trim();
        return words.StartsWith("la ", StringComparison.Ordinal) || words.StartsWith("el ", StringComparison.Ordinal) ? words[3..] : words;
    }

    /// <summary>Digest of an article's text; equal for the same text read from another format.</summary>
    public static byte[] Digest(Article article)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        if (article.Derogated) hash.AppendData("derogated"u8);
        var letters = new StringBuilder();
        foreach (var passage in article.Passages)
        {
            letters.Clear();
            foreach (var c in passage.Text.IsNormalized(NormalizationForm.FormD) ? passage.Text : passage.Text.Normalize(NormalizationForm.FormD))
                if (char.IsLetterOrDigit(c)) letters.Append(char.ToLowerInvariant(c));
            hash.AppendData(Encoding.UTF8.GetBytes(letters.ToString()));
        }
        return hash.GetHashAndReset()[..16];
    }
}
