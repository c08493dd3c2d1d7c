using Microsoft.Extensions.AI;
using ParalegalBot.Retrieval;
using ParalegalBot.Statutes;
using ParalegalBot.Tests.Statutes;

namespace ParalegalBot.Tests.Retrieval.Qdrant;

/// <summary>A small invented law, questions about it, and an encoder of any size.</summary>
internal static class QdrantSamples
{
    public static void Write(this StatuteStore store, string law, params (string Number, string Text)[] articles) =>
        store.Write(StoreSamples.Statute(law), StoreSamples.Document(law, null, articles), StoreSamples.Source(law));

    public static PassageQuery Query(string text) => new()
    {
        Terms = [.. SpanishAnalysis.Terms(text).Select(term => new WeightedTerm(term, 1))], AsOf = new DateOnly(2026, 1, 1),
    };

    public static async Task<IEnumerable<string>> FindAsync(this IPassageIndex index, string text) =>
        (await index.SearchAsync(Query(text), TestContext.Current.CancellationToken)).Select(candidate => $"{candidate.Law} {candidate.ArticleKey}").Order();

    /// <summary>Gives every text the same unit vector.</summary>
    public sealed class OneVector(string name, int dimensions) : IEmbeddingGenerator<string, Embedding<float>>
    {
        public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
        {
            var vector = new float[dimensions];
            vector[0] = 1;
            return Task.FromResult<GeneratedEmbeddings<Embedding<float>>>([.. values.Select(_ => new Embedding<float>(vector))]);
        }

        public object? GetService(Type serviceType, object? serviceKey = null) =>
            serviceType == typeof(EmbeddingGeneratorMetadata) ? new EmbeddingGeneratorMetadata(defaultModelId: name) : null;

        public void Dispose()
        {
        }
    }
}
