using System.Globalization;
using System.Net;
using System.Text;
using ParalegalBot.Evaluation.Scorers;

namespace ParalegalBot.Evaluation.Report;

/// <summary>The run as one HTML file that opens from disk without a network: measures, plots, other runs beside it, and every case that was not accurate.</summary>
public static class HtmlReport
{
    private static readonly (Verdict Verdict, string Title)[] Failed =
        [(Verdict.Hallucinated, "Alucinadas: yerran, dicen lo prohibido o responden lo que debía rechazarse"), (Verdict.Partial, "Parciales: falta un artículo o un dato"), (Verdict.Incomplete, "Incompletas: sin respuesta")];

    /// <summary>The page. <paramref name="facts"/> say what was run on what; <paramref name="risk"/> is the share of wrong answers that is aimed at.</summary>
    public static string Render(string title, IReadOnlyList<(string Name, string Value)> facts, IReadOnlyList<CaseResult> results, IReadOnlyList<Comparison> others, double risk)
    {
        var shares = ShareMeasures.Of(results);
        var page = new StringBuilder("<!doctype html><html lang=\"es-MX\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>")
            .Append(Html(title)).Append("</title><style>").Append(Style).Append("</style><h1>").Append(Html(title)).Append("</h1><dl class=\"facts\">");
        foreach (var (name, value) in facts) page.Append(CultureInfo.InvariantCulture, $"<dt>{Html(name)}</dt><dd>{Html(value)}</dd>");
        page.Append("</dl><h2>Lo principal</h2><div class=\"cards\">");
        foreach (var share in shares.Where(share => share.Value.Count > 0).Take(4)) Card(page, share);
        if (shares.FirstOrDefault(share => share.Name == "refused rightly") is { Value.Count: > 0 } refused) Card(page, refused);
        page.Append("</div><h2>Gráficas</h2><div class=\"plots\">").Append(Plots.RiskCoverage(results, risk)).Append(Plots.Reliability(results)).Append(Plots.Latency(results))
            .Append(Plots.Bars("Acertadas por clase de pregunta (intervalo de 95 %)", Kinds(results))).Append("</div>");
        if (others.Count > 0) Compare(page, results, others);
        page.Append("<h2>Todas las medidas</h2><div class=\"tables\"><table><tr><th>parte</th><th>valor (Wilson, 95 %)</th></tr>");
        foreach (var share in shares) page.Append(CultureInfo.InvariantCulture, $"<tr><td>{Html(share.Title)}</td><td>{Html(share.Value.ToString())}</td></tr>");
        page.Append("</table><table><tr><th>media</th><th>valor</th></tr>");
        foreach (var mean in MeanMeasures.Of(results)) page.Append(CultureInfo.InvariantCulture, $"<tr><td>{Html(mean.Title)}</td><td>{Number(mean.Value)}</td></tr>");
        page.Append("</table></div><h2>Casos que no se acertaron</h2>");
        foreach (var (verdict, heading) in Failed)
        {
            var cases = results.Where(result => CaseVerdict.Of(result) == verdict).ToList();
            if (cases.Count == 0) continue;
            page.Append(CultureInfo.InvariantCulture, $"<h3>{heading} ({cases.Count})</h3>");
            foreach (var result in cases) page.Append(CaseDetails.Render(result));
        }
        return page.Append("</html>\n").ToString();
    }

    private static IEnumerable<(string, Wilson)> Kinds(IReadOnlyList<CaseResult> results) => results.Where(result => CaseVerdict.Of(result) is not Verdict.Unscored)
        .GroupBy(result => result.Case.Kind).OrderBy(kind => kind.Key, StringComparer.Ordinal)
        .Select(kind => (kind.Key, new Wilson(kind.Count(result => CaseVerdict.Of(result) is Verdict.Accurate), kind.Count())));

    private static void Card(StringBuilder page, Share share) => page.Append(CultureInfo.InvariantCulture,
        $"<div><b>{share.Value.Share:P1}</b><span>{Html(share.Title)}</span><small>{share.Value.Hits} de {share.Value.Count}, [{share.Value.Interval.Low:P0}, {share.Value.Interval.High:P0}]</small></div>");

