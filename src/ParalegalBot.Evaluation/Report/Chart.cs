using System.Globalization;
using System.Net;
using System.Text;

namespace ParalegalBot.Evaluation.Report;

/// <summary>A chart as inline SVG: two axes, lines, dots with intervals, and marks, all in data units. No script, no font and no address, so that it opens from disk.</summary>
internal sealed class Chart(string title, string across, string up, double mostAcross = 1, double mostUp = 1)
{
    private const double Width = 460, Height = 260, Left = 52, Top = 14, Bottom = 46, Right = 18;

    private readonly StringBuilder drawn = new();

    /// <summary>A line through points.</summary>
    public Chart Line(IEnumerable<(double X, double Y)> points, string style)
    {
        drawn.Append(CultureInfo.InvariantCulture, $"<polyline class=\"{style}\" points=\"{string.Join(' ', points.Select(point => Number(X(point.X)) + "," + Number(Y(point.Y))))}\"/>");
        return this;
    }

    /// <summary>A dot with what it says when it is pointed at, and its interval.</summary>
    public Chart Dot(double x, double y, (double Low, double High) interval, string says)
    {
        drawn.Append(CultureInfo.InvariantCulture, $"<g><title>{Html(says)}</title><path class=\"whisker\" d=\"M{Number(X(x))} {Number(Y(interval.Low))}V{Number(Y(interval.High))}\"/><circle class=\"dot\" cx=\"{Number(X(x))}\" cy=\"{Number(Y(y))}\" r=\"4\"/></g>");
        return this;
    }

    /// <summary>An upright mark with a word beside its upper end.</summary>
    public Chart Mark(double x, string word, int row)
    {
        drawn.Append(CultureInfo.InvariantCulture, $"<path class=\"mark\" d=\"M{Number(X(x))} {Number(Y(0))}V{Number(Y(mostUp))}\"/><text x=\"{Number(X(x) + 4)}\" y=\"{Number(Y(mostUp) + 12 + (row * 14))}\">{Html(word)}</text>");
        return this;
    }

    /// <summary>The figure.</summary>
    public string Render()
    {
        var axes = new StringBuilder();
        for (var i = 0; i <= 4; i++)
        {
            var (x, y) = (mostAcross * i / 4, mostUp * i / 4);
            axes.Append(CultureInfo.InvariantCulture, $"<path class=\"grid\" d=\"M{Left} {Number(Y(y))}h{Width}\"/><text class=\"up\" x=\"{Left - 6}\" y=\"{Number(Y(y) + 4)}\">{Label(y, mostUp)}</text>");
            axes.Append(CultureInfo.InvariantCulture, $"<text class=\"across\" x=\"{Number(X(x))}\" y=\"{Top + Height + 16}\">{Label(x, mostAcross)}</text>");
        }
        return string.Create(CultureInfo.InvariantCulture,
            $"<figure><figcaption>{Html(title)}</figcaption><svg viewBox=\"0 0 {Left + Width + Right} {Top + Height + Bottom}\" role=\"img\" aria-label=\"{Html(title)}\">{axes}<path class=\"axis\" d=\"M{Left} {Top}v{Height}h{Width}\"/>{drawn}<text class=\"across\" x=\"{Left + (Width / 2)}\" y=\"{Top + Height + 36}\">{Html(across)}</text><text class=\"turned\" transform=\"translate(13 {Top + (Height / 2)}) rotate(-90)\">{Html(up)}</text></svg></figure>");
    }

    private static string Html(string text) => WebUtility.HtmlEncode(text);

    private static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    /// <summary>Up to 1 an axis counts shares.</summary>
    private static string Label(double value, double most) => most <= 1 ? value.ToString("0.#%", CultureInfo.InvariantCulture) : value.ToString("0.#", CultureInfo.InvariantCulture);

    private double X(double value) => Left + (Math.Clamp(value / mostAcross, 0, 1) * Width);

    private double Y(double value) => Top + ((1 - Math.Clamp(value / mostUp, 0, 1)) * Height);
}
