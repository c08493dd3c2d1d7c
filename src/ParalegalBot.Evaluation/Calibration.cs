using System.Security.Cryptography;
using System.Text;
using ParalegalBot.Answering.Checks;
using ParalegalBot.Evaluation.Scorers;
using ParalegalBot.Statutes;

namespace ParalegalBot.Evaluation;

/// <summary>
/// Derives the thresholds file from a run in which everything proved was shown: logistic confidence over the answer's features, and the limit at
/// which the risk among shown answers meets the target. An answer may end after its first article or after a further one: each is a proposal, and
/// the first that reaches the limit is shown. Five folds: no case is measured with weights or a limit that were fitted on it.
/// </summary>
public static class Calibration
{
    private const int Folds = 5;

    /// <summary>At most this share of answerable cases may fall below the limit for sources.</summary>
    private const double MostOverRefusal = 0.05;

    /// <summary>The thresholds fitted on all cases, and what five-fold measurement says of them.</summary>
    public static (AnswerThresholds Thresholds, FoldedMeasure Measure) Fit(
        IReadOnlyList<CaseResult> results, IReadOnlyList<Statute> laws, string casesSha256, double targetRisk, double support, DateOnly today)
    {
        var samples = results.Where(result => result.Case.Expected is not null && result.Answer.Trace is { Proposals.Count: > 0 })
            .OrderBy(result => Hash(result.Case.Id), StringComparer.Ordinal)
            .Select(result => new Sample(result, [.. result.Answer.Trace!.Proposals.Select(proposal => (proposal.Features, Proposal.IsRight(result, proposal)))])).ToList();
        if (samples.Count < 2 * Folds) throw new ParalegalBotException($"Sólo {samples.Count} casos recibieron una respuesta comprobable; se necesitan al menos {2 * Folds} para calibrar.");
        var answerable = results.Count(result => result.Case.Expected == "answer");

        var outOfFold = new IReadOnlyList<(double Confidence, bool Right)>[samples.Count];
        var shown = new List<(CaseResult Result, bool Right)>();
        for (var fold = 0; fold < Folds; fold++)
        {
            var rest = samples.Where((_, i) => i % Folds != fold).ToList();
            var weights = Fit(rest);
            var limit = Limit([.. rest.Select(sample => sample.Judged(weights))], targetRisk);
            for (var i = fold; i < samples.Count; i += Folds)
            {
                outOfFold[i] = samples[i].Judged(weights);
                if (Shown(outOfFold[i], limit) is { } right) shown.Add((samples[i].Result, right));
            }
        }
        var corpus = string.Join('\n', laws.Select(law => $"{law.Abbreviation} {law.LastReform:yyyy-MM-dd} {law.Passages}"));
        return (
            new AnswerThresholds
            {
                Date = today,
                Provenance = $"{results.Count} casos, {laws.Count} leyes: {string.Join(' ', laws.Select(law => law.Abbreviation).Take(20))}; cinco pliegues",
                Corpus = Hash(corpus), Cases = casesSha256, TargetRisk = targetRisk, Weights = Fit(samples),
                Answer = Limit(outOfFold, targetRisk),
                Sources = SourcesLimit(results),
                Support = support,
                Curve = Curve(outOfFold, answerable),
            },
            new FoldedMeasure(new Wilson(shown.Count(item => item.Result.Case.Expected == "answer"), answerable), new Wilson(shown.Count(item => !item.Right), shown.Count)));
    }

    /// <summary>
    /// The lowest confidence from which on the risk among shown answers is within the target; 1 where none is. Of each case the first proposal that reaches
    /// the limit is shown.
    /// </summary>
    public static double Limit(IReadOnlyList<IReadOnlyList<(double Confidence, bool Right)>> cases, double targetRisk)
    {
        var limits = cases.SelectMany(proposals => proposals).Select(proposal => Math.Floor(proposal.Confidence * 1000) / 1000).Distinct().OrderDescending();
        return limits.Where(limit =>
        {
            var shown = cases.Select(proposals => Shown(proposals, limit)).OfType<bool>().ToList();
            return shown.Count(right => !right) <= targetRisk * shown.Count;
        }).DefaultIfEmpty(1).Last();
    }

