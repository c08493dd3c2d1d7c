using System.Numerics.Tensors;
using ParalegalBot.Evaluation;
using ParalegalBot.Retrieval;

namespace ParalegalBot.Tuning.Encoder;

/// <summary>
/// Fits the fusion weights: a linear score per candidate, softmax over a question's candidates, cross-entropy of the article that answers it
/// (ListNet with one relevant article, Cao et al. 2007), full-batch gradient descent with momentum over standardised features. What written
/// questions are worth depends on whether somebody wrote some for the article, so each question is searched in three situations: as things are, with the
/// written questions of half of all articles hidden, and with those of its whole law hidden; in all laws, and in few.
/// </summary>
/// <param name="search">Searches the store, its weights unused.</param>
/// <param name="drawnLaws">Laws to draw few from; one that stands there often is drawn often.</param>
public sealed class FusionFit(PassageSearch search, IReadOnlyList<string> drawnLaws)
{
    private const int Iterations = 400, FewLaws = 8, FirstArticles = 5;

    /// <summary>A question is searched in each, first in few laws and then in all.</summary>
    private static readonly Hidden[] Situations = [Hidden.Nothing, Hidden.Half, Hidden.Law];

    /// <summary>Cases whose gradients are summed by one worker; the portions are added in order, so that the figures do not depend on the number of cores.</summary>
    private const int Portion = 64;

    /// <summary>What tells whether the first article is about the question at all; the order among candidates says nothing of that.</summary>
    private static readonly string[] Sufficient = ["close_article", "close_passage", "article_semantic", "asked_semantic", "law_named"];

    /// <summary>Draws the fifth of the articles that the report is about.</summary>
    private const uint ReportSalt = 1;

    private const double Rate = .5, Momentum = .9, Shrinkage = 1e-4;

