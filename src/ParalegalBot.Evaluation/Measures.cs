using ParalegalBot.Evaluation.Scorers;

namespace ParalegalBot.Evaluation;

/// <summary>All measures of a run, each with what it counts; answer rate and error among answered always stand side by side.</summary>
public static class Measures
{
    /// <summary>Shares with their intervals, in the order of the report.</summary>
    public static IReadOnlyList<(string Name, Wilson Value)> Shares(IReadOnlyList<CaseResult> results)
    {
        var scored = results.Select(result => (Result: result, Verdict: CaseVerdict.Of(result))).Where(item => item.Verdict is not Verdict.Unscored).ToList();
        var answerable = scored.Where(item => item.Result.Case.Expected == "answer").ToList();
        var answered = answerable.Where(item => item.Result.Row.Outcome == "cited").ToList();
        var refusable = scored.Where(item => item.Result.Case.Expected == "refuse").ToList();
        Wilson Of(IEnumerable<(CaseResult Result, Verdict Verdict)> of, Func<(CaseResult Result, Verdict Verdict), bool> hit) => new(of.Count(hit), of.Count());
        var shares = new List<(string, Wilson)>
        {
            ("accurate", Of(answerable, item => item.Verdict is Verdict.Accurate)),
            ("answer rate", new Wilson(answered.Count, answerable.Count)),
            ("error among answered", Of(answered, item => item.Verdict is Verdict.Hallucinated)),
            ("partial among answered", Of(answered, item => item.Verdict is Verdict.Partial)),
            ("hallucinated, all cases", Of(scored, item => item.Verdict is Verdict.Hallucinated)),
            ("cited-gold among answered", Of(answered, item => CitedGold.Whole(item.Result))),
            ("facts among answered", Of(answered, item => Facts.All(item.Result))),
            ("over-refusal", Of(answerable, item => item.Result.Row.Outcome == "refused")),
            ("refused rightly", Of(refusable, item => item.Verdict is Verdict.Accurate)),
        };
        foreach (var style in answerable.GroupBy(item => item.Result.Case.Style).Where(group => group.Key.Length > 0).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            shares.Add(($"answer rate, {style.Key}", Of(style, item => item.Result.Row.Outcome == "cited")));
            shares.Add(($"accurate, {style.Key}", Of(style, item => item.Verdict is Verdict.Accurate)));
        }
        foreach (var kind in scored.GroupBy(item => item.Result.Case.Kind).OrderBy(group => group.Key, StringComparer.Ordinal))
            shares.Add(($"accurate, {kind.Key}", Of(kind, item => item.Verdict is Verdict.Accurate)));
        return shares;
    }

    /// <summary>Means over the cases with gold: retrieval and citation precision; and the area under the risk curve.</summary>
    public static IReadOnlyList<(string Name, double Value)> Means(IReadOnlyList<CaseResult> results)
    {
        double Mean(IEnumerable<CaseResult> of, Func<CaseResult, double?> value) => of.Select(value).OfType<double>().DefaultIfEmpty(double.NaN).Average();
        var means = new List<(string, double)> { ("citation precision", Mean(results, CitedGold.Precision)) };
        foreach (var (name, of) in results.GroupBy(result => result.Case.Style).Select(group => (group.Key, group.ToList())).Prepend(("all", [.. results])))
        {
            foreach (var k in (int[])[1, 5, 10]) means.Add(($"R@{k}, {name}", Mean(of, result => RetrievalRank.Recall(result, k))));
            means.Add(($"MRR@10, {name}", Mean(of, RetrievalRank.ReciprocalRank)));
            means.Add(($"nDCG@10, {name}", Mean(of, RetrievalRank.Ndcg)));
        }
        var curve = Curve(results);
        means.Add(("AURC", RiskCoverage.Area(curve)));
        means.Add(("coverage at risk 2 %", RiskCoverage.CoverageAt(curve, 0.02)));
        means.Add(("coverage at risk 5 %", RiskCoverage.CoverageAt(curve, 0.05)));
        var times = results.Select(result => result.Row.ElapsedMs).Order().ToList();
        means.Add(("elapsed ms p50", times[times.Count / 2]));
        means.Add(("elapsed ms p95", times[Math.Min(times.Count - 1, (int)(times.Count * 0.95))]));
        return means;
    }

    /// <summary>Risk over coverage of every answer that was proved, shown or not.</summary>
    public static IReadOnlyList<Answering.Checks.RiskPoint> Curve(IReadOnlyList<CaseResult> results) => RiskCoverage.Curve(
        results.Where(result => result.Row.Outcome == "cited" && result.Case.Expected is not null)
            .Select(result => (result.Answer.Trace?.Confidence ?? 0, RiskCoverage.IsRight(result))),
        results.Count(result => result.Case.Expected == "answer"));
}
