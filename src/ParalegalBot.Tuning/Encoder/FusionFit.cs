using ParalegalBot.Evaluation;
using ParalegalBot.Retrieval;

namespace ParalegalBot.Tuning.Encoder;

/// <summary>
/// Fits the fusion weights: a linear score per candidate, softmax over a question's candidates, cross-entropy of the article that answers it
/// (ListNet with one relevant article, Cao et al. 2007), full-batch gradient descent with momentum over standardised features. For half of the
/// questions every written question of their article is hidden, because most articles of most laws will never have one; and half of them are
/// searched in eight laws only, their own and seven drawn at random, because many stores hold few.
/// </summary>
public sealed class FusionFit(PassageSearch search, IReadOnlyList<string> laws)
{
    private const int Iterations = 400, FewLaws = 8, FirstArticles = 5;
    /// <summary>What tells whether the first article is about the question at all; the order among candidates says nothing of that.</summary>
    private static readonly string[] Sufficient = ["close_article", "close_passage", "article_semantic", "asked_semantic", "law_named"];

    private const double Rate = .5, Momentum = .9, Shrinkage = 1e-4;

    /// <summary>Fits on the questions and reports R@5 on a fifth of them that the fit did not see.</summary>
    public async Task<(FusionWeights Weights, FusionFitReport Report)> RunAsync(
        IReadOnlyList<WrittenQuestion> questions, DateOnly asOf, int seed, string provenance, CancellationToken cancellationToken)
    {
        var cases = new List<FitCase>();
        string[] names = [];
        var random = new Random(seed);
        var missed = 0;
        var foundWithout = new List<Ranked>();
        foreach (var question in questions)
        {
            var hidden = random.Next(2) == 0;
            var others = random.GetItems([.. laws], FewLaws - 1).Where(law => law != question.Law).ToHashSet();
            var address = new ArticleAddress(question.Law, question.ArticleKey);
            var ranked = await RankAsync(random.Next(2) == 0 ? others.Append(question.Law).ToHashSet() : null).ConfigureAwait(false);
            // The same question without its law: what is found then cannot answer it.
            foundWithout.AddRange((await RankAsync(others).ConfigureAwait(false)).Take(1));
            if (ranked.All(item => item.Candidate.Address != address)) missed++;
            else
            {
                if (names.Length == 0) names = [.. ranked[0].Features.Keys];
                cases.Add(new FitCase([.. ranked.Select(item => new FitCandidate([.. names.Select(name => item.Features[name])], item.Candidate.Address))], address, hidden));
            }

            ValueTask<IReadOnlyList<Ranked>> RankAsync(IReadOnlySet<string>? within) => search.RankAsync(
                new SearchRequest(question.Text, asOf, Laws: within), int.MaxValue,
                other => hidden ? other.Law == question.Law && other.ArticleKey == question.ArticleKey : other.Text == question.Text, cancellationToken);
        }

        var training = cases.Where((_, index) => index % 5 != 0).ToList();
        var heldOut = cases.Where((_, index) => index % 5 == 0).ToList();
        var weights = Descend(training, names.Length);
        var report = new FusionFitReport(
            cases.Count, missed, RecallAt5(training, weights), RecallAt5(heldOut, weights),
            RecallAt5([.. heldOut.Where(item => item.Hidden)], weights),
            names.ToDictionary(name => name, name => RecallAt5(heldOut, names.Select((other, i) => other == name ? 0 : weights[i]).ToArray())));
        var final = Descend(cases, names.Length);
        var fusion = names.Select((name, i) => (name, final[i])).ToDictionary(pair => pair.name, pair => Math.Round(pair.Item2, 3));
        return (new FusionWeights { Provenance = provenance, Fusion = fusion, Sufficiency = FitSufficiency(cases, foundWithout, names, final) }, report);
    }

