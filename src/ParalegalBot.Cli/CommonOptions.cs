using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace ParalegalBot.Cli;

/// <summary>Options that every command takes, and parsers that several share.</summary>
internal static class CommonOptions
{
    /// <summary>Name of the option that chooses the engine, where a command has it.</summary>
    public const string Engine = "--engine";

    /// <summary>Name of the option that names a teacher, where a command has it.</summary>
    public const string Teacher = "--teacher";

    public static Option<string?> Store { get; } = new("--store") { Description = "Archivo con las leyes (predeterminado: el configurado).", HelpName = "ARCHIVO", Recursive = true };

    public static Option<string?> Records { get; } = new("--records") { Description = "Archivo con la bitácora y las conversaciones (predeterminado: el configurado).", HelpName = "ARCHIVO", Recursive = true };

    public static Option<bool> Json { get; } = new("--json") { Description = "Escribe JSON en la salida estándar.", Recursive = true };

    public static IReadOnlyList<Option> All { get; } = [Store, Records, Json];

    /// <summary><c>--as-of</c>.</summary>
    public static Option<DateOnly?> AsOf() => Date("--as-of", "Fecha para la que se consulta la ley.");

    /// <summary>An option that takes an ISO 8601 date.</summary>
    public static Option<DateOnly?> Date(string name, string description) => new(name)
    {
        Description = $"{description} AAAA-MM-DD.",
        HelpName = "FECHA",
        CustomParser = result => ParseDate(result, name),
    };

    private static DateOnly? ParseDate(ArgumentResult result, string name)
    {
        var written = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        if (DateOnly.TryParseExact(written, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)) return date;
        result.AddError($"«{written}» no es una fecha válida para {name}; escríbala como 2025-12-31.");
        return null;
    }
}
