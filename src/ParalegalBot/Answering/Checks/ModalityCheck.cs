namespace ParalegalBot.Answering.Checks;

/// <summary>May, must and must not are three things: a claim has no modality that its sentences do not have.</summary>
public sealed class ModalityCheck : IClaimCheck
{
    private enum Modality { May, Must, MustNot, Right, Free }

    private static readonly PhraseTable<Modality> Markers = new(
    [
        .. Each(Modality.MustNot, "se prohibe*", "queda prohibid*", "quedan prohibid*", "quedara prohibid*", "esta prohibid*", "estan prohibid*", "prohibid*", "no sera licito", "no es licito", "no se permit*"),
        .. Each(Modality.Must, "debera", "deberan", "debe", "deben", "tendra que", "tendran que", "tiene que", "tienen que", "obligad*", "tiene obligacion", "tienen obligacion", "tiene la obligacion", "tienen la obligacion",
            "tendra la obligacion", "tendran la obligacion", "tendra obligacion", "tendran obligacion", "obligatori*", "son obligaciones", "es obligacion", "habra de", "habran de"),
        .. Each(Modality.May, "podra", "podran", "puede", "pueden", "se permite", "permitid*", "potestativ*", "optativ*", "facultad*", "facultativ*", "tendra la facultad"),
        .. Each(Modality.Right, "tendra derecho", "tendran derecho", "tiene derecho", "tienen derecho", "es derecho", "son derechos", "disfrutara*", "gozara*"),
    ]);

    private static readonly HashSet<string> Negators = ["no", "ni", "nunca", "jamas", "nadie", "ningun", "ninguna", "ninguno", "tampoco"];

    /// <inheritdoc />
    public CheckFinding? Look(ClaimUnderCheck claim)
    {
        if (claim.Verbatim) return null;
        var (said, written) = (Read(claim.ClaimClauses), Read(claim.EvidenceClauses));
        foreach (var (evidence, words) in claim.Alignment.Gaps)
        {
            var (here, there) = (Kinds(said, words), Kinds(written, evidence));
            if (here.Count > 0 && there.Count > 0 && !here.Overlaps(there) && !Alike(here, there) && !OfAnother(claim, said, words, here, there)) return Fault(claim, said.First(marker => Within(marker, words)));
        }
        var kinds = written.Select(marker => marker.Kind).ToHashSet();
        foreach (var marker in said)
        {
            var head = claim.ClaimClauses.StemsAfter(marker.At + marker.Count, 1).FirstOrDefault();
            var sameHead = written.Where(known => head is not null && claim.EvidenceClauses.StemsAfter(known.At + known.Count, 1).FirstOrDefault() == head)
                .Select(known => known.Kind).ToHashSet();
            if (sameHead.Count > 0 ? !sameHead.Contains(marker.Kind) && !Agree(marker.Kind, sameHead) : Contradicts(marker.Kind, kinds)) return Fault(claim, marker);
        }
        return null;
    }

    /// <summary>The markers with what they mean where a negator stands before them.</summary>
    private static List<(int At, int Count, Modality Kind)> Read(Clauses clauses) =>
        [.. Markers.In(clauses).Select(marker => (marker.At, marker.Count, clauses.WordsBefore(marker.At, 4).Any(Negators.Contains) ? Denied(clauses, marker) : marker.Kind))];

    /// <summary>Who is not obliged is free; who may not, must not.</summary>
    private static Modality Denied(Clauses clauses, (int At, int Count, Modality Kind) marker) => marker.Kind switch
    {
        Modality.Must when clauses.Words[marker.At].Text.StartsWith("deb", StringComparison.Ordinal) => Modality.MustNot,
        Modality.Must => Modality.Free,
        _ => Modality.MustNot,
    };

    /// <summary>One's right is another's duty: the claim names somebody else before its duty.</summary>
    private static bool OfAnother(ClaimUnderCheck claim, List<(int At, int Count, Modality Kind)> said, Range words, HashSet<Modality> here, HashSet<Modality> there) =>
        here.SetEquals([Modality.Must]) && there.SetEquals([Modality.Right])
        && said.First(marker => Within(marker, words)) is var duty && Enumerable.Range(words.Start.Value, Math.Max(0, duty.At - words.Start.Value)).Any(place => claim.ClaimClauses.Words[place].Stem is not null);

    private static HashSet<Modality> Kinds(List<(int At, int Count, Modality Kind)> markers, Range range) => [.. markers.Where(marker => Within(marker, range)).Select(marker => marker.Kind)];

    private static bool Within((int At, int Count, Modality Kind) marker, Range range) => marker.At < range.End.Value && marker.At + marker.Count > range.Start.Value;

    private static bool Alike(HashSet<Modality> one, HashSet<Modality> other)
    {
        Modality[] open = [Modality.May, Modality.Right, Modality.Free];
        return one.Overlaps(open) && other.Overlaps(open);
    }

    /// <summary>A right to something, being able to ask for it, and another's duty to give it are one.</summary>
    private static bool Agree(Modality claimed, HashSet<Modality> written) =>
        (claimed is Modality.Right or Modality.Free && written.Contains(Modality.May)) || (claimed is Modality.May or Modality.Must && written.Contains(Modality.Right))
        || (claimed is Modality.May && written.Contains(Modality.Free));

    /// <summary>Where the sentences say it of another verb, only what cannot follow is a fault: a right implies another's duty, plain prose implies a duty.</summary>
    private static bool Contradicts(Modality claimed, HashSet<Modality> written) => claimed switch
    {
        Modality.MustNot => !written.Contains(Modality.MustNot) && written.Count > 0,
        Modality.Must => written.SetEquals([Modality.May]) || written.SetEquals([Modality.MustNot]),
        Modality.May => written.Count > 0 && !written.Contains(Modality.May) && !written.Contains(Modality.Right) && !written.Contains(Modality.Free),
        Modality.Free => written.SetEquals([Modality.Must]),
        _ => written.SetEquals([Modality.MustNot]),
    };

    private static CheckFinding Fault(ClaimUnderCheck claim, (int At, int Count, Modality Kind) marker) =>
        new("modality", string.Join(' ', claim.ClaimClauses.Words.Skip(marker.At).Take(marker.Count).Select(word => word.Text)),
            "La afirmación dice «puede», «debe» o «no puede» donde las oraciones citadas dicen otra cosa.");

    private static IEnumerable<(string, Modality)> Each(Modality kind, params string[] phrases) => phrases.Select(phrase => (phrase, kind));
}
