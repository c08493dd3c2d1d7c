using ParalegalBot.Answering.Figures;
using ParalegalBot.Statutes;

namespace ParalegalBot.Answering.Checks;

/// <summary>
/// Every figure of a claim is said by a cited sentence, is the cited article's own number, restates the question, or is computed in the open.
/// A figure of the question alone proves nothing about what the law says, so it may only repeat a unit that the person gave.
/// </summary>
public sealed class FiguresCheck(Func<string, Statute?> findLaw) : IClaimCheck
{
    /// <inheritdoc />
    public CheckFinding? Look(ClaimUnderCheck claim)
    {
        foreach (var figure in claim.ClaimFigures)
        {
            if (claim.EvidenceFigures.Any(figure.IsSaidBy) || NamesCitedPlace(figure, claim) || InTitle(figure, claim)) continue;
            if (IsBareInEvidence(figure, claim) || claim.AskedFigures.Any(figure.IsSaidBy)) continue;
            if (ComputedFigure.IsOperand(figure, claim) || ComputedFigure.Explains(figure, claim)) continue;
            return new("figures", figure.In(claim.Text), "La cifra no aparece en las oraciones citadas.");
        }
        return null;
    }

    /// <summary>The evidence may leave a unit to the context (<c>dos días cada año, hasta llegar a doce</c>), if it names that unit elsewhere.</summary>
    private static bool IsBareInEvidence(Figure figure, ClaimUnderCheck claim) =>
        figure is { Kind: FigureKind.Duration or FigureKind.Money or FigureKind.Percentage or FigureKind.Multiple, Upper: null }
        && claim.EvidenceFigures.Any(known => known.Kind is FigureKind.Number && known.Value == figure.Value)
        && claim.EvidenceFigures.Any(known => known.Kind == figure.Kind && (known.Unit == figure.Unit || known.BaseUnit == figure.Unit));

    /// <summary>A law may carry figures in its title: <c>Reglamentaria de los artículos 103 y 107</c>.</summary>
    private bool InTitle(Figure figure, ClaimUnderCheck claim) => claim.Evidence.Select(citation => findLaw(citation.Passage.Law)?.Title).OfType<string>()
        .Any(title => claim.Text.Contains(title, StringComparison.OrdinalIgnoreCase) && SpanishNumbers.Find(title).Any(figure.IsSaidBy));

    private static bool NamesCitedPlace(Figure figure, ClaimUnderCheck claim) =>
        figure.Kind is FigureKind.Reference && claim.Evidence.Any(citation => figure.Unit switch
        {
            "article" => ArticleNumber.KeyOf(citation.Passage.Article) == figure.Label,
            "fraccion" => EndsWith(citation.Passage, figure.Label!),
            "apartado" or "inciso" or "parrafo" => citation.Passage.Unit?.Contains(figure.Label!, StringComparison.OrdinalIgnoreCase) == true,
            _ => false,
        });

    private static bool EndsWith(Passage passage, string label) =>
        passage.Unit?.Split(' ', '.')[^1].Equals(label, StringComparison.OrdinalIgnoreCase) == true;
}
