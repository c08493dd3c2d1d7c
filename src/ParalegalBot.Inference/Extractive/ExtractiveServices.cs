using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ParalegalBot.Retrieval;

namespace ParalegalBot.Inference.Extractive;

/// <summary>Registers the engine without a model.</summary>
public static class ExtractiveServices
{
    /// <summary>Makes <see cref="ExtractiveChatClient"/> the engine.</summary>
    public static IServiceCollection AddExtractiveEngine(this IServiceCollection services)
    {
        services.TryAddSingleton(provider => new SentenceChoice(term => provider.GetRequiredService<IPassageIndex>().Idf(term), provider.GetRequiredService<Vocabulary>()));
        services.TryAddSingleton<IChatClient, ExtractiveChatClient>();
        return services;
    }
}
