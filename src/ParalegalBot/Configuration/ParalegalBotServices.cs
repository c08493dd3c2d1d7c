using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using ParalegalBot.Ingestion;
using ParalegalBot.Ingestion.Fetch;
using ParalegalBot.Records;
using ParalegalBot.Statutes;

namespace ParalegalBot.Configuration;

/// <summary>Registers what the library itself provides: options, files, catalogue, ingestion.</summary>
public static class ParalegalBotServices
{
    /// <summary>Registers stores, records and ingestion from <paramref name="configuration"/>; files are opened when first asked for.</summary>
    public static IServiceCollection AddParalegalBot(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(configuration);
        services.TryAddSingleton(TimeProvider.System);
        services.AddValidatedOptions<StoreOptions, StoreOptions.Rules>("Store");
        services.AddValidatedOptions<RecordsOptions, RecordsOptions.Rules>("Records");
        services.AddValidatedOptions<FirmOptions, FirmOptions.Rules>("Firm");
        services.AddValidatedOptions<AnswersOptions, AnswersOptions.Rules>("Answers");
        services.TryAddSingleton(provider => StatuteStore.Open(provider.GetRequiredService<IOptions<StoreOptions>>().Value.Path));
        services.TryAddSingleton(provider => provider.GetRequiredService<IOptions<RecordsOptions>>().Value is { ConnectionString.Length: > 0 } shared
            ? RecordsFile.Connect(shared.ConnectionString) : RecordsFile.Open(provider.GetRequiredService<IOptions<RecordsOptions>>().Value.Path));
        services.TryAddSingleton(_ => RandomNumberGenerator.Create());
        services.TryAddSingleton<AuditLog>();
        services.TryAddSingleton<ConversationStore>();
        services.TryAddSingleton<Outbox>();
        services.TryAddSingleton<Inbox>();
        services.TryAddSingleton<Contacts>();
        services.TryAddSingleton<FeedbackStore>();
        services.TryAddSingleton<SpendingLedger>();
        services.TryAddSingleton(_ => StatuteCatalogue.Load());
        services.TryAddSingleton<StatuteReading>(ReadStatute);
        services.TryAddSingleton<IngestionRun>();
        services.TryAddSingleton<StarterSet>();
        services.AddValidatedOptions<FetchOptions, FetchOptions.Rules>("Fetch");
        services.TryAddSingleton<OfficialSite>();
        services.TryAddSingleton<StatuteFetch>();
        return services;
    }

    private static (SourceKind, StatuteDocument) ReadStatute(string path, string law)
    {
        var source = SourceReader.Read(path, IngestionLimits.Default);
        return (source.Kind, StatuteParser.Parse(source, law));
    }
}
