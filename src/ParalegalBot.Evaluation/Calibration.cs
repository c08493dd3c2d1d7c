using System.Security.Cryptography;
using System.Text;
using ParalegalBot.Answering.Checks;
using ParalegalBot.Evaluation.Scorers;
using ParalegalBot.Statutes;

namespace ParalegalBot.Evaluation;

/// <summary>
/// Derives the thresholds file from a run in which everything proved was shown: logistic confidence over the answer's features, and the limit at
/// which the risk among shown answers meets the target. Five folds: no case is measured with weights or a limit that were fitted on it.
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
        var samples = results.Where(result => result.Case.Expected is not null && result.Answer.Trace is { Verdicts: var verdicts } && verdicts.Any(verdict => verdict.Proved))
            .OrderBy(result => Hash(result.Case.Id), StringComparer.Ordinal).Select(result => new Sample(result, Proposal.Of(result)!.Right)).ToList();
        if (samples.Count < 2 * Folds) throw new ParalegalBotException($"Sólo {samples.Count} casos recibieron una respuesta comprobable; se necesitan al menos {2 * Folds} para calibrar.");
        var answerable = results.Count(result => result.Case.Expected == "answer");

        var outOfFold = new double[samples.Count];
        var shown = new List<Sample>();
        for (var fold = 0; fold < Folds; fold++)
        {
            var rest = samples.Where((_, i) => i % Folds != fold).ToList();
            var weights = LogisticRegression.Fit([.. rest.Select(sample => (sample.Features, sample.Right))], AnswerFeatures.Names);
            var limit = Limit([.. rest.Select(sample => (LogisticRegression.Predict(weights, sample.Features), sample.Right))], targetRisk);
            for (var i = fold; i < samples.Count; i += Folds)
            {
                outOfFold[i] = LogisticRegression.Predict(weights, samples[i].Features);
                if (outOfFold[i] >= limit) shown.Add(samples[i]);
            }
        }
        var all = LogisticRegression.Fit([.. samples.Select(sample => (sample.Features, sample.Right))], AnswerFeatures.Names);
        var scored = samples.Select((sample, i) => (outOfFold[i], sample.Right)).ToList();
        var corpus = string.Join('\n', laws.Select(law => $"{law.Abbreviation} {law.LastReform:yyyy-MM-dd} {law.Passages}"));
        return (
            new AnswerThresholds
            {
                Date = today,
                Provenance = $"{results.Count} casos, {laws.Count} leyes: {string.Join(' ', laws.Select(law => law.Abbreviation).Take(20))}; cinco pliegues",
                Corpus = Hash(corpus), Cases = casesSha256, TargetRisk = targetRisk, Weights = all,
                Answer = Limit(scored, targetRisk),
                Sources = SourcesLimit(results),
                Support = support,
                Curve = RiskCoverage.Curve(scored, answerable),
            },
            new FoldedMeasure(new Wilson(shown.Count(sample => sample.Result.Case.Expected == "answer"), answerable), new Wilson(shown.Count(sample => !sample.Right), shown.Count)));
    }

    /// <summary>The lowest confidence from which on the risk is within the target; above every confidence where none is.</summary>
    public static double Limit(IReadOnlyList<(double Confidence, bool Right)> answers, double targetRisk)
    {
        int shown = 0, wrong = 0;
        var limit = 1.0;
        foreach (var (confidence, right) in answers.OrderByDescending(answer => answer.Confidence))
        {
            shown++;
            if (!right) wrong++;
            if (wrong <= targetRisk * shown) limit = confidence;
        }
        return Math.Round(limit, 4);
    }

    /// <summary>The sufficiency below which nothing is shown: few answerable cases may fall below it.</summary>
    private static double SourcesLimit(IReadOnlyList<CaseResult> results)
    {
        var sufficiencies = results.Where(result => result.Case.Expected == "answer" && result.Answer.Trace is not null)
            .Select(result => result.Answer.Trace!.Features[AnswerFeatures.Sufficiency]).Order().ToList();
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

    private sealed record Sample(CaseResult Result, bool Right)
    {
        public IReadOnlyDictionary<string, double> Features => Result.Answer.Trace!.Features;
    }
}

/// <summary>What five-fold calibration measures: how many answerable cases were shown, and how many shown answers were wrong.</summary>
public sealed record FoldedMeasure(Wilson AnswerRate, Wilson Risk);
