using System.Text.RegularExpressions;
using ParalegalBot.Retrieval;
using ParalegalBot.Statutes;

namespace ParalegalBot.Answering.Checks;

/// <summary>A law that the claim names, in full or by its abbreviation, is the law of a cited passage or is named by the cited sentences.</summary>
public sealed partial class LawNameCheck(Func<string, Statute?> findLaw) : IClaimCheck
{
    private static readonly HashSet<string> Anywhere = [.. SpanishAnalysis.Terms("México mexicana mexicano estados unidos mexicanos vigente")];

    /// <inheritdoc />
    public CheckFinding? Look(ClaimUnderCheck claim)
    {
        var written = claim.EvidenceClauses.Spoken;
        var cited = claim.Evidence.Select(citation => citation.Passage.Law).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var titles = cited.Select(law => findLaw(law)?.Title ?? "").ToList();
        // A title may name other laws: «Ley de Amparo, Reglamentaria de los Artículos 103 y 107 de la Constitución…».
        var text = titles.Where(title => title.Length > 0).Aggregate(claim.Text, (rest, title) => rest.Replace(title, "", StringComparison.OrdinalIgnoreCase));
        foreach (Match match in NamesOfLaws().Matches(text))
        {
            var name = SpanishAnalysis.Terms(match.Value).Where(term => !Anywhere.Contains(term)).ToHashSet();
            if (name.Count < 2 || titles.Any(title => Names(title, match.Value, name)) || written.Contains(Clauses.Of(match.Value).Spoken, StringComparison.Ordinal)) continue;
            return Fault(match.Value);
        }
        foreach (Match match in Abbreviations().Matches(claim.Text))
        {
            var name = match.Groups["law"].Value;
            if (cited.Contains(name, StringComparer.OrdinalIgnoreCase) || claim.EvidenceText.Contains(name, StringComparison.Ordinal)) continue;
            if (match.Groups["article"].Success || findLaw(name) is not null) return Fault(name);
        }
        return null;
    }

    /// <summary>The title, or a part of it that begins with the same word: <c>Ley de Amparo</c>.</summary>
    private static bool Names(string title, string written, HashSet<string> name) =>
        title.Split(' ')[0].Equals(written.Split(' ')[0], StringComparison.OrdinalIgnoreCase) && name.IsSubsetOf(SpanishAnalysis.Terms(title));

    private static CheckFinding Fault(string name) => new("law", name, "La afirmación nombra una ley que no es la de los pasajes citados.");

    /// <summary><c>Ley</c> or <c>Código</c> and the capitalised words after it, with the small words between them.</summary>
    [GeneratedRegex(@"\b(?:Ley|Código|Constitución|Reglamento|Estatuto)(?:(?:\s+(?:de|del|la|las|los|el|en|y|e|a|al|por|para|sobre|con|que)){0,4}\s+(?!(?:Ley|Código|Constitución|Reglamento|Estatuto|Artículo)\b)\p{Lu}\p{L}+)+")]
    private static partial Regex NamesOfLaws();

    [GeneratedRegex(@"(?:(?<article>\bart(?:ículo|ículos|s)?\.?\s+\d+[\w-]*,?\s+(?:(?:fracción|fr\.|párrafo|inciso)\s+\w+,?\s+)?(?:de\s+la\s+|del\s+|de\s+)?)|\b(?:la|el|del|La|El)\s+)(?<law>(?!(?i:bis|ter|qu\w+|sex\w+|sept\w+|oct\w+|non\w+|nov\w+|dec\w+|und\w+|duo\w+)\b)\p{Lu}{2,}\p{L}*)\b")]
    private static partial Regex Abbreviations();
}
