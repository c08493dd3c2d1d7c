using System.Collections.Frozen;
using System.Text.RegularExpressions;
using ParalegalBot.Answering;

namespace ParalegalBot.Retrieval;

/// <summary>What a question asks for beside its subject, and what a text offers.</summary>
[Flags]
public enum AskedForm
{
    /// <summary>Nothing in particular.</summary>
    None = 0,

    /// <summary>How long, until when, how often.</summary>
    Time = 1,

    /// <summary>How much or how many.</summary>
    Amount = 2,

    /// <summary>What something is.</summary>
    Definition = 4,

    /// <summary>What punishment something carries.</summary>
    Penalty = 8,

    /// <summary>What must be brought or be written.</summary>
    Requirement = 16,

    /// <summary>From or until which age.</summary>
    Age = 32,

    /// <summary>Who decides, before whom.</summary>
    Authority = 64,
}

/// <summary>
/// Reads forms by a few words: cheap enough for every passage of a store. It only ranks; whether an answer has the figure that was asked for
/// is decided in the check.
/// </summary>
public static partial class AskedForms
{
    /// <summary>A definition shows itself in so many first words.</summary>
    private const int Beginning = 14;

    private static readonly FrozenSet<string> Units = Set("dia dias mes meses ano anos hora horas semana semanas minutos");
    private static readonly FrozenSet<string> Amounts = Set("pesos ciento porciento salario salarios uma unidad unidades veces cuota cuotas tercio mitad doble triple tanto");
    private static readonly FrozenSet<string> Penalties = Set("prision multa multas pena penas sancion sanciones sancionara impondra impondran arresto castigara infraccion");
    private static readonly FrozenSet<string> Requirements = Set("requisito requisitos documentos acompanar acompanara acompanarse contener contendra comprobante copia acta solicitud certificado");
    private static readonly FrozenSet<string> Authorities = Set("ante competente autoridad juez tribunal secretaria procuraduria corresponde facultades atribuciones compete");
    private static readonly FrozenSet<string> Defining = Set("entiende entienden entendera entenderan considera consideran denomina consiste comete llama");
    private static readonly FrozenSet<string> Articles = Set("el la un una los aquel aquella toda todo");
    private static readonly FrozenSet<string> Being = Set("es son sera");
    private static readonly FrozenSet<string> Numbers = Set(
        "un una uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis dieciocho veinte veinticuatro treinta cuarenta cincuenta "
        + "sesenta setenta ochenta noventa cien ciento doscientos trescientos quinientos mil");

    /// <summary>What the question asks for.</summary>
    public static AskedForm OfQuestion(string question)
    {
        var folded = FoldedText.Of(question);
        var asked = AskedForm.None;
        if (Time().IsMatch(folded)) asked |= AskedForm.Time;
        else if (Amount().IsMatch(folded)) asked |= AskedForm.Amount;
        if (Definition().IsMatch(folded)) asked |= AskedForm.Definition;
        if (Penalty().IsMatch(folded)) asked |= AskedForm.Penalty;
        if (Requirement().IsMatch(folded)) asked |= AskedForm.Requirement;
        if (Age().IsMatch(folded)) asked |= AskedForm.Age;
        if (Authority().IsMatch(folded)) asked |= AskedForm.Authority;
        return asked;
    }

    /// <summary>What a text of a statute offers.</summary>
    public static AskedForm OfText(string text)
    {
        var offered = AskedForm.None;
        var previous = "";
        var place = 0;
        foreach (var printed in SpanishAnalysis.Words(text))
        {
            var word = SpanishAnalysis.Fold(printed);
            var counted = previous.Length > 0 && (char.IsAsciiDigit(previous[0]) || Numbers.Contains(previous));
            if (counted && Units.Contains(word) || word is "plazo" or "termino" or "inmediatamente" or "inmediato") offered |= AskedForm.Time;
            if (counted && word is "dias" or "por" || Amounts.Contains(word)) offered |= AskedForm.Amount;
            if (Penalties.Contains(word)) offered |= AskedForm.Penalty;
            if (Requirements.Contains(word)) offered |= AskedForm.Requirement;
            if (Authorities.Contains(word)) offered |= AskedForm.Authority;
            if (word is "edad" || word is "cumplidos" && previous is "anos") offered |= AskedForm.Age;
            if (++place <= Beginning && (Defining.Contains(word) || Articles.Contains(word) && Being.Contains(previous))) offered |= AskedForm.Definition;
            previous = word;
        }
        return offered;
    }

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);

    [GeneratedRegex(@"\bcuant[oa]s?\s+(?:\w+\s+)?(?:dias?|meses|mes|anos?|semanas?|horas?|tiempo|dura\w*)\b|\bcuando\b|\bplazo|\btermino\s+para|\bhasta\s+(?:que|cual|cuando)|\b(?:en|que)\s+que\s+(?:fecha|dia)|\bque\s+fecha|\bvigencia\b|\bprescrib|\bcada\s+cuanto|\btodavia\b|\ba\s+tiempo\b|\bhow\s+(?:long|often)|\bdeadline|\bhow\s+many\s+(?:days|months|years|weeks|hours)")]
    private static partial Regex Time();

    [GeneratedRegex(@"\bcuant[oa]s?\b|\bque\s+(?:porcentaje|cantidad|monto|mayoria|porcion)\b|\b(?:maximo|minimo)\b|\ba\s+como\b|\bhow\s+(?:much|many)\b|\bpercentage\b|\bmajority\b")]
    private static partial Regex Amount();

    [GeneratedRegex(@"\bque\s+(?:es|son|se\s+entiende|significa|se\s+considera|quiere\s+decir|cuenta\s+como)\b|\bdefin|\bconcepto\s+de\b|\ba\s+que\s+se\s+(?:le\s+)?llama|\bwhat\s+(?:is|are)\b")]
    private static partial Regex Definition();

    [GeneratedRegex(@"\bcarcel|\bmulta|\bpena\b|\bsancion|\bcastig|\bdelito|\bprision|\binfraccion|\bencerr|\bbote\b|\bdenunci|\bjail|\bprison|\bfine\b")]
    private static partial Regex Penalty();

    [GeneratedRegex(@"\bpapeles|\brequisito|\bdocumento|\bque\s+(?:necesito|ocupo|hace\s+falta|se\s+necesita|tiene\s+que\s+(?:llevar|decir|traer)|debe\s+(?:llevar|contener|decir))|\brequirement")]
    private static partial Regex Requirement();

    [GeneratedRegex(@"\bedad\b|\bque\s+anos\b|\bmenor(?:es)?\s+de\b|\bcuantos\s+anos\s+(?:hay|debo|tengo|tiene)|\bhow\s+old")]
    private static partial Regex Age();

    [GeneratedRegex(@"\bquien(?:es)?\b|\bdonde\b|\bwho\b|\bwhere\b")]
    private static partial Regex Authority();
}
