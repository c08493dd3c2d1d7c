using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using ParalegalBot.Answering;
using ParalegalBot.Answering.Checks;
using ParalegalBot.Configuration;
using ParalegalBot.Inference;
using ParalegalBot.Retrieval;
using ParalegalBot.Statutes;
using ParalegalBot.Tests.Statutes;

namespace ParalegalBot.Tests.Inference;

/// <summary>The shipped services over a law of three articles, with settings of the test's choice.</summary>
internal sealed class EngineSetting : IDisposable
{
    private readonly ScratchFolder folder = new();
    private readonly Dictionary<string, string?> settings = [];
    private readonly ServiceCollection services = [];
    private ServiceProvider? provider;

    public EngineSetting(params (string Name, string Value)[] settings)
    {
        this["Store:Path"] = folder["statutes.db"];
        this["Records:Path"] = folder["records.db"];
        foreach (var (name, value) in settings) this[name] = value;
        services.AddLogging(logging => logging.AddProvider(Log));
    }

    public string this[string name]
    {
        set => settings[name] = value;
    }

    /// <summary>Where added services win over the shipped ones.</summary>
    public IServiceCollection Services => services;

    public LogLines Log { get; } = new();

    public T Get<T>() where T : notnull => (provider ??= Provide()).GetRequiredService<T>();

    public Task<Answer> AskAsync(string text, CancellationToken cancellationToken, string person = "ana", IProgress<string>? progress = null) =>
        Get<LegalAssistant>().AnswerAsync(new Question { Text = text, Person = person }, progress, cancellationToken);

    /// <summary>Disposes of the services and keeps the files: what a restart does.</summary>
    public void Restart()
    {
        provider?.Dispose();
        provider = null;
    }

    public void Dispose()
    {
        provider?.Dispose();
        folder.Dispose();
    }

    private ServiceProvider Provide()
    {
        services.TryAddSingleton(WrittenQuestions.None);
        services.TryAddSingleton(AnswerThresholds.ShowAll);
        services.AddParalegalBot(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        services.AddAnswering();
        services.AddInference();
        var built = services.BuildServiceProvider();
        var store = built.GetRequiredService<StatuteStore>();
        if (store.Statutes().Count == 0)
            store.Write(StoreSamples.Statute("LFT"), StoreSamples.Document("LFT", null,
                ("1", "Esta ley rige los talleres de tejido."),
                ("2", "El tejedor avisará al taller con quince días de anticipación."),
                ("3", "El maestro avisará al taller con veinte días de anticipación.")), StoreSamples.Source("a"));
        return built;
    }

    /// <summary>What was logged.</summary>
    internal sealed class LogLines : ILoggerProvider, ILogger
    {
        private readonly System.Collections.Concurrent.ConcurrentQueue<(LogLevel Level, string Text)> lines = new();

        public IReadOnlyCollection<(LogLevel Level, string Text)> Lines => lines;

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel)) lines.Enqueue((logLevel, $"{formatter(state, exception)} {exception?.GetType().Name}: {exception?.Message}"));
        }

        public void Dispose() { }
    }
}
