using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using ParalegalBot.Retrieval;
using ParalegalBot.Retrieval.Qdrant;
using ParalegalBot.Statutes;

namespace ParalegalBot.Configuration;

/// <summary>Gets the configured index ready for the first question; with Qdrant it builds the index where none was ever built.</summary>
public delegate Task OpenPassageIndex(CancellationToken cancellationToken);

/// <summary>Registers the index that the configuration names.</summary>
public static class RetrievalServices
{
    /// <summary>Registers <see cref="IPassageIndex"/>, what opens it, and the builds of Qdrant.</summary>
    public static IServiceCollection AddPassageIndex(this IServiceCollection services)
    {
        services.AddValidatedOptions<RetrievalOptions, RetrievalOptions.Rules>("Retrieval");
        services.AddValidatedOptions<QdrantOptions, QdrantOptions.Rules>("Qdrant");
        services.TryAddSingleton<PassageEmbedder>();
        services.TryAddSingleton<SqlitePassageIndex>();
        services.TryAddSingleton<QdrantConnection>();
        services.TryAddSingleton<QdrantBuilds>();
        services.NeedOnPrem<RetrievalOptions, IQdrantQueries>(RetrievalOptions.SemanticKernel, options => options.Index, "Retrieval:Index");
        services.TryAddSingleton(provider => new QdrantPassageIndex(
            provider.GetRequiredService<QdrantConnection>(), provider.GetRequiredService<IOptions<QdrantOptions>>(), provider.GetRequiredService<TimeProvider>(), provider.GetService<PassageEmbedder>())
        {
            Queries = provider.GetKeyedService<IQdrantQueries>(provider.GetRequiredService<IOptions<RetrievalOptions>>().Value.Index) ?? provider.GetRequiredService<QdrantConnection>(),
        });
        services.TryAddSingleton<IPassageIndex>(provider => UsesQdrant(provider)
            ? provider.GetRequiredService<QdrantPassageIndex>() : provider.GetRequiredService<SqlitePassageIndex>());
        services.TryAddSingleton<OpenPassageIndex>(provider => UsesQdrant(provider)
            ? cancellationToken => OpenQdrantAsync(provider, cancellationToken)
            : async cancellationToken => await provider.GetRequiredService<SqlitePassageIndex>().SnapshotAsync(cancellationToken).ConfigureAwait(false));
        return services;
    }

    private static bool UsesQdrant(IServiceProvider provider) => provider.GetRequiredService<IOptions<RetrievalOptions>>().Value.Qdrant;

    private static async Task OpenQdrantAsync(IServiceProvider provider, CancellationToken cancellationToken)
    {
        var builds = provider.GetRequiredService<QdrantBuilds>();
        if (await builds.CurrentAsync(cancellationToken).ConfigureAwait(false) is null)
            await builds.PublishAsync(provider.GetRequiredService<StatuteStore>(), provider.GetRequiredService<PassageEmbedder>(), cancellationToken: cancellationToken).ConfigureAwait(false);
        var nothing = new PassageQuery { Terms = [], AsOf = DateOnly.MinValue };
        await provider.GetRequiredService<QdrantPassageIndex>().SearchAsync(nothing, cancellationToken).ConfigureAwait(false);
    }
}
