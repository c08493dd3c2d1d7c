namespace ParalegalBot.Answering.Checks;

/// <summary>What the claim denies is denied by the cited sentences, what they deny is not affirmed, and no exception is added.</summary>
public sealed class NegationCheck : IClaimCheck
{
    private static readonly string[] Negators =
        ["no", "ni", "nunca", "jamas", "sin", "ningun", "ninguna", "ninguno", "nadie", "tampoco", "en ningun caso", "carece*"];

    // "no menor de" and the like are comparisons, which have their own check; "no obstante" denies nothing.
    private static readonly string[] NoDenials =
    [
        .. from no in (string[])["no", "ni", "nunca", "en ningun caso"]
           from verb in (string[])["", "es ", "son ", "sea ", "sean ", "sera ", "seran ", "podra ser ", "podran ser ", "puede ser ", "pueden ser ", "debe ser ", "debera ser ", "deberan ser ", "pueda ser "]
           from size in (string[])["menor*", "mayor*", "inferior*", "superior*"]
           select $"{no} {verb}{size}",
        .. from no in (string[])["no", "sin que", "sin"]
           from verb in (string[])["", "podra ", "podran ", "puede ", "pueden ", "pueda ", "puedan ", "debe ", "debera ", "deberan "]
           select $"{no} {verb}exced*",
        "no baje*", "no mas", "no menos", "no obstante", "no solo", "sin perjuicio", "sin embargo",
    ];

    private static readonly PhraseTable<bool> Denials = new([.. Negators.Select(word => (word, true)), .. NoDenials.Select(word => (word, false))]);

    // What denies in other words: beside one of these a negator more or less may say the same.
    private static readonly PhraseTable<bool> OtherDenials = new(((string[])
        ["prohib*", "nul*", "inval*", "improced*", "imped*", "impid*", "falta", "ausencia", "exent*", "excl*", "salvo", "excepto", "menos", "unic*", "solo", "solamente"]).Select(word => (word, true)));

    /// <inheritdoc />
    public CheckFinding? Look(ClaimUnderCheck claim) => claim.Verbatim ? null : Look(claim, Polarity(claim.ClaimClauses), Polarity(claim.EvidenceClauses));

    private static CheckFinding? Look(ClaimUnderCheck claim, (HashSet<string> Denied, HashSet<string> Affirmed) said, (HashSet<string> Denied, HashSet<string> Affirmed) written) =>
        Beside(claim, said.Denied, written.Denied) ?? Anywhere(said, written) ?? AddedException(claim);

    /// <summary>Word by word: a negator on one side of a gap and nothing that denies on the other.</summary>
    private static CheckFinding? Beside(ClaimUnderCheck claim, HashSet<string> deniedHere, HashSet<string> deniedThere)
    {
        var (said, written) = (Places(Denials, claim.ClaimClauses), Places(Denials, claim.EvidenceClauses));
        var (otherSaid, otherWritten) = (Places(OtherDenials, claim.ClaimClauses), Places(OtherDenials, claim.EvidenceClauses));
        foreach (var (evidence, words) in claim.Alignment.Gaps)
        {
            if (In(written, evidence) is { } lost && In(said, words) is null && In(otherSaid, words) is null && !IsMoved(claim.EvidenceClauses, lost, deniedHere))
                return new("negation", claim.EvidenceClauses.Words[lost].Text, "La afirmación calla la negación de las oraciones citadas.");
            if (In(said, words) is { } added && In(written, evidence) is null && In(otherWritten, evidence) is null && !IsMoved(claim.ClaimClauses, added, deniedThere))
                return new("negation", claim.ClaimClauses.Words[added].Text, "La afirmación niega lo que las oraciones citadas afirman.");
        }
        return null;
    }

    /// <summary>A clause that stands elsewhere on the other side took its denial along.</summary>
    private static bool IsMoved(Clauses clauses, int at, HashSet<string> denied) =>
        Reached(clauses, at + 1).Select(place => clauses.Words[place].Stem!).ToList() is { Count: > 0 } stems && stems.All(denied.Contains);

    private static CheckFinding? Anywhere((HashSet<string> Denied, HashSet<string> Affirmed) inClaim, (HashSet<string> Denied, HashSet<string> Affirmed) inEvidence)
    {
        foreach (var stem in inClaim.Denied.Where(stem => !inClaim.Affirmed.Contains(stem)))
            if (inEvidence.Affirmed.Contains(stem) && !inEvidence.Denied.Contains(stem))
                return new("negation", stem, "La afirmación niega lo que las oraciones citadas afirman.");
        foreach (var stem in inEvidence.Denied.Where(stem => !inEvidence.Affirmed.Contains(stem)))
            if (inClaim.Affirmed.Contains(stem) && !inClaim.Denied.Contains(stem))
                return new("negation", stem, "La afirmación afirma lo que las oraciones citadas niegan.");
        return null;
    }

    private static CheckFinding? AddedException(ClaimUnderCheck claim) =>
        ConditionMarkers.Exceptions.In(claim.ClaimClauses) is [var said, ..] && ConditionMarkers.Exceptions.In(claim.EvidenceClauses).Count == 0
            ? new("negation", claim.ClaimClauses.Words[said.At].Text, "La afirmación añade una excepción que las oraciones citadas no tienen.")
            : null;

    private static List<int> Places(PhraseTable<bool> table, Clauses clauses) => [.. table.In(clauses).Where(found => found.Kind).Select(found => found.At)];

    private static int? In(List<int> places, Range range)
    {
        foreach (var place in places)
            if (place >= range.Start.Value && place < range.End.Value) return place;
        return null;
    }

    /// <summary>Content stems within reach of a negator, and all others.</summary>
    private static (HashSet<string> Denied, HashSet<string> Affirmed) Polarity(Clauses clauses)
    {
        var denied = new HashSet<string>();
        var places = new HashSet<int>();
        foreach (var (at, count, negates) in Denials.In(clauses))
        {
            if (!negates) continue;
            foreach (var place in Reached(clauses, at + count))
            {
                denied.Add(clauses.Words[place].Stem!);
                places.Add(place);
            }
        }
        var affirmed = clauses.Words.Where((word, place) => word.Stem is not null && !places.Contains(place) && !IsAuxiliary(word.Text)).Select(word => word.Stem!).ToHashSet();
        return (denied, affirmed);
    }

    /// <summary>The next two content words of the clause; <c>estará</c>, <c>podrá</c> and the like are none.</summary>
    private static IEnumerable<int> Reached(Clauses clauses, int from)
    {
        const int reach = 2;
        var left = reach;
        for (var next = from; next < clauses.Words.Count && left > 0 && !clauses.Words[next].ClauseEnd; next++)
        {
            if (clauses.Words[next].Stem is null || IsAuxiliary(clauses.Words[next].Text)) continue;
            yield return next;
            left--;
        }
    }

    private static bool IsAuxiliary(string word) => Auxiliaries.Any(start => word.StartsWith(start, StringComparison.Ordinal));

    private static readonly string[] Auxiliaries = ["esta", "este", "estu", "sera", "seri", "ser", "sea", "podr", "pued", "pod", "deb", "tendr", "tien", "teng", "habr", "hub", "hay", "qued"];
}
