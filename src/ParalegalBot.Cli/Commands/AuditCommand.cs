using System.CommandLine;
using System.Globalization;
using ParalegalBot.Records;

namespace ParalegalBot.Cli.Commands;

/// <summary><c>paralegal audit</c>: the log of answers.</summary>
internal static class AuditCommand
{
    public static Command Create() => new("audit", "Bitácora de respuestas: consultar, verificar, y los derechos de las personas sobre sus datos.") { Show(), Verify(), Export(), Erase(), Rectify(), Oppose(), Request(), Requests(), Advance(), Retain() };

    private static Command Show()
    {
        var id = new Argument<string?>("ID") { Description = "Una respuesta; sin él, las últimas.", Arity = ArgumentArity.ZeroOrOne };
        var last = new Option<int>("--last") { Description = "Cuántas de las últimas.", DefaultValueFactory = _ => 20, HelpName = "N" };
        return new Command("show", "Muestra una respuesta o las últimas.") { id, last }.Runs(session =>
        {
            var log = session.Get<AuditLog>();
            if (session.Value(id) is not { } wanted) Print(session.Output, log.Last(session.Value(last)));
            else Print(session.Output, [log.Show(wanted) ?? throw new ParalegalBotException($"La bitácora no tiene la respuesta «{wanted}»; vea las últimas con «paralegal audit show».")]);
            return 0;
        });
    }

    private static Command Verify() => new Command("verify", "Comprueba que nadie haya alterado la bitácora.").Runs(session =>
    {
        var verification = session.Get<AuditLog>().Verify();
        if (session.Output.AsJson) session.Output.Json(verification);
        else if (verification.Whole) session.Output.Line($"La bitácora está íntegra: {verification.Rows} renglones.");
        return verification.Whole ? 0 : throw new ParalegalBotException($"La bitácora no está íntegra. {verification.Problem} Compárela con su último respaldo.");
    });

    private static Command Export()
    {
        var person = Person();
        return new Command("export", "Exporta lo que se guarda de una persona.") { person }.Runs(session =>
        {
            Print(session.Output, session.Get<DataRights>().Access(session.Value(person)!, Channel));
            return 0;
        });
    }

    private static Command Erase()
    {
        var person = Person();
        return new Command("erase", "Borra el contenido de una persona; la cadena sigue siendo verificable.") { person }.Runs(session =>
        {
            var rows = session.Get<DataRights>().Cancel(session.Value(person)!, Channel);
            if (session.Output.AsJson) session.Output.Json(new { Erased = rows });
            else session.Output.Line($"Se borró el contenido de {rows} renglones.");
            return 0;
        });
    }

    private static Command Rectify()
    {
        var (person, id, text) = (Person(), new Option<string>("--answer") { Description = "Id de la respuesta.", HelpName = "ID", Required = true }, new Argument<string>("TEXTO") { Description = "Qué se corrige." });
        return new Command("rectify", "Anota una corrección junto a una respuesta; la bitácora no se reescribe.") { person, id, text }.Runs(session =>
        {
            if (!session.Get<DataRights>().Rectify(session.Value(person)!, Channel, session.Value(id)!, session.Value(text)!))
                throw new ParalegalBotException($"La persona no tiene la respuesta «{session.Value(id)}»; vea las suyas con «paralegal audit export --person ID».");
            session.Output.Line("Se anotó la corrección.");
            return 0;
        });
    }

    private static Command Oppose()
    {
        var person = Person();
        return new Command("oppose", "Atiende la oposición de una persona: en adelante no se guarda lo que pregunte.") { person }.Runs(session =>
        {
            session.Get<DataRights>().Oppose(session.Value(person)!, Channel);
            session.Output.Line("En adelante no se guarda lo que pregunte esa persona.");
            return 0;
        });
    }

    private static Command Request()
    {
        var (person, note) = (Person(), new Option<string?>("--note") { Description = "Qué se pidió.", HelpName = "TEXTO" });
        var right = new Argument<DataRight>("DERECHO") { Description = "Access, Rectification, Cancellation u Opposition." };
        return new Command("request", "Registra una solicitud de derechos ARCO que atenderá una persona; su plazo corre desde hoy.") { right, person, note }.Runs(session =>
        {
            PrintRequests(session.Output, [session.Get<DataRights>().Receive(session.Value(right), session.Value(person)!, Channel, session.Value(note))]);
            return 0;
        });
    }

    private static Command Requests()
    {
        var all = new Option<bool>("--all") { Description = "También las atendidas." };
        return new Command("requests", "Solicitudes de derechos ARCO con sus plazos: 20 días hábiles para responder y 15 para cumplir.") { all }.Runs(session =>
        {
            PrintRequests(session.Output, session.Get<DataRights>().List(open: !session.Value(all)));
            return 0;
        });
    }

    private static Command Advance()
    {
        var (id, note) = (new Argument<string>("ID") { Description = "La solicitud." }, new Option<string?>("--note") { Description = "Qué se hizo.", HelpName = "TEXTO" });
        return new Command("advance", "Anota que una solicitud se respondió o, si ya estaba respondida, que se cumplió.") { id, note }.Runs(session =>
        {
            if (!session.Get<DataRights>().Advance(session.Value(id)!, session.Value(note)))
                throw new ParalegalBotException($"No hay una solicitud pendiente «{session.Value(id)}»; véalas con «paralegal audit requests».");
            session.Output.Line("Anotado.");
            return 0;
        });
    }

    private static Command Retain() => new Command("retain", "Aplica la política de conservación (Records:AnswerDays y Records:ConversationDays).").Runs(session =>
    {
        var (answers, turns) = session.Get<Retention>().Apply();
        if (session.Output.AsJson) session.Output.Json(new { Answers = answers, Turns = turns });
        else session.Output.Line($"Se vació el contenido de {answers} renglones y se olvidaron {turns} turnos.");
        return 0;
    });

    private const string Channel = "cli";

    private static void PrintRequests(Output output, IReadOnlyList<DataRequest> requests)
    {
        if (output.AsJson) output.Json(requests);
        else
            output.Table(["Id", "Derecho", "Canal", "Recibida", "Responder a más tardar", "Respondida", "Cumplir a más tardar", "Cumplida"], requests.Select(request => (IReadOnlyList<string>)
            [
                request.Id, request.Right.ToString(), request.Channel, Day(request.Received), Day(request.AnswerBy), Day(request.Answered), Day(request.CarryOutBy), Day(request.Done),
            ]));
    }

    private static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    private static Option<string> Person() => new("--person") { Description = "La persona, como la nombra su canal.", HelpName = "ID", Required = true };

    private static void Print(Output output, IReadOnlyList<AuditRow> rows)
    {
        if (output.AsJson) output.Json(rows);
        else
            output.Table(["Id", "Fecha", "Canal", "Resultado", "Motor", "Pregunta"], rows.Select(row => (IReadOnlyList<string>)
            [
                row.Id, row.At.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), row.Channel,
                row.Reason is null ? row.Outcome : $"{row.Outcome} ({row.Reason})", row.Engine, row.Question ?? "(borrada)",
            ]));
    }
}
