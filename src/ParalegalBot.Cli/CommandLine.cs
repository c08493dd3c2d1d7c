using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Npgsql;

namespace ParalegalBot.Cli;

/// <summary>The frame: parses, runs, and turns every failure into one sentence on stderr and an exit code.</summary>
internal static class CommandLine
{
    public const int Failed = 1;
    public const int WrongUsage = 2;

    public static async Task<int> RunAsync(IReadOnlyList<string> args, IReadOnlyList<Command> commands)
    {
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        // The parser's own messages come in Spanish with it.
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("es-MX");
        var root = new RootCommand("Asistente paralegal para derecho mexicano: cita la ley o se abstiene.");
        foreach (var option in CommonOptions.All) root.Add(option);
        foreach (var command in commands) root.Add(command);
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0) return Usage(parsed, parsed.Errors.Select(error => error.Message));
        // The parser takes a misspelt option for a law's name or a question; after "--" it is one.
        var misspelt = args.TakeWhile(arg => arg != "--").Where(arg => arg.StartsWith("--", StringComparison.Ordinal))
            .Intersect(parsed.CommandResult.Tokens.Where(token => token.Type is TokenType.Argument).Select(token => token.Value)).FirstOrDefault();
        if (misspelt is not null) return Usage(parsed, [$"Opción no reconocida: {misspelt}."]);
        return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    }

    /// <summary>Sets what the command does; see Program.cs.</summary>
    public static Command Runs(this Command command, Func<Session, CancellationToken, Task<int>> action)
    {
        command.SetAction(async (parsed, cancellationToken) =>
        {
            try
            {
                await using var session = new Session(parsed);
                return await action(session, cancellationToken);
            }
            catch (Exception failure)
            {
                await Console.Error.WriteLineAsync(OneSentence(failure));
                return Failed;
            }
        });
        return command;
    }

    /// <summary>The same for a command that has nothing to wait for.</summary>
    public static Command Runs(this Command command, Func<Session, int> action) => command.Runs((session, _) => Task.FromResult(action(session)));

    private static int Usage(ParseResult parsed, IEnumerable<string> errors)
    {
        var wrong = string.Join(' ', errors.Select(error => error.Trim()).Distinct());
        Console.Error.WriteLine($"{wrong} Vea «paralegal {string.Join(' ', Path(parsed.CommandResult))}--help».");
        return WrongUsage;
    }

    private static IEnumerable<string> Path(CommandResult command) =>
        command.Parent is CommandResult parent ? [.. Path(parent), command.Command.Name + " "] : [];

    private static string OneSentence(Exception failure) => failure switch
    {
        ParalegalBotException => failure.Message,
        OptionsValidationException options => $"La configuración no es válida: {string.Join(" ", options.Failures)}",
        OperationCanceledException => "Interrumpido; lo ya guardado queda guardado.",
        SqliteException { SqliteErrorCode: 5 or 6 } => "La base está ocupada por otro proceso; espere a que termine e intente de nuevo.",
        SqliteException { SqliteErrorCode: 13 } => "El disco está lleno; libere espacio e intente de nuevo.",
        NpgsqlException => "La base de datos de la bitácora no contesta o rechazó la operación; revise el servidor PostgreSQL e intente de nuevo.",
        NotImplementedException => "Esta parte aún no está disponible en esta versión.",
        _ => $"Error inesperado ({failure.GetType().Name}): {failure.Message.ReplaceLineEndings(" ")}",
    };
}
