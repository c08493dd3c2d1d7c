namespace ParalegalBot.Answering.Checks;

/// <summary>May, must and must not are three things: a claim has no modality that its sentences do not have.</summary>
public sealed class ModalityCheck : IClaimCheck
{
    private enum Modality { May, Must, MustNot, Right }

    private static readonly (string Phrase, Modality Kind)[] Markers =
    [
        .. Each(Modality.MustNot, "no podra", "no podran", "no puede", "no pueden", "no debe", "no deben", "no debera", "no deberan", "no se podra", "no se puede",
            "se prohibe", "se prohiben", "queda prohibido", "quedan prohibidos", "queda prohibida", "quedan prohibidas", "esta prohibido", "estan prohibidos", "prohibid*",
            "en ningun caso podra", "en ningun caso podran", "ni podra", "ni podran", "no sera licito", "no es licito", "no se permite*", "no esta permitido"),
        .. Each(Modality.Must, "debera", "deberan", "debe", "deben", "tendra que", "tendran que", "tiene que", "tienen que", "esta obligado", "esta obligada", "estan obligados",
            "estan obligadas", "estara obligado", "estaran obligados", "tiene obligacion", "tienen obligacion", "tiene la obligacion", "tendra la obligacion", "tendran obligacion", "es obligatorio", "es obligatoria",
            "son obligaciones", "es obligacion", "habra de", "habran de"),
        .. Each(Modality.May, "podra", "podran", "puede", "pueden", "se permite", "esta permitido", "es potestativo", "es optativo", "esta facultado", "estan facultados", "tendra la facultad"),
        .. Each(Modality.Right, "tendra derecho", "tendran derecho", "tiene derecho", "tienen derecho", "es derecho", "son derechos", "disfrutara*", "gozara*"),
        // An obligation or right denied is neither.
        .. Each(Modality.May, "no esta obligado", "no estan obligados", "no estara obligado", "no tiene obligacion", "no es obligatorio"),
    ];

    /// <inheritdoc />
    public CheckFinding? Look(ClaimUnderCheck claim)
    {
        if (claim.Verbatim) return null;
        var written = claim.EvidenceClauses.Find(Markers).ToList();
        var kinds = written.Select(marker => marker.Kind).ToHashSet();
        foreach (var (at, count, kind) in claim.ClaimClauses.Find(Markers))
        {
            var words = string.Join(' ', claim.ClaimClauses.Words.Skip(at).Take(count).Select(word => word.Text));
            var head = claim.ClaimClauses.StemsAfter(at + count, 1).FirstOrDefault();
            var sameHead = written.Where(marker => head is not null && claim.EvidenceClauses.StemsAfter(marker.At + marker.Count, 1).FirstOrDefault() == head)
                .Select(marker => marker.Kind).ToHashSet();
            if (sameHead.Count > 0 ? !sameHead.Contains(kind) && !Agree(kind, sameHead) : Contradicts(kind, kinds))
                return new("modality", words, "La afirmación dice «puede», «debe» o «no puede» donde las oraciones citadas dicen otra cosa.");
        }
        return null;
    }

    /// <summary>A right to something, being able to ask for it, and another's duty to give it are one.</summary>
    private static bool Agree(Modality claimed, HashSet<Modality> written) =>
        (claimed is Modality.Right && written.Contains(Modality.May)) || (claimed is Modality.May or Modality.Must && written.Contains(Modality.Right));

    /// <summary>Where the sentences say it of another verb, only what cannot follow is a fault: a right implies another's duty, plain prose implies a duty.</summary>
    private static bool Contradicts(Modality claimed, HashSet<Modality> written) => claimed switch
    {
        Modality.MustNot => !written.Contains(Modality.MustNot) && written.Count > 0,
        Modality.Must => written.SetEquals([Modality.May]) || written.SetEquals([Modality.MustNot]),
        Modality.May => written.Count > 0 && !written.Contains(Modality.May) && !written.Contains(Modality.Right),
        _ => written.SetEquals([Modality.MustNot]),
    };

    private static IEnumerable<(string, Modality)> Each(Modality kind, params string[] phrases) => phrases.Select(phrase => (phrase, kind));
}
