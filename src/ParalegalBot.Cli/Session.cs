using System.CommandLine;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ParalegalBot.Answering;
using ParalegalBot.Configuration;
using ParalegalBot.Inference;

namespace ParalegalBot.Cli;

/// <summary>One run of one command: what was typed, the parts it may ask for, and where it prints.</summary>
internal sealed class Session(ParseResult parsed) : IAsyncDisposable
{
    private readonly ServiceProvider services = Configure(Settings(parsed));

    public Output Output { get; } = new(parsed.GetValue(CommonOptions.Json));

    /// <summary>Today where this machine stands.</summary>
    public DateOnly Today => DateOnly.FromDateTime(Get<TimeProvider>().GetLocalNow().DateTime);

    public T Get<T>() where T : notnull => services.GetRequiredService<T>();

    public T? Value<T>(Option<T> option) => parsed.GetValue(option);

    public T? Value<T>(Argument<T> argument) => parsed.GetValue(argument);

    public ValueTask DisposeAsync() => services.DisposeAsync();

    private static ServiceProvider Configure(IConfiguration configuration)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddParalegalBot(configuration);
        services.AddAnswering();
        services.AddInference();
#if ONPREM
        OnPrem.OnPremServices.AddOnPrem(services);
#endif
        return services.BuildServiceProvider();
    }

    /// <summary>Files first, then the environment, then the command line; the last word wins.</summary>
    private static IConfiguration Settings(ParseResult parsed)
    {
        try
        {
            return new ConfigurationBuilder()
                .AddJsonFile(Path.GetFullPath("appsettings.json"), optional: true)
                .AddEnvironmentVariables()
                .AddInMemoryCollection(CommandLine(parsed))
                .AddSecretFiles()
                .Build();
        }
        catch (InvalidDataException cause)
        {
            throw new ParalegalBotException("El archivo appsettings.json no es JSON válido; corríjalo o retírelo.", cause);
        }
    }

    private static IEnumerable<KeyValuePair<string, string?>> CommandLine(ParseResult parsed)
    {
        if (parsed.GetValue(CommonOptions.Store) is { } store) yield return new("Store:Path", store);
        if (parsed.GetValue(CommonOptions.Records) is { } records)
        {
            yield return new("Records:Path", records);
            yield return new("Records:ConnectionString", ""); // a file named here wins over a configured database
        }
        if (parsed.CommandResult.Command.Options.FirstOrDefault(option => option.Name == CommonOptions.Engine) is Option<string?> named && parsed.GetValue(named) is { } engine)
            yield return new("Inference:Engine", engine);
        if (parsed.CommandResult.Command.Options.FirstOrDefault(option => option.Name == CommonOptions.Teacher) is Option<string> taught && parsed.GetValue(taught) is { } teacher && Uri.IsWellFormedUriString(teacher, UriKind.Absolute))
        {
            yield return new("Inference:Engine", "openai");
            yield return new("Inference:Endpoint", teacher);
        }
    }
}
