using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using ParalegalBot.Configuration;
using ParalegalBot.Inference.Extractive;
using ParalegalBot.Inference.Gguf;
using ParalegalBot.Inference.StaticEmbeddings;
using ParalegalBot.Retrieval;

namespace ParalegalBot.Inference;

/// <summary>Registers the engine and the encoder that the configuration names.</summary>
public static class InferenceServices
{
    /// <summary>Registers <c>IChatClient</c> and <c>IEmbeddingGenerator</c>.</summary>
    public static IServiceCollection AddInference(this IServiceCollection services)
    {
        services.AddValidatedOptions<EmbeddingsOptions, EmbeddingsOptions.Rules>("Embeddings");
        services.TryAddSingleton<IEmbeddingGenerator<string, Embedding<float>>>(provider => new StaticEmbeddingGenerator(
            StaticEncoder.Load(provider.GetRequiredService<IOptions<EmbeddingsOptions>>().Value.ModelPath)));
        services.TryAddSingleton(provider => new SentenceChoice(term => provider.GetRequiredService<IPassageIndex>().Idf(term), provider.GetRequiredService<Vocabulary>()));
        services.AddValidatedOptions<InferenceOptions, InferenceOptions.Rules>("Inference");
        services.TryAddSingleton<IChatClient>(provider => provider.GetRequiredService<IOptions<InferenceOptions>>().Value switch
        {
            { Engine: InferenceOptions.Gguf, ModelPath: var path } => new GgufChatClient(new GgufOptions { ModelPath = path }),
            _ => ActivatorUtilities.CreateInstance<ExtractiveChatClient>(provider),
        });
        return services;
    }
}