    /// <summary>Risk over coverage as the limit falls.</summary>
    private static List<RiskPoint> Curve(IReadOnlyList<IReadOnlyList<(double Confidence, bool Right)>> cases, int answerable)
    {
        const int points = 100;
        var curve = new List<RiskPoint>();
        for (var i = points - 1; i >= 0; i--)
        {
            var shown = cases.Select(proposals => Shown(proposals, (double)i / points)).OfType<bool>().ToList();
            if (shown.Count == 0) continue;
            var right = shown.Count(one => one);
            curve.Add(new RiskPoint((double)i / points, answerable == 0 ? 0 : Math.Round((double)right / answerable, 4), Math.Round(1 - ((double)right / shown.Count), 4)));
        }
        return curve;
    }

    /// <summary>Whether what is shown at a limit is right; null where nothing is shown.</summary>
    private static bool? Shown(IReadOnlyList<(double Confidence, bool Right)> proposals, double limit)
    {
        foreach (var (confidence, right) in proposals)
            if (confidence >= limit) return right;
        return null;
    }

    private static IReadOnlyDictionary<string, double> Fit(IEnumerable<Sample> samples) =>
        LogisticRegression.Fit([.. samples.SelectMany(sample => sample.Proposals)], AnswerFeatures.Names);

    /// <summary>The sufficiency below which nothing is shown: few answerable cases may fall below it.</summary>
    private static double SourcesLimit(IReadOnlyList<CaseResult> results)
    {
        var sufficiencies = results.Where(result => result.Case.Expected == "answer").Select(result => result.Answer.Trace?.Chosen).OfType<AnswerProposal>()
            .Select(proposal => proposal.Features[AnswerFeatures.Sufficiency]).Order().ToList();
        return sufficiencies.Count == 0 ? 0 : Math.Round(sufficiencies[(int)(sufficiencies.Count * MostOverRefusal)], 4);
    }

    /// <summary>
    /// The support that hardly a claim reaches against the sentences of another retrieved article: claims with their own evidence are the
    /// true pairs, the same claims with the next article's passages the false ones.
    /// </summary>
    public static double SupportLimit(IReadOnlyList<CaseResult> results, SupportScore support)
    {
        const double falsePairsPassed = 0.01;
        var scores = new List<double>();
        foreach (var result in results)
            foreach (var verdict in (result.Answer.Trace?.Verdicts ?? []).Where(verdict => verdict.Proved))
                foreach (var passage in result.Answer.Retrieved.Where(passage => verdict.Citations.All(citation => citation.Passage.Law != passage.Law || citation.Passage.Article != passage.Article)).Take(3))
                    scores.Add(support.Of(new ClaimUnderCheck(result.Case.Question, verdict.Text, [new(passage, [.. Enumerable.Range(1, passage.Sentences.Count)])], result.Answer.AsOf)).Score);
        scores.Sort();
        return scores.Count == 0 ? 1 : Math.Round(scores[Math.Min(scores.Count - 1, (int)(scores.Count * (1 - falsePairsPassed)))], 4);
    }

    /// <summary>SHA-256 of a text, hexadecimal.</summary>
    public static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>A case with the answers that it could get, shortest first, and whether each is right.</summary>
    private sealed record Sample(CaseResult Result, IReadOnlyList<(IReadOnlyDictionary<string, double> Features, bool Right)> Proposals)
    {
        public IReadOnlyList<(double Confidence, bool Right)> Judged(IReadOnlyDictionary<string, double> weights) =>
            [.. Proposals.Select(proposal => (LogisticRegression.Predict(weights, proposal.Features), proposal.Right))];
    }
}

/// <summary>What five-fold calibration measures: how many answerable cases were shown, and how many shown answers were wrong.</summary>
public sealed record FoldedMeasure(Wilson AnswerRate, Wilson Risk);
