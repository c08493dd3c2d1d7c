using System.Globalization;
using System.Text;

namespace ParalegalBot.Tuning.Training.Runs;

/// <summary>Loss over steps as an SVG picture: every step, a running mean, and the validation measures.</summary>
internal static class LossCurve
{
    private const int Width = 900, Height = 420, Margin = 48;

    public static string Draw(IReadOnlyList<TrainingFigures> figures)
    {
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" font-family=\"sans-serif\" font-size=\"12\">\n");
        svg.Append("<title>Pérdida por paso</title>\n<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
        if (figures.Count > 0) Plot(svg, figures);
        return svg.Append("</svg>\n").ToString();
    }

    private static void Plot(StringBuilder svg, IReadOnlyList<TrainingFigures> figures)
    {
        var values = figures.Select(row => row.Loss).Concat(figures.Select(row => row.Validation).OfType<double>()).Where(double.IsFinite).DefaultIfEmpty(1).ToList();
        var (least, most, last) = (Math.Min(0, values.Min()), Math.Max(values.Max(), 1e-6), Math.Max(2, figures[^1].Step));
        double X(int step) => Margin + (Width - 2.0 * Margin) * (step - 1) / (last - 1);
        double Y(double loss) => Height - Margin - (Height - 2.0 * Margin) * (loss - least) / (most - least);
        for (var i = 0; i <= 4; i++)
        {
            var level = least + (most - least) * i / 4;
            var step = 1 + (last - 1) * i / 4;
            svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{Margin}\" x2=\"{Width - Margin}\" y1=\"{Y(level):F1}\" y2=\"{Y(level):F1}\" stroke=\"#ddd\"/>\n");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Margin - 6}\" y=\"{Y(level) + 4:F1}\" text-anchor=\"end\">{level:F2}</text>\n");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{X(step):F1}\" y=\"{Height - Margin + 18}\" text-anchor=\"middle\">{step}</text>\n");
        }
        Line(figures.Select(row => (row.Step, row.Loss)), "#bbccee", 1);
        var mean = figures[0].Loss;
        Line(figures.Select(row => (row.Step, mean = 0.95 * mean + 0.05 * row.Loss)).ToList(), "#1f4e9e", 2);
        Line(figures.Where(row => row.Validation is not null).Select(row => (row.Step, row.Validation!.Value)), "#c0392b", 2);
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Margin}\" y=\"24\"><tspan fill=\"#1f4e9e\">entrenamiento</tspan> <tspan fill=\"#c0392b\">validación</tspan> (nats por ficha)</text>\n");

        void Line(IEnumerable<(int Step, double Loss)> points, string color, int width) => svg.Append(CultureInfo.InvariantCulture,
            $"<polyline fill=\"none\" stroke=\"{color}\" stroke-width=\"{width}\" points=\"{string.Join(' ', points.Where(point => double.IsFinite(point.Loss)).Select(point => string.Create(CultureInfo.InvariantCulture, $"{X(point.Step):F1},{Y(point.Loss):F1}")))}\"/>\n");
    }
}
