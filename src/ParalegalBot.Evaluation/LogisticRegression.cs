namespace ParalegalBot.Evaluation;

/// <summary>Logistic regression with a ridge penalty on standardised features by gradient descent: deterministic, for a few features and a few thousand samples.</summary>
public static class LogisticRegression
{
    private const int Steps = 3_000;
    private const double Rate = 0.5, Ridge = 0.01;

    /// <summary>Weights by name, with <c>bias</c>.</summary>
    public static IReadOnlyDictionary<string, double> Fit(IReadOnlyList<(IReadOnlyDictionary<string, double> Features, bool Right)> samples, IReadOnlyList<string> names)
    {
        var values = names.Select(name => samples.Select(sample => sample.Features.GetValueOrDefault(name)).ToArray()).ToArray();
        var means = values.Select(column => column.Average()).ToArray();
        var scales = values.Zip(means, (column, mean) => Math.Max(1e-6, Math.Sqrt(column.Average(value => (value - mean) * (value - mean))))).ToArray();
        var rows = samples.Select((_, i) => names.Select((_, j) => (values[j][i] - means[j]) / scales[j]).ToArray()).ToArray();
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
        var shift = weights.Select((weight, j) => weight * means[j] / scales[j]).Sum();
        return names.Select((name, j) => (name, Math.Round(weights[j] / scales[j], 4))).Append(("bias", Math.Round(bias - shift, 4))).ToDictionary(pair => pair.Item1, pair => pair.Item2);
    }

    /// <summary>Probability for the features.</summary>
    public static double Predict(IReadOnlyDictionary<string, double> weights, IReadOnlyDictionary<string, double> features) =>
        Sigmoid(weights.GetValueOrDefault("bias") + features.Sum(feature => weights.GetValueOrDefault(feature.Key) * feature.Value));

    private static double Sigmoid(double value) => 1 / (1 + Math.Exp(-value));
}
