using System.Globalization;
using System.Net;
using System.Text;
using ParalegalBot.Evaluation.Scorers;

namespace ParalegalBot.Evaluation;

/// <summary>The run as one HTML file that opens from disk: measures, the risk–coverage curve, and every case that was not accurate.</summary>
public static class HtmlReport
{
    /// <summary>The page.</summary>
    public static string Render(string title, IReadOnlyList<CaseResult> results)
    {
        var page = new StringBuilder("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>")
            .Append(Text(title)).Append("</title><style>body{font:15px/1.5 system-ui;max-width:70rem;margin:2rem auto;padding:0 1rem}table{border-collapse:collapse;margin:1rem 0}td,th{border:1px solid #ccc;padding:.3rem .6rem;text-align:left;vertical-align:top}svg{max-width:100%}.bad{color:#a00}</style><h1>")
            .Append(Text(title)).Append("</h1><h2>Shares (95 % Wilson interval)</h2><table>");
        foreach (var (name, value) in Measures.Shares(results)) Row(page, name, value.ToString());
        page.Append("</table><h2>Means</h2><table>");
        foreach (var (name, value) in Measures.Means(results)) Row(page, name, value.ToString("0.000", CultureInfo.InvariantCulture));
        page.Append("</table><h2>Risk over coverage</h2>").Append(Curve(Measures.Curve(results)));
        page.Append("<h2>Cases that were not accurate</h2><table><tr><th>case</th><th>question</th><th>expected</th><th>got</th><th>retrieved</th><th>verdicts</th></tr>");
        foreach (var result in results.Where(result => CaseVerdict.Of(result) is not (Verdict.Accurate or Verdict.Unscored))) Case(page, result);
        return page.Append("</table></html>").ToString();
    }

    private static void Case(StringBuilder page, CaseResult result)
    {
        var retrieved = string.Join(", ", result.Row.Retrieved.Select(place => $"{place.Law} {place.Article}").Distinct().Take(8));
        var verdicts = string.Join("; ", (result.Answer.Trace?.Verdicts ?? []).Select(verdict => verdict.Finding is { } finding ? $"{finding.Check}: {finding.Words}" : "proved"));
        var confidence = result.Answer.Trace?.Confidence.ToString("0.00", CultureInfo.InvariantCulture) ?? "–";
        page.Append(CultureInfo.InvariantCulture, $"<tr><td>{Text(result.Case.Id)}<br>{Text(result.Case.Kind)}<br><b class=\"bad\">{CaseVerdict.Of(result)}</b></td><td>{Text(result.Case.Question)}</td>")
            .Append(CultureInfo.InvariantCulture, $"<td>{Text(result.Case.Expected)} {Text(string.Join(", ", result.Case.Gold.Select(gold => $"{gold.Law} {gold.Article}")))}</td>")
            .Append(CultureInfo.InvariantCulture, $"<td>{Text(result.Row.Outcome)} {Text(result.Row.Reason)} ({confidence})<br>{Text(result.Row.Text)}</td><td>{Text(retrieved)}</td><td>{Text(verdicts)}</td></tr>");
    }

    private static string Curve(IReadOnlyList<Answering.Checks.RiskPoint> curve)
    {
        const int width = 600, height = 300;
        var points = string.Join(' ', curve.Select(point => string.Create(CultureInfo.InvariantCulture, $"{40 + (point.Coverage * width):0.0},{10 + ((1 - point.Risk) * height):0.0}")));
        return string.Create(CultureInfo.InvariantCulture,
            $"<svg viewBox=\"0 0 {width + 60} {height + 50}\" role=\"img\" aria-label=\"Risk over coverage\"><path d=\"M40 10V{height + 10}H{width + 40}\" fill=\"none\" stroke=\"#888\"/><polyline points=\"{points}\" fill=\"none\" stroke=\"#06c\" stroke-width=\"2\"/><text x=\"40\" y=\"{height + 30}\">coverage 0 … 1 (right answers over answerable cases)</text><text x=\"0\" y=\"20\">risk 1</text></svg>");
    }

    private static void Row(StringBuilder page, string name, string value) => page.Append(CultureInfo.InvariantCulture, $"<tr><td>{Text(name)}</td><td>{Text(value)}</td></tr>");

    private static string Text(string? text) => WebUtility.HtmlEncode(text ?? "");
}
