using ParalegalBot.Answering.Figures;

namespace ParalegalBot.Answering.Checks;

/// <summary>At least, at most, more than, less than: where a claim compares, its sentences compare the same thing the same way.</summary>
public sealed class ComparisonCheck : IClaimCheck
{
    private enum Bound { AtLeast, AtMost, MoreThan, LessThan, Before, After }

    private static readonly string[] Verbs =
        ["", "es ", "son ", "sea ", "sean ", "sera ", "seran ", "podra ser ", "podran ser ", "puede ser ", "pueden ser ", "pueda ser ", "debe ser ", "debera ser ", "deberan ser "];

    private static readonly PhraseTable<Bound> Markers = new(
    [
        .. Each(Bound.AtLeast, "al menos", "por lo menos", "cuando menos", "como minimo", "minimo de", "minima de", "un minimo", "no menos de", "a partir de", "en adelante", "no baje*", "no bajara*"),
        .. Each(Bound.AtLeast, [.. Denied("menor*"), .. Denied("inferior*")]),
        .. Each(Bound.AtMost, "a mas tardar", "a lo mas", "hasta", "como maximo", "maximo de", "maxima de", "un maximo", "no mas de", "dentro de", "sin exceder", "sin que exceda", "sin que pueda exceder"),
        .. Each(Bound.AtMost, [.. Denied("mayor*"), .. Denied("superior*"), .. from verb in (string[])["", "podra ", "podran ", "puede ", "pueden ", "debe ", "debera ", "deberan "] select $"no {verb}exced*"]),
        .. Each(Bound.MoreThan, "mas de", "mayor de", "mayor a", "mayor que", "mayores de", "mayores a", "superior a", "superiores a", "exceda de", "excede de", "excedan de", "por mas de"),
        .. Each(Bound.LessThan, "menos de", "menor de", "menor a", "menor que", "menores de", "menores a", "inferior a", "inferiores a"),
        .. Each(Bound.Before, "antes de", "antes del", "previamente a", "con anterioridad a", "anteriores a"),
        .. Each(Bound.After, "despues de", "despues del", "con posterioridad a", "posteriores a", "no antes de", "no antes del"),
    ]);

    /// <inheritdoc />
    public CheckFinding? Look(ClaimUnderCheck claim) => claim.Verbatim ? null : Beside(claim) ?? AroundFigures(claim);

    private static CheckFinding? Beside(ClaimUnderCheck claim)
    {
        var (said, written) = (Markers.In(claim.ClaimClauses), Markers.In(claim.EvidenceClauses));
        foreach (var (evidence, words) in claim.Alignment.Gaps)
        {
            var here = said.Where(marker => Touches(marker.At, marker.Count, words)).ToList();
            var there = written.Where(marker => Touches(marker.At, marker.Count, evidence)).ToList();
            if (here.Count > 0 && there.Count > 0 && !here.Any(marker => there.Any(known => known.Kind == marker.Kind))) return Fault(claim.ClaimClauses.Words[here[0].At].Text);
        }
        return null;
    }

    private static CheckFinding? AroundFigures(ClaimUnderCheck claim)
    {
        var written = Bounds(claim.EvidenceText, claim.EvidenceFigures);
        foreach (var (figure, bounds) in Bounds(claim.Text, claim.ClaimFigures))
        {
            var same = written.Where(known => figure.IsSaidBy(known.Figure)).ToList();
            if (bounds.Count > 0 && same.Count > 0 && !same.Any(known => known.Bounds.Any(bounds.Contains))) return Fault(figure.In(claim.Text));
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
            .. Markers.In(before).Where(marker => before.Words.Count - (marker.At + marker.Count) <= 4 && Adjoins(before, marker.At + marker.Count)).Select(marker => marker.Kind),
            .. Markers.In(after).Where(marker => marker.At <= 4 && marker.Kind is Bound.AtLeast or Bound.AtMost).Select(marker => marker.Kind),
        ];
    }

    private static bool Touches(int at, int count, Range range) => at < range.End.Value && at + count > range.Start.Value;

    private static bool Adjoins(Clauses clauses, int from) => clauses.Words.Skip(from).All(word => !word.ClauseEnd || word.Text == ",");

    private static CheckFinding Fault(string words) => new("comparison", words, "La afirmación dice «al menos», «hasta» o «más de» de otro modo que las oraciones citadas.");

    private static IEnumerable<string> Denied(string size) => from no in (string[])["no", "ni", "nunca", "en ningun caso"] from verb in Verbs select $"{no} {verb}{size}";

    private static IEnumerable<(string, Bound)> Each(Bound kind, params string[] phrases) => phrases.Select(phrase => (phrase, kind));
}