    /// <summary>The main shares of every run on the same cases, and the exact McNemar test of ours against each.</summary>
    private static void Compare(StringBuilder page, IReadOnlyList<CaseResult> results, IReadOnlyList<Comparison> others)
    {
        page.Append("<h2>Junto a otras corridas de los mismos casos</h2><table><tr><th></th><th>ésta</th>");
        foreach (var other in others) page.Append(CultureInfo.InvariantCulture, $"<th>{Html(other.Name)}</th>");
        page.Append("</tr>");
        foreach (var share in ShareMeasures.Of(results).TakeWhile(share => !share.Name.StartsWith("accurate, ", StringComparison.Ordinal)))
        {
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{Html(share.Title)}</td><td>{Html(share.Value.ToString())}</td>");
            foreach (var other in others) page.Append(CultureInfo.InvariantCulture, $"<td>{(other.Shares.TryGetValue(share.Name, out var value) ? Html(value.ToString()) : "–")}</td>");
            page.Append("</tr>");
        }
        Test(page, "McNemar, acertadas: sólo ésta / sólo la otra, p", others.Select(other => other.Accurate));
        Test(page, "McNemar, sin alucinar: sólo ésta / sólo la otra, p", others.Select(other => other.Hallucinated));
        page.Append("</table>");
    }

    private static void Test(StringBuilder page, string name, IEnumerable<McNemar> tests)
    {
        page.Append(CultureInfo.InvariantCulture, $"<tr><td>{name}</td><td></td>");
        foreach (var test in tests) page.Append(CultureInfo.InvariantCulture, $"<td>{test.OnlyOurs} / {test.OnlyTheirs}, p = {test.P:0.####}</td>");
        page.Append("</tr>");
    }

    private static string Number(double value) => double.IsNaN(value) ? "–" : value.ToString("0.000", CultureInfo.InvariantCulture);

    private static string Html(string text) => WebUtility.HtmlEncode(text);

    private const string Style = """
        :root{color-scheme:light dark;--ink:#1c2430;--soft:#5d6878;--line:#d5dbe3;--fill:#1f5fae;--pale:#eef2f7;--bad:#a8201a;--good:#1d6b3a;--page:#fff}
        @media(prefers-color-scheme:dark){:root{--ink:#e6eaf0;--soft:#a3adba;--line:#3a4452;--fill:#7fb2f0;--pale:#232b36;--bad:#ff8f86;--good:#7fd69f;--page:#161b22}}
        body{font:15px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--page);max-width:76rem;margin:2rem auto;padding:0 1.2rem}
        h1{font-size:1.6rem}h2{margin-top:2.2rem;border-bottom:1px solid var(--line);padding-bottom:.2rem}h3{margin-top:1.6rem}
        dl.facts{display:grid;grid-template-columns:max-content 1fr;gap:.1rem 1rem;color:var(--soft)}dl.facts dd{margin:0;color:var(--ink)}
        .cards{display:flex;flex-wrap:wrap;gap:.8rem}.cards div{background:var(--pale);border-radius:.5rem;padding:.7rem 1rem;min-width:10rem;flex:1}.cards b{display:block;font-size:1.5rem}.cards span,.cards small{display:block}.cards small{color:var(--soft)}
        .plots,.tables{display:flex;flex-wrap:wrap;gap:1.2rem;align-items:flex-start}.plots figure{margin:0;flex:1 1 22rem;max-width:36rem}.plots figure.wide{flex:2 1 36rem;max-width:46rem}figcaption{font-weight:600;margin-bottom:.3rem}
        svg{width:100%;height:auto}svg text{font-size:12px;fill:var(--soft)}svg text.up{text-anchor:end}svg text.across,svg text.turned{text-anchor:middle}
        .grid{stroke:var(--line);fill:none}.axis{stroke:var(--soft);fill:none}.curve{stroke:var(--fill);stroke-width:2.2;fill:none}.wanted{stroke:var(--bad);stroke-dasharray:5 4;fill:none}.mark{stroke:var(--soft);stroke-dasharray:2 3;fill:none}
        .dot,.bar{fill:var(--fill)}.all{fill:var(--pale)}.whisker{stroke:var(--ink);stroke-width:1.4;opacity:.65;fill:none}
        table{border-collapse:collapse;margin:.6rem 0}td,th{border:1px solid var(--line);padding:.25rem .6rem;text-align:left;vertical-align:top}th{background:var(--pale)}td:not(:first-child){font-variant-numeric:tabular-nums}
        details.case{border:1px solid var(--line);border-radius:.4rem;margin:.4rem 0;padding:.35rem .8rem}summary{cursor:pointer}.tag{background:var(--pale);border-radius:.3rem;padding:0 .4rem;font-size:.85em}
        details dl{display:grid;grid-template-columns:9rem 1fr;gap:.4rem 1rem}details dt{color:var(--soft)}details dd{margin:0;min-width:0;overflow-x:auto}.said{white-space:pre-line;background:var(--pale);padding:.5rem .8rem;border-radius:.4rem;margin:.3rem 0}
        .bad{color:var(--bad)}.good{color:var(--good)}
        """;
}
