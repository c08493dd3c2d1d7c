using Microsoft.Extensions.DependencyInjection;
using ParalegalBot.Configuration;
using ParalegalBot.Retrieval.Qdrant;

namespace ParalegalBot.OnPrem.Qdrant;

/// <summary>Registers the searches of <c>Retrieval:Index = qdrant-sk</c>.</summary>
internal static class SemanticKernelQdrantServices
{
    public static void AddSemanticKernelQdrant(this IServiceCollection services)
    {
        services.AddValidatedOptions<QdrantGrpcOptions, QdrantGrpcOptions.Rules>("Qdrant");
        services.AddKeyedSingleton<IQdrantQueries>(RetrievalOptions.SemanticKernel, (provider, _) => ActivatorUtilities.CreateInstance<SemanticKernelQueries>(provider));
    }
}
