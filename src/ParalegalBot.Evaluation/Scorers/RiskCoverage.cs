using ParalegalBot.Answering.Checks;

namespace ParalegalBot.Evaluation.Scorers;

/// <summary>Risk over coverage: answers in the order of their confidence, and the share of wrong ones so far.</summary>
public static class RiskCoverage
{
    /// <summary>The curve; coverage is counted over <paramref name="answerable"/> cases.</summary>
    public static IReadOnlyList<RiskPoint> Curve(IEnumerable<(double Confidence, bool Right)> answers, int answerable)
    {
        int shown = 0, wrong = 0, right = 0;
        var curve = new List<RiskPoint>();
        foreach (var (confidence, isRight) in answers.OrderByDescending(answer => answer.Confidence))
        {
            shown++;
            if (isRight) right++; else wrong++;
            curve.Add(new RiskPoint(Math.Round(confidence, 4), answerable == 0 ? 0 : Math.Round((double)right / answerable, 4), Math.Round((double)wrong / shown, 4)));
        }
        return curve;
    }

    /// <summary>Area under the curve of risk, averaged over the answers shown.</summary>
    public static double Area(IReadOnlyList<RiskPoint> curve) => curve.Count == 0 ? 0 : curve.Average(point => point.Risk);

    /// <summary>The largest coverage at which the risk is no higher; 0 where there is none.</summary>
    public static double CoverageAt(IReadOnlyList<RiskPoint> curve, double risk) => curve.Where(point => point.Risk <= risk).Select(point => point.Coverage).DefaultIfEmpty(0).Max();
}
