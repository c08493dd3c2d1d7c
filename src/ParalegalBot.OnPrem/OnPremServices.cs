using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ParalegalBot.Configuration;
using ParalegalBot.Inference;
#if LLAMASHARP
using ParalegalBot.OnPrem.LlamaSharp;
#endif
#if QDRANT
using ParalegalBot.OnPrem.Qdrant;
#endif
#if CLOUDADAPTER
using ParalegalBot.OnPrem.Teams;
#endif

namespace ParalegalBot.OnPrem;

/// <summary>Registers the on-premises parts that were compiled in, each under the name by which a setting chooses it.</summary>
public static class OnPremServices
{
    /// <summary>Registers the parts; what is not chosen is never loaded.</summary>
    public static IServiceCollection AddOnPrem(this IServiceCollection services)
    {
#if LLAMASHARP
        services.AddValidatedOptions<LlamaSharpOptions, LlamaSharpOptions.Rules>("LlamaSharp");
        services.AddKeyedSingleton<IChatClient>(InferenceOptions.LlamaSharp, (provider, _) =>
            LlamaSharpChat.Open(InferenceServices.ModelOptions(provider), provider.GetRequiredService<IOptions<LlamaSharpOptions>>().Value));
        services.AddKeyedSingleton<IEmbeddingGenerator<string, Embedding<float>>>(EmbeddingsOptions.LlamaSharp, (provider, _) => new LlamaSharpEmbeddingGenerator(
            provider.GetRequiredService<IOptions<EmbeddingsOptions>>().Value.ModelPath, provider.GetRequiredService<IOptions<LlamaSharpOptions>>().Value));
#endif
#if QDRANT
        services.AddSemanticKernelQdrant();
#endif
#if CLOUDADAPTER
        services.AddCloudAdapter();
#endif
        return services;
    }
}
