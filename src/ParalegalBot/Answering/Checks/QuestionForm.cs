using System.Text.RegularExpressions;
using ParalegalBot.Answering.Figures;

namespace ParalegalBot.Answering.Checks;

/// <summary>What form of answer a question asks for.</summary>
public enum QuestionForm
{
    /// <summary>No form in particular.</summary>
    Open,

    /// <summary>How much or how many: any amount.</summary>
    Amount,

    /// <summary>How long, until when: a length of time or a date.</summary>
    Time,

    /// <summary>What something is.</summary>
    Definition,
}

/// <summary>Reads the form off the question's words.</summary>
public static partial class QuestionForms
{
    /// <summary>The form; time goes before amount (<c>¿cuántos días?</c>).</summary>
    public static QuestionForm Of(string question)
    {
        var folded = FoldedText.Of(question);
        if (Time().IsMatch(folded)) return QuestionForm.Time;
        if (Amount().IsMatch(folded)) return QuestionForm.Amount;
        return Definition().IsMatch(folded) ? QuestionForm.Definition : QuestionForm.Open;
    }

    /// <summary>Whether a figure is what the form asks for.</summary>
    public static bool Answers(QuestionForm form, Figure figure) => form switch
    {
        QuestionForm.Time => figure.Kind is FigureKind.Duration or FigureKind.Date,
        QuestionForm.Amount => figure.Kind is not (FigureKind.Reference or FigureKind.Ordinal),
        _ => false,
    };

    /// <summary>Whether a text forbids, voids or denies: then "nothing" is what answers how much or how long.</summary>
    public static bool Denies(string text) => Denial().IsMatch(FoldedText.Of(text));

    [GeneratedRegex(@"\bprohib|\bnul[oa]s?\b|\bnulidad\b|\birrenunciab|\bimproceden|\bno\s+procede|\binembargab|\b(?:no|ni)\s+(?:se\s+)?(?:podran?|pueden?|sera[n]?|es|son|habra|admitira[n]?|causara[n]?|estara[n]?)\b|\ben\s+ningun\s+caso\b|\bnadie\b|\bninguna?\b|\bexent[oa]s?\b|\bse\s+derogan?\b")]
    private static partial Regex Denial();

    [GeneratedRegex(@"\bcuant[oa]s?\s+(?:\w+\s+)?(?:dias?|meses|mes|anos?|semanas?|horas?|tiempo|dura\w*)\b|\bcuando\b|\bplazo|\btermino\s+para|\bhasta\s+(?:que|cual|cuando)|\b(?:en|que)\s+que\s+(?:fecha|dia)|\bque\s+fecha|\bvigencia\b|\bprescrib|\bedad\b|\bhow\s+long|\bdeadline|\bwhen\b|\bhow\s+many\s+(?:days|months|years|weeks|hours)")]
    private static partial Regex Time();

    [GeneratedRegex(@"\bcuant[oa]s?\b|\bque\s+(?:porcentaje|cantidad|monto|sancion|multa|pena|mayoria|porcion)\b|\b(?:maximo|minimo)\b|\bde\s+a\s+como\b|\ba\s+como\b|\bhow\s+(?:much|many)\b|\bpercentage\b|\bmajority\b")]
    private static partial Regex Amount();

    [GeneratedRegex(@"\bque\s+(?:es|son|se\s+entiende|significa|se\s+considera)\b|\bdefin|\bconcepto\s+de\b|\ba\s+que\s+se\s+(?:le\s+)?llama|\bwhat\s+(?:is|are)\b")]
    private static partial Regex Definition();
}
