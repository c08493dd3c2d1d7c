using ParalegalBot.Answering.Figures;

namespace ParalegalBot.Answering.Checks;

/// <summary>At least, at most, more than, less than: where a claim compares a figure, its sentences compare the same figure the same way.</summary>
public sealed class ComparisonCheck : IClaimCheck
{
    private enum Bound { AtLeast, AtMost, MoreThan, LessThan, Before, After }

    private static readonly (string Phrase, Bound Kind)[] Markers =
    [
        .. Each(Bound.AtLeast, "al menos", "por lo menos", "cuando menos", "como minimo", "minimo de", "minima de", "no menor*", "no sera menor*", "no podra ser menor*", "nunca menor*", "no inferior*", "no podra ser inferior*", "no sera inferior*",
            "no menos de", "a partir de", "en ningun caso inferior*", "en ningun caso menor*", "ni menor*", "un minimo"),
        .. Each(Bound.AtMost, "a mas tardar", "hasta", "como maximo", "maximo de", "maxima de", "no mayor*", "no sera mayor*", "no podra ser mayor*", "no superior*", "no podra exceder", "no excedera*", "no exceda*", "sin exceder", "sin que exceda", "no podran exceder",
            "no mas de", "dentro de", "un maximo", "ni mayor*", "nunca mayor*", "sin que pueda exceder", "no podra ser superior*"),
        .. Each(Bound.MoreThan, "mas de", "mayor de", "mayor a", "mayores de", "superior a", "superiores a", "exceda de", "excede de", "excedan de", "por mas de"),
        .. Each(Bound.LessThan, "menos de", "menor de", "menor a", "menores de", "inferior a", "inferiores a"),
        .. Each(Bound.Before, "antes de", "antes del", "previamente a"),
        .. Each(Bound.After, "despues de", "despues del", "con posterioridad a"),
    ];

    /// <inheritdoc />
    public CheckFinding? Look(ClaimUnderCheck claim)
    {
        if (claim.Verbatim) return null;
        var written = Bounds(claim.EvidenceText, claim.EvidenceFigures);
        foreach (var (figure, bounds) in Bounds(claim.Text, claim.ClaimFigures))
        {
            var same = written.Where(known => figure.IsSaidBy(known.Figure)).ToList();
            if (bounds.Count == 0 || same.Count == 0) continue;
            if (!same.Any(known => known.Bounds.Any(bounds.Contains)))
                return new("comparison", figure.In(claim.Text), "La afirmación dice «al menos», «hasta» o «más de» de otro modo que las oraciones citadas.");
        }
        return null;
    }

    /// <summary>The markers that stand right before a figure (four words) or right after it.</summary>
    private static List<(Figure Figure, HashSet<Bound> Bounds)> Bounds(string text, IReadOnlyList<Figure> figures) =>
        [.. figures.Where(figure => figure.Kind is not FigureKind.Reference).Select(figure => (figure, Around(text, figure)))];

    private static HashSet<Bound> Around(string text, Figure figure)
    {
        var before = Clauses.Of(text[Math.Max(0, figure.Start - 60)..figure.Start]);
        var after = Clauses.Of(text[(figure.Start + figure.Length)..Math.Min(text.Length, figure.Start + figure.Length + 40)]);
        return
        [
            .. before.Find(Markers).Where(marker => before.Words.Count - (marker.At + marker.Count) <= 4 && Adjoins(before, marker.At + marker.Count)).Select(marker => marker.Kind),
            .. after.Find(Markers).Where(marker => marker.At <= 4 && marker.Kind is Bound.AtLeast or Bound.AtMost).Select(marker => marker.Kind),
        ];
    }

    private static bool Adjoins(Clauses clauses, int from) => clauses.Words.Skip(from).All(word => !word.ClauseEnd || word.Text == ",");

    private static IEnumerable<(string, Bound)> Each(Bound kind, params string[] phrases) => phrases.Select(phrase => (phrase, kind));
}
