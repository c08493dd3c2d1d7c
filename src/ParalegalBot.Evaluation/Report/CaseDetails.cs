using System.Globalization;
using System.Net;
using System.Text;

namespace ParalegalBot.Evaluation.Report;

/// <summary>One case that was not accurate: question, expected, got, what was retrieved at which rank, and the verdict on every claim.</summary>
internal static class CaseDetails
{
    private const int Ranks = 10;

    /// <summary>The case, folded until it is opened.</summary>
    public static string Render(CaseResult result)
    {
        var one = result.Case;
        var trace = result.Answer.Trace;
        var page = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"<details class=\"case\"><summary><code>{Html(one.Id)}</code> <span class=\"tag\">{Html(one.Kind)}</span> {Html(one.Question)}</summary><dl>");
        if (one.History.Count > 0) Entry(page, "Antes se dijo", string.Join("<br>", one.History.Select(turn => $"{Html(turn.Role)}: {Html(turn.Text)}")));
        Entry(page, "Se esperaba", Expected(one));
        Entry(page, "Se obtuvo", $"{Html(OutcomeTitle(result.Row.Outcome))}{(result.Row.Reason is { } reason ? $" ({Html(reason)})" : "")}{(trace is null ? "" : string.Create(CultureInfo.InvariantCulture, $", confianza {trace.Confidence:0.00}"))}<p class=\"said\">{Html(result.Row.Text)}</p>");
        if (one.Forbidden.Count > 0) Entry(page, "No debía decir", Html(string.Join(" · ", one.Forbidden)));
        Entry(page, "Se recuperó", Retrieved(result));
        if (trace is { Verdicts.Count: > 0 }) Entry(page, "Dictamen de cada afirmación", Verdicts(trace.Verdicts));
        return page.Append("</dl></details>").ToString();
    }

    internal static string OutcomeTitle(string outcome) => outcome switch
    {
        "cited" => "respuesta con citas",
        "sources" => "sólo artículos",
        "clarify" => "pregunta de vuelta",
        "refused" => "rechazo",
        _ => outcome,
    };

    private static string Expected(EvaluationCase one)
    {
        var outcome = one.Expected switch
        {
            "answer" => "respuesta con citas",
            "refuse" => "rechazo",
            "clarify" => "pregunta de vuelta",
            _ => "",
        };
        var gold = string.Join(" o ", one.GoldSets.Select(set => string.Join(" y ", set.Select(article => $"{article.Law} {article.Article}"))));
        var facts = string.Join("", one.Facts.Select(group => $"<br>dice: {Html(string.Join(" / ", group))}"));
        return $"{outcome}{(gold.Length == 0 ? "" : $" sobre <b>{Html(gold)}</b>")}{facts}";
    }

    /// <summary>The first articles in order, the wanted ones in bold with their rank; a wanted one further down is named too.</summary>
    private static string Retrieved(CaseResult result)
    {
        var wanted = result.Case.GoldSets.SelectMany(set => set).Select(gold => gold.Key).ToHashSet();
        var ranked = result.Row.Retrieved.DistinctBy(place => place.Key).Select((place, index) => (Place: place, Rank: index + 1, Wanted: wanted.Contains(place.Key))).ToList();
        if (ranked.Count == 0) return "nada";
        var missing = wanted.Count > 0 && !ranked.Any(item => item.Wanted) ? " <b class=\"bad\">Ningún artículo debido está entre los recuperados.</b>" : "";
        return string.Join(", ", ranked.Where(item => item.Rank <= Ranks || item.Wanted).Select(item => $"{(item.Wanted ? "<b class=\"good\">" : "<span>")}{item.Rank}. {Html(item.Place.Law)} {Html(item.Place.Article)}{(item.Wanted ? "</b>" : "</span>")}")) + missing;
    }

    private static string Verdicts(IReadOnlyList<Answering.Checks.ClaimVerdict> verdicts)
    {
        var table = new StringBuilder("<table><tr><th>afirmación</th><th>pasajes</th><th>sustento</th><th>dictamen</th></tr>");
        foreach (var verdict in verdicts)
        {
            var finding = verdict.Finding is { } fault ? $"<b class=\"bad\">{Html(fault.Check)}</b> en «{Html(fault.Words)}»: {Html(fault.Explanation)}" : "<b class=\"good\">comprobada</b>";
            table.Append(CultureInfo.InvariantCulture, $"<tr><td>{Html(verdict.Text)}</td><td>{Html(string.Join(", ", verdict.Citations.Select(citation => citation.Passage.Id)))}</td><td>{verdict.Support:0.00}</td><td>{finding}</td></tr>");
        }
        return table.Append("</table>").ToString();
    }

    private static void Entry(StringBuilder page, string name, string html) => page.Append(CultureInfo.InvariantCulture, $"<dt>{name}</dt><dd>{html}</dd>");

    private static string Html(string text) => WebUtility.HtmlEncode(text);
}
