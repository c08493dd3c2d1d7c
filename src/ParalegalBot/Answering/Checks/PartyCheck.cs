namespace ParalegalBot.Answering.Checks;

/// <summary>
/// Who owes whom: a claim may not put one side of a relation in the place of the other. Three swaps are caught: another party in
/// the very place of one, a party that the sentences do not name where they name its opposite, and the two in the other order around the same words.
/// </summary>
public sealed class PartyCheck(PartyVocabulary vocabulary) : IClaimCheck
{
    /// <inheritdoc />
    public CheckFinding? Look(ClaimUnderCheck claim)
    {
        if (claim.Verbatim) return null;
        var said = vocabulary.Phrases.In(claim.ClaimClauses);
        var written = vocabulary.Phrases.In(claim.EvidenceClauses);
        foreach (var (evidence, words) in claim.Alignment.Gaps)
        {
            var there = written.Where(mention => Within(mention.At, evidence)).Select(mention => mention.Kind).ToList();
            foreach (var mention in said.Where(mention => there.Count > 0 && Within(mention.At, words)))
                if (!there.Contains(mention.Kind)) return Fault(claim, mention.At, "La afirmación nombra a otra parte que las oraciones citadas.");
        }
        foreach (var mention in said)
        {
            var others = written.Where(other => other.Kind.Pair == mention.Kind.Pair).ToList();
            var opposite = others.Count > 0 && others.All(other => other.Kind.Role != mention.Kind.Role);
            var bothSaid = said.Any(other => other.Kind.Pair == mention.Kind.Pair && other.Kind.Role != mention.Kind.Role);
            if (opposite && !bothSaid) return Fault(claim, mention.At, "La afirmación nombra a la otra parte que las oraciones citadas.");
        }
        foreach (var pair in said.Select(mention => mention.Kind.Pair).Distinct())
        {
            if (Actor(claim.ClaimClauses, said, pair) is not var (claimed, verb, place)) continue;
            var actors = written.Select(mention => mention.Kind).Where(kind => kind.Pair == pair).Select(kind => kind.Role).Distinct().Count() < 2
                ? []
                : ActorsOf(claim.EvidenceClauses, written, pair, verb);
            if (actors.Count > 0 && !actors.Contains(claimed)) return Fault(claim, place, "La afirmación invierte quién debe y a quién.");
        }
        return null;
    }

    private static bool Within(int place, Range range) => place >= range.Start.Value && place < range.End.Value;

    /// <summary>The first party of the pair and the verb stem that follows it.</summary>
    private static (string Role, string Verb, int At)? Actor(Clauses clauses, IReadOnlyList<(int At, int Count, PartyVocabulary.Party Kind)> mentions, string pair)
    {
        if (mentions.FirstOrDefault(mention => mention.Kind.Pair == pair) is not { Kind: not null } first) return null;
        return VerbAfter(clauses, first.At + first.Count) is { } verb ? (first.Kind.Role, verb, first.At) : null;
    }

    private static HashSet<string> ActorsOf(Clauses clauses, IReadOnlyList<(int At, int Count, PartyVocabulary.Party Kind)> mentions, string pair, string verb) =>
        [.. mentions.Where(mention => mention.Kind.Pair == pair && VerbAfter(clauses, mention.At + mention.Count) == verb).Select(mention => mention.Kind.Role)];

    /// <summary>The first content stem after a party: <c>el patrón [deberá] pagar</c>.</summary>
    private static string? VerbAfter(Clauses clauses, int from) => clauses.Words.Skip(from).Take(6).TakeWhile(word => !word.ClauseEnd)
        .Where(word => word.Stem is not null && !IsModal(word.Text)).Select(word => word.Stem).FirstOrDefault();

    private static bool IsModal(string word) => word.StartsWith("pod", StringComparison.Ordinal) || word.StartsWith("pued", StringComparison.Ordinal)
        || word.StartsWith("deb", StringComparison.Ordinal) || word.StartsWith("obligad", StringComparison.Ordinal) || word is "esta" or "estan" or "tiene" or "tienen" or "tendra" or "tendran";

    private static CheckFinding Fault(ClaimUnderCheck claim, int at, string explanation) => new("party", claim.ClaimClauses.Words[at].Text, explanation);
}
