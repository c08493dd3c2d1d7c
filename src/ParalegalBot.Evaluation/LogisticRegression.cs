namespace ParalegalBot.Evaluation;

/// <summary>Logistic regression with a ridge penalty by gradient descent: deterministic, for a few features and a few hundred samples.</summary>
public static class LogisticRegression
{
    private const int Steps = 3_000;
    private const double Rate = 0.5, Ridge = 0.01;

    /// <summary>Weights by name, with <c>bias</c>.</summary>
    public static IReadOnlyDictionary<string, double> Fit(IReadOnlyList<(IReadOnlyDictionary<string, double> Features, bool Right)> samples, IReadOnlyList<string> names)
    {
        var rows = samples.Select(sample => names.Select(name => sample.Features.GetValueOrDefault(name)).ToArray()).ToArray();
        var weights = new double[names.Count];
        var bias = 0.0;
        for (var step = 0; step < Steps; step++)
        {
            var gradient = new double[names.Count];
            var biasGradient = 0.0;
            for (var i = 0; i < rows.Length; i++)
            {
                var error = Sigmoid(bias + rows[i].Zip(weights, (value, weight) => value * weight).Sum()) - (samples[i].Right ? 1 : 0);
                biasGradient += error;
                for (var j = 0; j < weights.Length; j++) gradient[j] += error * rows[i][j];
            }
            bias -= Rate * biasGradient / rows.Length;
            for (var j = 0; j < weights.Length; j++) weights[j] -= Rate * ((gradient[j] / rows.Length) + (Ridge * weights[j]));
        }
        return names.Select((name, j) => (name, Math.Round(weights[j], 4))).Append(("bias", Math.Round(bias, 4))).ToDictionary(pair => pair.Item1, pair => pair.Item2);
    }

    /// <summary>Probability for the features.</summary>
    public static double Predict(IReadOnlyDictionary<string, double> weights, IReadOnlyDictionary<string, double> features) =>
        Sigmoid(weights.GetValueOrDefault("bias") + features.Sum(feature => weights.GetValueOrDefault(feature.Key) * feature.Value));

    private static double Sigmoid(double value) => 1 / (1 + Math.Exp(-value));
}
