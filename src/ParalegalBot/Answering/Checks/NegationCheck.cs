namespace ParalegalBot.Answering.Checks;

/// <summary>What the claim denies is denied by the cited sentences, what they deny is not affirmed, and no exception is added or lost.</summary>
public sealed class NegationCheck : IClaimCheck
{
    private static readonly (string Phrase, bool Kind)[] Negators =
        [.. ((string[])["no", "ni", "nunca", "jamas", "sin", "ningun", "ninguna", "ninguno", "tampoco", "en ningun caso", "carece*"]).Select(word => (word, true))];

    private static readonly (string Phrase, bool Kind)[] Exceptions =
        [.. ((string[])["salvo", "excepto", "a menos que", "con excepcion de", "a excepcion de", "exceptuando", "exceptuados", "con la salvedad", "fuera de los casos"]).Select(word => (word, true))];

    // "no menor de" and the like are comparisons, which have their own check.
    private static readonly (string Phrase, bool Kind)[] Comparisons =
        [.. ((string[])["no menor*", "no mayor*", "no inferior*", "no superior*", "no exced*", "no sera menor*", "no sera mayor*", "no sera inferior*", "no sera superior*",
            "no seran menor*", "no seran mayor*", "no podra ser menor*", "no podra ser mayor*", "no podra ser inferior*", "no podra ser superior*", "no podra exceder*", "no podran exceder*", "no debera exceder*", "no mas", "no menos", "no obstante", "sin perjuicio", "sin embargo", "ni menor*", "ni mayor*", "no solo"]).Select(word => (word, false))];

    private static readonly (string Phrase, bool Kind)[] All = [.. Negators, .. Comparisons];

    /// <inheritdoc />
    public CheckFinding? Look(ClaimUnderCheck claim)
    {
        if (claim.Verbatim && ExceptionFault(claim) is null) return null;
        var inClaim = Polarity(claim.ClaimClauses);
        var inEvidence = Polarity(claim.EvidenceClauses);
        foreach (var stem in inClaim.Denied.Where(stem => !inClaim.Affirmed.Contains(stem)))
            if (inEvidence.Affirmed.Contains(stem) && !inEvidence.Denied.Contains(stem))
                return new("negation", stem, "La afirmación niega lo que las oraciones citadas afirman.");
        foreach (var stem in inEvidence.Denied.Where(stem => !inEvidence.Affirmed.Contains(stem)))
            if (inClaim.Affirmed.Contains(stem) && !inClaim.Denied.Contains(stem))
                return new("negation", stem, "La afirmación afirma lo que las oraciones citadas niegan.");
        return ExceptionFault(claim);
    }

    private static CheckFinding? ExceptionFault(ClaimUnderCheck claim)
    {
        var said = claim.ClaimClauses.Find(Exceptions).ToList();
        var written = claim.EvidenceClauses.Find(Exceptions).ToList();
        if (said.Count > 0 && written.Count == 0)
            return new("negation", claim.ClaimClauses.Words[said[0].At].Text, "La afirmación añade una excepción que las oraciones citadas no tienen.");
        return said.Count == 0 && written.Count > 0
            ? new("negation", claim.EvidenceClauses.Words[written[0].At].Text, "La afirmación calla la excepción de las oraciones citadas.")
            : null;
    }

    /// <summary>Content stems within reach of a negator, and all others.</summary>
    private static (HashSet<string> Denied, HashSet<string> Affirmed) Polarity(Clauses clauses)
    {
        const int reach = 2;
        var denied = new HashSet<string>();
        var places = new HashSet<int>();
        foreach (var (at, count, negates) in clauses.Find(All))
        {
            if (!negates) continue;
            var left = reach;
            for (var next = at + count; next < clauses.Words.Count && left > 0 && !clauses.Words[next].ClauseEnd; next++)
            {
                if (clauses.Words[next].Stem is not { } stem) continue;
                denied.Add(stem);
                places.Add(next);
                left--;
            }
        }
        var affirmed = clauses.Words.Where((word, place) => word.Stem is not null && !places.Contains(place)).Select(word => word.Stem!).ToHashSet();
        return (denied, affirmed);
    }
}
