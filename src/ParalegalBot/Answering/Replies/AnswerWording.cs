using System.Globalization;
using System.Text;
using ParalegalBot.Configuration;
using ParalegalBot.Statutes;

namespace ParalegalBot.Answering.Replies;

/// <summary>The plain text of a cited answer: jurisdiction first, claims with numbers, then what each number is, and until when its text was verified.</summary>
public sealed class AnswerWording(Func<string, Statute?> findLaw, StateMatter stateMatter)
{
    internal const string Demonstration = "Demostración con síntesis no oficiales; cargue los textos oficiales con `paralegal fetch`.";

    internal string Cited(Question question, IReadOnlyList<Claim> claims, FirmOptions firm, bool english)
    {
        var passages = claims.SelectMany(claim => claim.Citations).Select(citation => citation.Passage).DistinctBy(passage => passage.Id).ToList();
        var text = new StringBuilder();
        if (stateMatter.Of(question.Text, passages) is { } matter) text.AppendLine(Jurisdiction(matter, question.State, english)).AppendLine();
        foreach (var claim in claims)
            text.Append(claim.Text.Trim()).Append(' ').AppendLine(string.Concat(claim.Citations.Select(citation => $"[{passages.IndexOf(passages.First(passage => passage.Id == citation.Passage.Id)) + 1}]")));
        text.AppendLine().AppendLine(english ? "Sources:" : "Fuentes:");
        for (var i = 0; i < passages.Count; i++) text.AppendLine(CultureInfo.InvariantCulture, $"[{i + 1}] {Source(passages[i], english)}");
        return Finish(text, question, passages, firm, english);
    }

    internal string SourcesOnly(Question question, IReadOnlyList<Passage> sources, FirmOptions firm, bool english)
    {
        var text = new StringBuilder(english
            ? "I could not prove an answer, but these articles of the loaded laws speak of it:"
            : "No pude comprobar una respuesta, pero estos artículos de las leyes cargadas hablan de ello:").AppendLine();
        foreach (var passage in sources) text.AppendLine(CultureInfo.InvariantCulture, $"• {Source(passage, english)}");
        return Finish(text, question, sources, firm, english);
    }

    private static string Finish(StringBuilder text, Question question, IReadOnlyList<Passage> passages, FirmOptions firm, bool english)
    {
        if (passages.Any(passage => !passage.Official)) text.AppendLine().AppendLine(Demonstration);
        if (question.History.Count == 0)
        {
            var lawyer = firm.ResponsibleLawyer.Length == 0 ? "" : english ? $" Responsible lawyer: {firm.ResponsibleLawyer}." : $" Abogado responsable: {firm.ResponsibleLawyer}.";
            text.AppendLine().Append(english ? "This is information, not legal advice." : "Esto es información, no asesoría legal.").AppendLine(lawyer);
        }
        return text.ToString().TrimEnd();
    }

    private string Source(Passage passage, bool english)
    {
        var law = findLaw(passage.Law);
        var remarks = new List<string>();
        if (law?.LastReform is { } reform) remarks.Add(english ? $"last reform {reform:dd-MM-yyyy}" : $"última reforma {reform:dd-MM-yyyy}");
        if (law?.VerifiedThrough is { } day) remarks.Add(english ? $"text verified through {day:dd-MM-yyyy}" : $"texto verificado al {day:dd-MM-yyyy}");
        if ((passage.Validity.Condition ?? law?.Validity.Condition) is { } condition) remarks.Add(english ? $"conditional: {condition}" : $"vigencia condicionada: {condition}");
        return remarks.Count == 0 ? passage.PrintedCitation : $"{passage.PrintedCitation} ({string.Join("; ", remarks)})";
    }

    private static string Jurisdiction(string matter, string? state, bool english)
    {
        var (what, code) = matter switch
        {
            "family" => (english ? "family matters" : "los asuntos familiares", english ? "civil or family code" : "código civil o familiar"),
            "lease" => (english ? "leases" : "los arrendamientos", english ? "civil code" : "código civil"),
            "crime" => (english ? "common crimes" : "los delitos del fuero común", english ? "criminal code" : "código penal"),
            "procedure" => (english ? "civil procedure" : "los juicios civiles", english ? "procedural code" : "código procesal"),
            _ => (english ? "civil matters" : "los asuntos civiles", english ? "civil code" : "código civil"),
        };
        return english
            ? $"This holds in federal matters only: {what} are usually governed by the {code} of {state ?? "your state"}, which is not what is cited here.{(state is null ? " In which state does it happen?" : "")}"
            : $"Solo rige en materia federal: en {what} normalmente decide el {code} de {state ?? "su estado"}, que no es lo que aquí se cita.{(state is null ? " ¿En qué estado ocurre?" : "")}";
    }
}
