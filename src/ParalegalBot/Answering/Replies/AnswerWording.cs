using System.Globalization;
using System.Text;
using ParalegalBot.Configuration;
using ParalegalBot.Statutes;

namespace ParalegalBot.Answering.Replies;

/// <summary>The plain text of an answer: jurisdiction first, claims with numbers, then what each number is, and until when its text was verified.</summary>
public sealed class AnswerWording(StatuteStore store, StateMatter stateMatter)
{
    private const string Demonstration = "Demostración con síntesis no oficiales; cargue los textos oficiales con `paralegal fetch`.";

    internal Answer.Cited Cited(Question question, IReadOnlyList<Claim> claims, FirmOptions firm, bool english)
    {
        var passages = claims.SelectMany(claim => claim.Citations).Select(citation => citation.Passage).DistinctBy(passage => passage.Id).ToList();
        var notices = Notices(question, passages, firm, english);
        var text = new StringBuilder();
        Append(text, notices, NoticeKind.Jurisdiction);
        foreach (var claim in claims)
            text.Append(claim.Text.Trim()).Append(' ').AppendLine(string.Concat(claim.Citations.Select(citation => $"[{passages.IndexOf(passages.First(passage => passage.Id == citation.Passage.Id)) + 1}]")));
        text.AppendLine().AppendLine(english ? "Sources:" : "Fuentes:");
        for (var i = 0; i < passages.Count; i++) text.AppendLine(CultureInfo.InvariantCulture, $"[{i + 1}] {Source(passages[i], english)}");
        text.AppendLine();
        Append(text, notices, NoticeKind.NotAdvice);
        return new Answer.Cited { Text = text.ToString().TrimEnd(), Message = "", Claims = claims, Notices = notices };
    }

    internal Answer.SourcesOnly SourcesOnly(Question question, IReadOnlyList<Passage> sources, FirmOptions firm, bool english)
    {
        var notices = Notices(question, [.. sources.Take(1)], firm, english);
        var message = english
            ? "I could not prove an answer, but these articles of the loaded laws speak of it:"
            : "No pude comprobar una respuesta, pero estos artículos de las leyes cargadas hablan de ello:";
        var text = new StringBuilder();
        Append(text, notices, NoticeKind.Jurisdiction);
        text.AppendLine(message);
        foreach (var passage in sources) text.AppendLine(CultureInfo.InvariantCulture, $"• {Source(passage, english)}");
        text.AppendLine();
        Append(text, notices, NoticeKind.NotAdvice);
        return new Answer.SourcesOnly { Text = text.ToString().TrimEnd(), Message = message, Sources = sources, Notices = notices };
    }

    /// <summary>A reply that stands on a síntesis, or on nothing while only síntesis could have answered, says that this is a demonstration.</summary>
    internal Answer SayDemonstration(Answer answer)
    {
        var passages = ((answer as Answer.Cited)?.Claims ?? []).SelectMany(claim => claim.Citations).Select(citation => citation.Passage).Concat(answer.Sources).ToList();
        var demonstrates = passages.Count > 0 ? passages.Any(passage => !passage.Official) : store.Statutes().Any(law => !law.Official);
        return !demonstrates ? answer : answer with
        {
            Message = answer.Message,
            Text = $"{answer.Text}\n\n{Demonstration}",
            Notices = [.. answer.Notices, new Notice(NoticeKind.Demonstration, Demonstration)],
        };
    }

    private List<Notice> Notices(Question question, IReadOnlyList<Passage> passages, FirmOptions firm, bool english)
    {
        var notices = new List<Notice>();
        if (stateMatter.Of(passages) is { } matter) notices.Add(new Notice(NoticeKind.Jurisdiction, Jurisdiction(matter, question.State, english)));
        if (question.History.Count > 0) return notices;
        var lawyer = firm.ResponsibleLawyer.Length == 0 ? "" : english ? $" Responsible lawyer: {firm.ResponsibleLawyer}." : $" Abogado responsable: {firm.ResponsibleLawyer}.";
        notices.Add(new Notice(NoticeKind.NotAdvice, (english ? "This is information, not legal advice." : "Esto es información, no asesoría legal.") + lawyer));
        return notices;
    }

    private static void Append(StringBuilder text, IReadOnlyList<Notice> notices, NoticeKind kind)
    {
        foreach (var notice in notices.Where(notice => notice.Kind == kind)) text.AppendLine(notice.Text).AppendLine();
    }

    private string Source(Passage passage, bool english)
    {
        var law = store.Find(passage.Law);
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
