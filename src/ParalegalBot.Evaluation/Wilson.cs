namespace ParalegalBot.Evaluation;

/// <summary>A share with its 95 % Wilson interval.</summary>
/// <param name="Hits">How many.</param>
/// <param name="Count">Of how many.</param>
public readonly record struct Wilson(int Hits, int Count)
{
    private const double Z = 1.96;

    /// <summary>0 to 1; NaN of nothing.</summary>
    public double Share => Count == 0 ? double.NaN : (double)Hits / Count;

    /// <summary>Lower and upper end, 0 to 1.</summary>
    public (double Low, double High) Interval
    {
        get
        {
            if (Count == 0) return (0, 0);
            var (n, p) = ((double)Count, Share);
            var middle = p + (Z * Z / (2 * n));
            var half = Z * Math.Sqrt((p * (1 - p) / n) + (Z * Z / (4 * n * n)));
            var scale = 1 + (Z * Z / n);
            return (Math.Max(0, (middle - half) / scale), Math.Min(1, (middle + half) / scale));
        }
    }

    /// <inheritdoc />
    public override string ToString() => Count == 0 ? "0/0"
        : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Hits}/{Count} = {100 * Share:0.0} % [{100 * Interval.Low:0}, {100 * Interval.High:0}]");
}