    /// <summary>The probability that one of the first articles answers: from what was found with the right law at hand, and without it.</summary>
    private static IReadOnlyDictionary<string, double> FitSufficiency(IReadOnlyList<FitCase> cases, IReadOnlyList<Ranked> foundWithout, string[] names, double[] weights)
    {
        var samples = new List<(IReadOnlyDictionary<string, double>, bool)>();
        foreach (var item in cases)
        {
            var best = item.Candidates.OrderByDescending(candidate => Score(candidate, weights)).DistinctBy(candidate => candidate.Address).Take(FirstArticles).ToList();
            samples.Add((names.Zip(best[0].Features).ToDictionary(pair => pair.First, pair => pair.Second), best.Any(candidate => candidate.Address == item.Gold)));
        }
        samples.AddRange(foundWithout.Select(ranked => (ranked.Features, false)));
        return LogisticRegression.Fit(samples, Sufficient);
    }

    private static double[] Descend(IReadOnlyList<FitCase> cases, int features)
    {
        double[] weights = new double[features], speed = new double[features], scales = new double[features];
        for (var n = 0; n < features; n++) scales[n] = Deviation([.. cases.SelectMany(item => item.Candidates).Select(candidate => candidate.Features[n])]);
        for (var iteration = 0; iteration < Iterations; iteration++)
        {
            var gradient = new double[features];
            foreach (var item in cases)
            {
                var scores = item.Candidates.Select(candidate => Score(candidate, weights)).ToArray();
                var largest = scores.Max();
                var total = scores.Sum(score => Math.Exp(score - largest));
                var right = item.Candidates.Select((candidate, i) => candidate.Address == item.Gold ? Math.Exp(scores[i] - largest) : 0).ToArray();
                var rightTotal = right.Sum();
                for (var i = 0; i < scores.Length; i++)
                {
                    var error = Math.Exp(scores[i] - largest) / total - right[i] / Math.Max(1e-300, rightTotal);
                    for (var n = 0; n < features; n++) gradient[n] += error * item.Candidates[i].Features[n];
                }
            }
            // The step is taken in standardised units: a feature that hardly varies needs a larger weight.
            for (var n = 0; n < features; n++)
            {
                speed[n] = (Momentum * speed[n]) - (Rate * ((gradient[n] / scales[n] / cases.Count) + (Shrinkage * weights[n] * scales[n])));
                weights[n] += speed[n] / scales[n];
            }
        }
        return weights;
    }

    private static double Deviation(double[] values)
    {
        var mean = values.Average();
        return Math.Max(1e-6, Math.Sqrt(values.Average(value => (value - mean) * (value - mean))));
    }

    private static double RecallAt5(IReadOnlyList<FitCase> cases, double[] weights) => cases.Count == 0 ? 0 : cases.Average(item =>
        item.Candidates.OrderByDescending(candidate => Score(candidate, weights)).Select(candidate => candidate.Address).Distinct().Take(5).Contains(item.Gold) ? 1.0 : 0.0);

    private static double Score(FitCandidate candidate, double[] weights)
    {
        var score = 0.0;
        for (var n = 0; n < weights.Length; n++) score += weights[n] * candidate.Features[n];
        return score;
    }

    private sealed record FitCase(IReadOnlyList<FitCandidate> Candidates, ArticleAddress Gold, bool Hidden);

    private sealed record FitCandidate(double[] Features, ArticleAddress Address);
}

/// <summary>Figures of a fit.</summary>
/// <param name="Cases">Questions whose article was among the candidates.</param>
/// <param name="Missed">Questions whose article no route brought.</param>
/// <param name="Fitted">R@5 on the questions that were fitted, among those with the article as a candidate.</param>
/// <param name="HeldOut">R@5 on a fifth of them that was not.</param>
/// <param name="HeldOutHidden">The same where every written question of the article was hidden.</param>
/// <param name="Without">R@5 on that fifth without each feature.</param>
public sealed record FusionFitReport(int Cases, int Missed, double Fitted, double HeldOut, double HeldOutHidden, IReadOnlyDictionary<string, double> Without);
