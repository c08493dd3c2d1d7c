namespace ParalegalBot.Answering.Checks;

/// <summary>Words of manifests/vocabulary/checks/opposites.tsv exclude each other (días, meses; hábiles, naturales): in the same place a claim may not say another one.</summary>
public sealed class OppositesCheck : IClaimCheck
{
    private readonly PhraseTable<(int Row, int Side)> sides;

    private OppositesCheck(PhraseTable<(int Row, int Side)> sides) => this.sides = sides;

    /// <summary>Reads the file: columns subject, sides (<c>a|b / c|d</c>).</summary>
    /// <exception cref="ParalegalBotException">It is missing or malformed.</exception>
    public static OppositesCheck Load(string path)
    {
        var phrases = new List<(string, (int, int))>();
        foreach (var (number, columns) in TsvFile.Read(path, 2))
        {
            var row = columns[1].Split(" / ");
            if (row.Length < 2 || row.Any(string.IsNullOrWhiteSpace)) throw new ParalegalBotException($"{path}, línea {number}: se necesitan al menos dos lados separados por « / ».");
            phrases.AddRange(row.SelectMany((side, index) => side.Split('|').Select(word => (word, (number, index)))));
        }
        return new OppositesCheck(new PhraseTable<(int, int)>(phrases));
    }

    /// <inheritdoc />
    public CheckFinding? Look(ClaimUnderCheck claim)
    {
        if (claim.Verbatim) return null;
        var (said, written) = (sides.In(claim.ClaimClauses), sides.In(claim.EvidenceClauses));
        foreach (var (evidence, words) in claim.Alignment.Gaps)
        {
            var there = written.Where(found => Within(found.At, evidence)).Select(found => found.Kind).ToList();
            foreach (var (at, _, kind) in said.Where(found => Within(found.At, words)))
                if (there.Any(other => other.Row == kind.Row) && !there.Contains(kind)) return Fault(claim.ClaimClauses.Words[at].Text);
        }
        // Elsewhere: the sentences know only the other side, next to the same word.
        foreach (var (at, count, kind) in said)
        {
            var known = written.Where(found => found.Kind.Row == kind.Row).ToList();
            if (known.Count == 0 || known.Any(found => found.Kind == kind)) continue;
            var beside = claim.ClaimClauses.StemsAfter(at + count, 1).FirstOrDefault();
            if (beside is not null && known.Any(found => claim.EvidenceClauses.StemsAfter(found.At + found.Count, 1).FirstOrDefault() == beside)) return Fault(claim.ClaimClauses.Words[at].Text);
        }
        return null;
    }

    private static bool Within(int place, Range range) => place >= range.Start.Value && place < range.End.Value;

    private static CheckFinding Fault(string words) => new("opposites", words, "La afirmación dice lo contrario, u otra unidad, que las oraciones citadas.");
}
