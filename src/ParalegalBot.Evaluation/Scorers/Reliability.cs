namespace ParalegalBot.Evaluation.Scorers;

/// <summary>Whether a confidence means what it says: answers given with 80 % are right four times of five.</summary>
/// <param name="Brier">Mean squared distance between confidence and outcome; 0 is best, NaN of nothing.</param>
/// <param name="Error">Expected calibration error: mean distance between confidence and share of right answers over the bins, weighted by their size.</param>
/// <param name="Bins">Ten bins of equal width; empty ones are left out.</param>
public sealed record Reliability(double Brier, double Error, IReadOnlyList<ReliabilityBin> Bins)
{
    private const int Width = 10;

    /// <summary>Measures the answers.</summary>
    public static Reliability Of(IReadOnlyList<(double Confidence, bool Right)> answers)
    {
        if (answers.Count == 0) return new Reliability(double.NaN, double.NaN, []);
        var bins = answers.GroupBy(answer => Math.Min(Width - 1, (int)(answer.Confidence * Width))).OrderBy(bin => bin.Key)
            .Select(bin => new ReliabilityBin(bin.Average(answer => answer.Confidence), new Wilson(bin.Count(answer => answer.Right), bin.Count()))).ToList();
        return new Reliability(
            answers.Average(answer => Math.Pow(answer.Confidence - (answer.Right ? 1 : 0), 2)),
            bins.Sum(bin => Math.Abs(bin.Confidence - bin.Right.Share) * bin.Right.Count) / answers.Count, bins);
    }
}

/// <summary>The answers of one bin: what they claimed on average, and how many were right.</summary>
public sealed record ReliabilityBin(double Confidence, Wilson Right);
