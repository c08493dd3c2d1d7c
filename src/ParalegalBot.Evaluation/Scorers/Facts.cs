using System.Text.RegularExpressions;
using ParalegalBot.Retrieval;

namespace ParalegalBot.Evaluation.Scorers;

/// <summary>Whether every fact group appears in what the answer says (quotes count), and whether something forbidden does.</summary>
public static class Facts
{
    /// <summary>One spelling of each group appears.</summary>
    public static bool All(CaseRow result) => result.Case.Facts.All(group => group.Any(spelling => Has(Said(result), spelling)));

    /// <summary>A forbidden string appears.</summary>
    public static bool AnyForbidden(CaseRow result) => result.Case.Forbidden.Any(spelling => Has(Said(result), spelling));

    private static string Said(CaseRow result) => Norm(string.Join(' ',
        [result.Row.Text, .. result.Row.Claims.Select(claim => claim.Text), .. result.Row.Claims.SelectMany(claim => claim.Citations).Select(citation => citation.Quote)]));

    /// <summary>The spelling begins a word (<c>5 días</c> is not in <c>15 días</c>) and may end inside one (<c>prohib</c>).</summary>
    private static bool Has(string text, string spelling)
    {
        var norm = Norm(spelling);
        return Regex.IsMatch(text, "(?<![0-9a-z])" + Regex.Escape(norm) + (norm.Length > 0 && char.IsAsciiDigit(norm[^1]) ? "(?![0-9])" : ""));
    }

    private static string Norm(string text) => Regex.Replace(SpanishAnalysis.Fold(text).Replace('ñ', 'n'), @"\s+", " ");
}
