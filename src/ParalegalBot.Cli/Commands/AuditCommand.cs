using System.CommandLine;
using System.Globalization;
using ParalegalBot.Records;

namespace ParalegalBot.Cli.Commands;

/// <summary><c>paralegal audit</c>: the log of answers.</summary>
internal static class AuditCommand
{
    public static Command Create() => new("audit", "Bitácora de respuestas: consultar, verificar, exportar y borrar.") { Show(), Verify(), Export(), Erase() };

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
            Print(session.Output, session.Get<AuditLog>().Export(session.Value(person)!));
            return 0;
        });
    }

    private static Command Erase()
    {
        var person = Person();
        return new Command("erase", "Borra el contenido de una persona; la cadena sigue siendo verificable.") { person }.Runs(session =>
        {
            var rows = session.Get<AuditLog>().Erase(session.Value(person)!);
            if (session.Output.AsJson) session.Output.Json(new { Erased = rows });
            else session.Output.Line($"Se borró el contenido de {rows} renglones.");
            return 0;
        });
    }

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
