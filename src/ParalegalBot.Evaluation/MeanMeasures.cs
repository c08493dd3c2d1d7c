using ParalegalBot.Answering.Checks;
using ParalegalBot.Evaluation.Scorers;

namespace ParalegalBot.Evaluation;

/// <summary>The means of a run: retrieval, citations, calibration of the confidence, and times.</summary>
public static class MeanMeasures
{
    /// <summary>All of them in the order of the report.</summary>
    public static IReadOnlyList<Mean> Of(IReadOnlyList<CaseResult> results)
    {
        var support = CitationSupport.Of(results);
        var (recall, precision) = (support.Recall.Share, support.Precision.Share);
        var means = new List<Mean>
        {
            new("citation precision", "Artículos citados que son los debidos", Average(results, CitedGold.Precision)),
            new("citation recall (ALCE)", "Oraciones que sus citas sostienen", recall),
            new("citation precision (ALCE)", "Citas que sostienen su oración", precision),
            new("citation F1 (ALCE)", "F1 de ambas", recall + precision > 0 ? 2 * recall * precision / (recall + precision) : 0),
        };
        foreach (var (name, title, of) in results.GroupBy(result => result.Case.Style).Where(group => group.Key.Length > 0).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => (group.Key, ShareMeasures.StyleTitle(group.Key), group.ToList())).Prepend(("all", "todas", [.. results])))
        {
            foreach (var k in (int[])[1, 5, 10]) means.Add(new($"R@{k}, {name}", $"Artículos debidos entre los {k} primeros, {title}", Average(of, result => RetrievalRank.Recall(result, k))));
            means.Add(new($"MRR@10, {name}", $"Recíproco del lugar del primero (MRR@10), {title}", Average(of, RetrievalRank.ReciprocalRank)));
            means.Add(new($"nDCG@10, {name}", $"nDCG@10, {title}", Average(of, RetrievalRank.Ndcg)));
            means.Add(new($"right law first, {name}", $"La ley debida en primer lugar, {title}", Average(of, RetrievalRank.RightLaw)));
        }
        var curve = Curve(results);
        var (all, shown) = (Confidence(results), Confidence(results, shownAlone: true));
        means.AddRange(
        [
            new("AURC", "Área bajo la curva de riesgo (AURC)", RiskCoverage.Area(curve)),
            new("coverage at risk 2 %", "Cobertura con riesgo de a lo más 2 %", RiskCoverage.CoverageAt(curve, 0.02)),
            new("coverage at risk 5 %", "Cobertura con riesgo de a lo más 5 %", RiskCoverage.CoverageAt(curve, 0.05)),
            new("Brier", "Brier de la confianza, mostradas o no", all.Brier),
            new("ECE", "Error de calibración (ECE), mostradas o no", all.Error),
            new("Brier, shown", "Brier de la confianza, sólo mostradas", shown.Brier),
            new("ECE, shown", "Error de calibración (ECE), sólo mostradas", shown.Error),
        ]);
        var times = Times(results);
        means.Add(new("elapsed ms p50", "Milisegundos, mediana", times[times.Count / 2]));
        means.Add(new("elapsed ms p95", "Milisegundos, percentil 95", times[Math.Min(times.Count - 1, (int)(times.Count * 0.95))]));
        return means;
    }

    /// <summary>Risk over coverage of everything that was proved, shown or withheld.</summary>
    public static IReadOnlyList<RiskPoint> Curve(IReadOnlyList<CaseResult> results) => RiskCoverage.Curve(
        results.Select(Proposal.Of).OfType<Proposal>().Select(proposal => (proposal.Confidence, proposal.Right)), results.Count(result => result.Case.Expected == "answer"));

    /// <summary>How far the confidence can be believed.</summary>
    public static Reliability Confidence(IReadOnlyList<CaseResult> results, bool shownAlone = false) => Reliability.Of(
        [.. results.Where(result => result.Answer.Trace is not null).Select(Proposal.Of).OfType<Proposal>().Where(proposal => proposal.Shown || !shownAlone).Select(proposal => (proposal.Confidence, proposal.Right))]);

    /// <summary>Milliseconds per case, ascending.</summary>
    public static IReadOnlyList<double> Times(IReadOnlyList<CaseResult> results) => [.. results.Select(result => result.Row.ElapsedMs).Order()];

    private static double Average(IEnumerable<CaseResult> of, Func<CaseResult, double?> value) => of.Select(value).OfType<double>().DefaultIfEmpty(double.NaN).Average();
}
