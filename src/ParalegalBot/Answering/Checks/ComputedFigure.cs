using System.Globalization;
using System.Text.RegularExpressions;
using ParalegalBot.Answering.Figures;

namespace ParalegalBot.Answering.Checks;

/// <summary>
/// A figure that the claim computes in the open: <c>12 + 2 + 2 = 16 días</c>. The operands must occur in the cited sentences or the question,
/// the sum must be right, and it must be shown; a figure that merely could be a sum of others is not computed.
/// </summary>
public static partial class ComputedFigure
{
    /// <summary>Whether <paramref name="figure"/> of the claim is the shown result of a right sum, difference or product of known operands.</summary>
    public static bool Explains(Figure figure, ClaimUnderCheck claim)
    {
        var known = claim.EvidenceFigures.Concat(claim.AskedFigures).Where(IsAmount)
            .SelectMany(known => (decimal[])[known.Value, known.Upper ?? known.Value]).ToHashSet();
        return Sums().Matches(claim.Text).Any(sum => Read(sum.Groups["result"].Value) == figure.Value && IsAmount(figure) && IsRight(sum, known));
    }

    /// <summary>Whether the figure is an operand of a shown sum.</summary>
    public static bool IsOperand(Figure figure, ClaimUnderCheck claim) =>
        Sums().Matches(claim.Text).Any(sum => figure.Start >= sum.Index && figure.Start < sum.Groups["result"].Index)
        && claim.EvidenceFigures.Concat(claim.AskedFigures).Any(known => IsAmount(known) && (known.Value == figure.Value || known.Upper == figure.Value));

    private static bool IsRight(Match sum, HashSet<decimal> known)
    {
        var operands = sum.Groups["operand"].Captures.Select(capture => Read(capture.Value)).ToList();
        var signs = sum.Groups["sign"].Captures.Select(capture => capture.Value).ToList();
        if (operands.Any(operand => operand is null || !known.Contains(operand.Value)) || signs.Distinct().Count() > 1) return false;
        return Read(sum.Groups["result"].Value) == operands.Skip(1).Aggregate(operands[0], (total, operand) => signs[0] switch
        {
            "+" => total + operand,
            "-" or "−" => total - operand,
            _ => total * operand,
        });
    }

    private static bool IsAmount(Figure figure) => figure.Kind is not (FigureKind.Reference or FigureKind.Date);

    private static decimal? Read(string digits) => decimal.TryParse(
        digits.Replace(",", "", StringComparison.Ordinal), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ? value : null;

    [GeneratedRegex(@"(?<operand>\d[\d,]*(?:\.\d+)?)(?:\s*(?<sign>[+\-−×x])\s*(?<operand>\d[\d,]*(?:\.\d+)?))+\s*=\s*(?<result>\d[\d,]*(?:\.\d+)?)")]
    private static partial Regex Sums();
}
