using ParalegalBot.Evaluation.Scorers;

namespace ParalegalBot.Evaluation;

/// <summary>The shares of a run, each with what it counts; answer rate and error among answered always stand side by side.</summary>
public static class ShareMeasures
{
    /// <summary>All of them in the order of the report. They need rows alone, so that a run can be read back from its file.</summary>
    public static IReadOnlyList<Share> Of(IReadOnlyList<CaseRow> results)
    {
        var scored = results.Select(result => new Scored(result, CaseVerdict.Of(result))).Where(item => item.Verdict is not Verdict.Unscored).ToList();
        var answerable = scored.Where(item => item.Case.Expected == "answer").ToList();
        var answered = answerable.Where(item => item.Outcome == "cited").ToList();
        var withheld = answerable.Where(item => item.Outcome == "sources").ToList();
        var refusable = scored.Where(item => item.Case.Expected == "refuse").ToList();
        var shares = new List<Share>
        {
            new("accurate", "Acertadas, de las que tienen respuesta", Count(answerable, item => item.Verdict is Verdict.Accurate)),
            new("answer rate", "Respondidas con citas", new Wilson(answered.Count, answerable.Count)),
            new("error among answered", "Erróneas entre las respondidas", Count(answered, item => item.Verdict is Verdict.Hallucinated)),
            new("partial among answered", "Parciales entre las respondidas", Count(answered, item => item.Verdict is Verdict.Partial)),
            new("hallucinated, all cases", "Alucinadas, de todos los casos", Count(scored, item => item.Verdict is Verdict.Hallucinated)),
            new("cited-gold among answered", "Citan todos los artículos debidos, entre las respondidas", Count(answered, item => CitedGold.Whole(item.Row))),
            new("facts among answered", "Dicen todos los datos, entre las respondidas", Count(answered, item => Facts.All(item.Row))),
            new("gold among sources shown", "El artículo debido está entre los mostrados sin respuesta", Count(withheld, item => CitedGold.Shown(item.Row))),
            new("over-refusal", "Rechazadas de más", Count(answerable, item => item.Outcome == "refused")),
            new("refused rightly", "Rechazadas con razón", Count(refusable, item => item.Verdict is Verdict.Accurate)),
            new("sources where it must refuse", "Artículos mostrados donde debía rechazar", Count(refusable, item => item.Outcome == "sources")),
        };
        foreach (var style in answerable.GroupBy(item => item.Case.Style).Where(group => group.Key.Length > 0).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            shares.Add(new($"answer rate, {style.Key}", $"Respondidas con citas, {StyleTitle(style.Key)}", Count(style, item => item.Outcome == "cited")));
            shares.Add(new($"error among answered, {style.Key}", $"Erróneas entre las respondidas, {StyleTitle(style.Key)}", Count(style.Where(item => item.Outcome == "cited"), item => item.Verdict is Verdict.Hallucinated)));
            shares.Add(new($"accurate, {style.Key}", $"Acertadas, {StyleTitle(style.Key)}", Count(style, item => item.Verdict is Verdict.Accurate)));
        }
        foreach (var kind in scored.GroupBy(item => item.Case.Kind).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            shares.Add(new($"accurate, {kind.Key}", $"Acertadas, clase {kind.Key}", Count(kind, item => item.Verdict is Verdict.Accurate)));
            if (kind.Select(item => item.Case.Style).Distinct().Count() < 2) continue;
            shares.AddRange(kind.GroupBy(item => item.Case.Style).OrderBy(group => group.Key, StringComparer.Ordinal).Select(style =>
                new Share($"accurate, {kind.Key}, {style.Key}", $"Acertadas, clase {kind.Key}, {StyleTitle(style.Key)}", Count(style, item => item.Verdict is Verdict.Accurate))));
        }
        return shares;
    }

    internal static string StyleTitle(string style) => style switch
    {
        "lay" => "lenguaje común",
        "formal" => "lenguaje formal",
        _ => style,
    };

    private static Wilson Count(IEnumerable<Scored> of, Func<Scored, bool> hit) => of.ToList() is var all ? new Wilson(all.Count(hit), all.Count) : default;

    private sealed record Scored(CaseRow Row, Verdict Verdict)
    {
        public EvaluationCase Case => Row.Case;

        public string Outcome => Row.Row.Outcome;
    }
}
