using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using ParalegalBot.Answering.Checks;
using ParalegalBot.Configuration;
using ParalegalBot.Inference.Extractive;
using ParalegalBot.Inference.Gguf;
using ParalegalBot.Inference.Onnx;
using ParalegalBot.Inference.OpenAiCompatible;
using ParalegalBot.Inference.Serving;
using ParalegalBot.Inference.StaticEmbeddings;
using ParalegalBot.Retrieval;

namespace ParalegalBot.Inference;

/// <summary>Registers the engine and the encoder that the configuration names, and what stands in front of the engine.</summary>
public static class InferenceServices
{
    /// <summary>Registers <c>IChatClient</c>, <c>IEmbeddingGenerator</c> and <see cref="EngineReport"/>; what <c>AddParalegalBot</c> registers must be there.</summary>
    public static IServiceCollection AddInference(this IServiceCollection services)
    {
        services.AddValidatedOptions<EmbeddingsOptions, EmbeddingsOptions.Rules>("Embeddings");
        services.AddValidatedOptions<InferenceOptions, InferenceOptions.Rules>("Inference");
        services.NeedOnPrem<InferenceOptions, IChatClient>(InferenceOptions.LlamaSharp, options => options.Engine, "Inference:Engine");
        services.NeedOnPrem<EmbeddingsOptions, IEmbeddingGenerator<string, Embedding<float>>>(EmbeddingsOptions.LlamaSharp, options => options.Engine, "Embeddings:Engine");
        services.AddValidatedOptions<QueueOptions, QueueOptions.Rules>("Queue");
        services.AddValidatedOptions<BudgetOptions, BudgetOptions.Rules>("Budget");
        services.AddMetrics();
        services.AddModelServers();
        services.TryAddSingleton(Encoder);
        services.TryAddSingleton(provider => new SentenceChoice(term => provider.GetRequiredService<IPassageIndex>().Idf(term), provider.GetRequiredService<Vocabulary>()));
        services.TryAddSingleton(provider => new FairQueue(Of<QueueOptions>(provider).Concurrency, Of<QueueOptions>(provider).Length));
        if (EntailmentDeclaration.Find(Path.Combine(AppContext.BaseDirectory, "manifests", "models")) is { } declared) services.TryAddSingleton<IEntailmentModel>(_ => new OnnxEntailment(declared));
        services.TryAddSingleton<EngineMetrics>();
        services.TryAddSingleton(Engine);
        services.TryAddSingleton<EngineReport>();
        return services;
    }

    /// <summary>The engine, its budget where it costs anything, and the line before both.</summary>
    private static IChatClient Engine(IServiceProvider provider)
    {
        var engine = Bare(provider);
        if (Of<BudgetOptions>(provider).Prices) engine = ActivatorUtilities.CreateInstance<BudgetedChatClient>(provider, engine, Of<BudgetOptions>(provider));
        return ActivatorUtilities.CreateInstance<QueuedChatClient>(provider, engine, Of<QueueOptions>(provider));
    }

    private static IChatClient Bare(IServiceProvider provider) => Of<InferenceOptions>(provider) switch
    {
        { Engine: InferenceOptions.Gguf } => new GgufChatClient(ModelOptions(provider)),
        { Engine: InferenceOptions.LlamaSharp } => provider.GetRequiredKeyedService<IChatClient>(InferenceOptions.LlamaSharp),
        { Engine: InferenceOptions.OpenAi } options => new OpenAiChatClient(
            new ModelServers(provider.GetRequiredService<IHttpClientFactory>(), options.Endpoint, options.Model, options.ApiKey, "Inference"), options.Model, options.AnswerTokens),
        _ => ActivatorUtilities.CreateInstance<ExtractiveChatClient>(provider),
    };

    /// <summary>What an engine runs with that reads the configured GGUF in this process.</summary>
    internal static GgufOptions ModelOptions(IServiceProvider provider)
    {
        var options = Of<InferenceOptions>(provider);
        return new GgufOptions
        {
            ModelPath = options.ModelPath,
            ContextTokens = options.ContextTokens,
            AnswerTokens = options.AnswerTokens,
            Threads = options.Threads,
            Sequences = Of<QueueOptions>(provider).Concurrency,
        };
    }

    private static IEmbeddingGenerator<string, Embedding<float>> Encoder(IServiceProvider provider) => Of<EmbeddingsOptions>(provider) switch
    {
        { Engine: EmbeddingsOptions.OpenAi } options => new OpenAiEmbeddingGenerator(
            new ModelServers(provider.GetRequiredService<IHttpClientFactory>(), options.Endpoint, options.Model, options.ApiKey, "Embeddings"), options.Model),
        { Engine: EmbeddingsOptions.Onnx } options => new OnnxEmbeddingGenerator(options),
        { Engine: EmbeddingsOptions.LlamaSharp } => provider.GetRequiredKeyedService<IEmbeddingGenerator<string, Embedding<float>>>(EmbeddingsOptions.LlamaSharp),
        var options => new StaticEmbeddingGenerator(StaticEncoder.Load(options.ModelPath)),
    };

    private static T Of<T>(IServiceProvider provider) where T : class => provider.GetRequiredService<IOptions<T>>().Value;
}