    /// <summary>Fits on the questions and reports R@5 on a fifth of them that the fit did not see.</summary>
    public async Task<(FusionWeights Weights, FusionFitReport Report)> RunAsync(
        IReadOnlyList<WrittenQuestion> questions, DateOnly asOf, int seed, string provenance, CancellationToken cancellationToken)
    {
        var random = new Random(seed);
        var draws = questions.SelectMany(question => Situations.SelectMany(hidden => (Draw[])
            [new(question, hidden, (uint)random.Next(), Few: true, Others(question)), new(question, hidden, (uint)random.Next(), Few: false, Others(question))])).ToArray();
        var answered = new FitCase?[draws.Length];
        var without = new IReadOnlyList<Ranked>[draws.Length];
        await Parallel.ForAsync(0, draws.Length, cancellationToken, async (i, token) =>
        {
            var (question, _, _, few, others) = draws[i];
            var address = new ArticleAddress(question.Law, question.ArticleKey);
            var ranked = await RankAsync(few ? others.Append(question.Law).ToHashSet() : null).ConfigureAwait(false);
            // The same question without its law: what is found then cannot answer it.
            without[i] = [.. (await RankAsync(others).ConfigureAwait(false)).Take(1)];
            // The features of every candidate stand in the same order.
            if (ranked.Any(item => item.Candidate.Address == address))
                answered[i] = new FitCase([.. ranked.Select(item => new FitCandidate([.. item.Features.Values], item.Candidate.Address))], address, draws[i].Hidden is Hidden.Law);

            ValueTask<IReadOnlyList<Ranked>> RankAsync(IReadOnlySet<string>? within) =>
                search.RankAsync(new SearchRequest(question.Text, asOf, Laws: within), int.MaxValue, draws[i].Hides, token);
        }).ConfigureAwait(false);

        // A law with many questions is drawn often, as the laws that people ask about stand in most stores.
        HashSet<string> Others(WrittenQuestion question) =>
            [.. Enumerable.Range(0, FewLaws - 1).Select(_ => drawnLaws[random.Next(drawnLaws.Count)]).Where(law => law != question.Law)];

        var foundWithout = without.SelectMany(found => found).ToList();
        string[] names = [.. foundWithout[0].Features.Keys];
        var cases = answered.OfType<FitCase>().ToList();
        var missed = draws.Length - cases.Count;
        var apart = cases.ToLookup(item => AddressHash.Of(item.Gold.Law, item.Gold.ArticleKey, ReportSalt) % 5 == 0);
        List<FitCase> training = [.. apart[false]], heldOut = [.. apart[true]];
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
            var gradients = new double[(cases.Count + Portion - 1) / Portion][];
            Parallel.For(0, gradients.Length, portion => gradients[portion] = Gradient(cases.Skip(portion * Portion).Take(Portion), weights));
            var gradient = new double[features];
            foreach (var part in gradients) TensorPrimitives.Add<double>(gradient, part, gradient);
            // The step is taken in standardised units: a feature that hardly varies needs a larger weight.
            for (var n = 0; n < features; n++)
            {
                speed[n] = (Momentum * speed[n]) - (Rate * ((gradient[n] / scales[n] / cases.Count) + (Shrinkage * weights[n] * scales[n])));
                weights[n] += speed[n] / scales[n];
            }
        }
        return weights;
    }

    /// <summary>Derivative of the summed cross-entropy by the weights.</summary>
    private static double[] Gradient(IEnumerable<FitCase> cases, double[] weights)
    {
        var gradient = new double[weights.Length];
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
                TensorPrimitives.MultiplyAdd(item.Candidates[i].Features, error, gradient, gradient);
            }
        }
        return gradient;
    }

    private static double Deviation(double[] values)
    {
        var mean = values.Average();
        return Math.Max(1e-6, Math.Sqrt(values.Average(value => (value - mean) * (value - mean))));
    }

    private static double RecallAt5(IReadOnlyList<FitCase> cases, double[] weights) => cases.Count == 0 ? 0 : cases.Average(item =>
        item.Candidates.OrderByDescending(candidate => Score(candidate, weights)).Select(candidate => candidate.Address).Distinct().Take(5).Contains(item.Gold) ? 1.0 : 0.0);

    private static double Score(FitCandidate candidate, double[] weights) => TensorPrimitives.Dot<double>(candidate.Features, weights);

    /// <summary>Whose written questions are hidden.</summary>
    private enum Hidden
    {
        /// <summary>Only the question itself.</summary>
        Nothing,

        /// <summary>Those of half of all articles, drawn at random; hiding only those of the right article would give it away.</summary>
        Half,

        /// <summary>Those of the question's law, as if nobody had read it yet.</summary>
        Law,
    }

    /// <summary>One search: a question, what is hidden from it, and whether it is searched in few laws, its own and others.</summary>
    private sealed record Draw(WrittenQuestion Question, Hidden Hidden, uint Salt, bool Few, HashSet<string> Others)
    {
        public bool Hides(WrittenQuestion other) => other.Text == Question.Text || Hidden switch
        {
            Hidden.Law => other.Law == Question.Law,
            Hidden.Half => AddressHash.Of(other.Law, other.ArticleKey, Salt) % 2 == 0,
            _ => false,
        };
    }

    private sealed record FitCase(IReadOnlyList<FitCandidate> Candidates, ArticleAddress Gold, bool Hidden);

    private sealed record FitCandidate(double[] Features, ArticleAddress Address);
}

/// <summary>Figures of a fit.</summary>
/// <param name="Cases">Questions whose article was among the candidates.</param>
/// <param name="Missed">Questions whose article no route brought.</param>
/// <param name="Fitted">R@5 on the questions that were fitted, among those with the article as a candidate.</param>
/// <param name="HeldOut">R@5 on a fifth of them that was not.</param>
/// <param name="HeldOutHidden">The same where every written question of the article's law was hidden.</param>
/// <param name="Without">R@5 on that fifth without each feature.</param>
public sealed record FusionFitReport(int Cases, int Missed, double Fitted, double HeldOut, double HeldOutHidden, IReadOnlyDictionary<string, double> Without);
