using System.Globalization;
using System.Net;
using System.Text;

namespace ParalegalBot.Evaluation.Report;

/// <summary>The plots of a run.</summary>
internal static class Plots
{
    /// <summary>Risk over coverage, with the risk that is wanted as a line.</summary>
    public static string RiskCoverage(IReadOnlyList<CaseResult> results, double wanted)
    {
        var curve = MeanMeasures.Curve(results);
        var most = Math.Clamp(curve.Select(point => point.Risk).DefaultIfEmpty(0).Max() * 1.1, 0.1, 1);
        return new Chart("Riesgo según la cobertura", "cobertura: respuestas correctas entre los casos con respuesta", "riesgo: erróneas entre las dadas", mostUp: most)
            .Line([(0, wanted), (1, wanted)], "wanted").Line(curve.Select(point => (point.Coverage, point.Risk)), "curve").Render();
    }

    /// <summary>Reliability diagram; dots on the diagonal are confidences that can be believed.</summary>
    public static string Reliability(IReadOnlyList<CaseResult> results)
    {
        var chart = new Chart("Diagrama de confiabilidad", "confianza calculada", "correctas de verdad").Line([(0, 0), (1, 1)], "wanted");
        foreach (var bin in MeanMeasures.Confidence(results).Bins) chart.Dot(bin.Confidence, bin.Right.Share, bin.Right.Interval, $"{bin.Confidence:P0}: {bin.Right}");
        return chart.Render();
    }

    /// <summary>Which share of the cases was answered within how many milliseconds.</summary>
    public static string Latency(IReadOnlyList<CaseResult> results)
    {
        var times = MeanMeasures.Times(results);
        double At(double share) => times[Math.Min(times.Count - 1, (int)(times.Count * share))];
        return new Chart("Tiempo por caso", "milisegundos", "parte de los casos", mostAcross: Math.Max(1.001, times[^1]))
            .Line([(0, 0), .. times.Select((time, place) => (time, (place + 1.0) / times.Count))], "curve")
            .Mark(At(0.5), $"p50 {At(0.5):0} ms", 4).Mark(At(0.95), $"p95 {At(0.95):0} ms", 6).Render();
    }

    /// <summary>Shares as bars with their intervals, one under the other.</summary>
    public static string Bars(string title, IEnumerable<(string Label, Wilson Value)> shares)
    {
        const int label = 250, width = 330, row = 26;
        var bars = new StringBuilder();
        var count = 0;
        foreach (var (text, value) in shares.Where(share => share.Value.Count > 0))
        {
            var y = count++ * row;
            var (low, high) = value.Interval;
            bars.Append(CultureInfo.InvariantCulture, $"<text class=\"up\" x=\"{label - 8}\" y=\"{y + 17}\">{WebUtility.HtmlEncode(text)}</text><rect class=\"all\" x=\"{label}\" y=\"{y + 4}\" width=\"{width}\" height=\"18\"/>")
                .Append(CultureInfo.InvariantCulture, $"<rect class=\"bar\" x=\"{label}\" y=\"{y + 4}\" width=\"{value.Share * width:0.#}\" height=\"18\"/><path class=\"whisker\" d=\"M{label + (low * width):0.#} {y + 13}H{label + (high * width):0.#}\"/>")
                .Append(CultureInfo.InvariantCulture, $"<text x=\"{label + width + 8}\" y=\"{y + 17}\">{value.Share:P0} ({value.Hits}/{value.Count})</text>");
        }
        return string.Create(CultureInfo.InvariantCulture,
            $"<figure class=\"wide\"><figcaption>{WebUtility.HtmlEncode(title)}</figcaption><svg viewBox=\"0 0 {label + width + 110} {Math.Max(1, count) * row}\" role=\"img\" aria-label=\"{WebUtility.HtmlEncode(title)}\">{bars}</svg></figure>");
    }
}
