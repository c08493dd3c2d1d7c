using System.Globalization;
using System.Text;

namespace ParalegalBot.Benchmarks;

/// <summary>Latency and memory over the number of passages as a picture: both axes logarithmic, so that a straight line is a power law.</summary>
internal static class GrowthPlot
{
    private const int Width = 640, Height = 360, Left = 60, Bottom = 320, Top = 30, Right = 600;

    private static readonly (string Name, string Colour, Func<GrowthPoint, double> Value)[] Curves =
        [("p50 ms", "#1f6f3f", point => point.P50), ("p95 ms", "#b3261e", point => point.P95), ("memory MB", "#1d4ed8", point => point.Memory)];

    /// <summary>An SVG document.</summary>
    public static string Draw(IReadOnlyList<GrowthPoint> points)
    {
        var (least, most) = (points.Min(point => point.Passages), points.Max(point => point.Passages));
        var top = Math.Pow(10, Math.Ceiling(Math.Log10(points.Max(point => Curves.Max(curve => curve.Value(point))))));
        var svg = new StringBuilder($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" font-family=\"sans-serif\" font-size=\"12\"><rect width=\"{Width}\" height=\"{Height}\" fill=\"#fff\"/>");
        for (var value = 1.0; value <= top; value *= 10)
            svg.Append(CultureInfo.InvariantCulture, $"<path d=\"M{Left} {Y(value):F1}H{Right}\" stroke=\"#ddd\"/><text x=\"{Left - 6}\" y=\"{Y(value) + 4:F1}\" text-anchor=\"end\">{value:N0}</text>");
        foreach (var point in points)
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{X(point):F1}\" y=\"{Bottom + 18}\" text-anchor=\"middle\">{point.Passages:N0}</text>");
        foreach (var (curve, place) in Curves.Select((curve, place) => (curve, place)))
        {
            svg.Append(CultureInfo.InvariantCulture, $"<polyline fill=\"none\" stroke=\"{curve.Colour}\" stroke-width=\"2\" points=\"{string.Join(' ', points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{X(point):F1},{Y(curve.Value(point)):F1}")))}\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left + 10 + place * 110}\" y=\"18\" fill=\"{curve.Colour}\">{curve.Name}</text>");
        }
        return svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{(Left + Right) / 2}\" y=\"{Height - 6}\" text-anchor=\"middle\">passages</text></svg>\n").ToString();

        double X(GrowthPoint point) => Left + (Right - Left) * (Math.Log(point.Passages) - Math.Log(least)) / Math.Max(1e-9, Math.Log(most) - Math.Log(least));

        double Y(double value) => Bottom - (Bottom - Top) * Math.Log10(Math.Max(1, value)) / Math.Log10(top);
    }
}

/// <summary>What was measured at one size.</summary>
internal sealed record GrowthPoint(int Passages, double P50, double P95, double Memory);
