using Microsoft.Extensions.AI;
using ParalegalBot.Statutes;

namespace ParalegalBot.Retrieval;

/// <summary>Gives the store's passages their vectors, with whichever encoder is configured.</summary>
public sealed class PassageEmbedder(StatuteStore store, IEmbeddingGenerator<string, Embedding<float>> generator)
{
    private const int Batch = 1024;

    /// <summary>Name of the configured encoder, as its metadata gives it.</summary>
    public string Encoder => (generator.GetService(typeof(EmbeddingGeneratorMetadata)) as EmbeddingGeneratorMetadata)?.DefaultModelId
        ?? throw new ParalegalBotException("El codificador configurado no dice su nombre; indique Embeddings:ModelPath o Embeddings:Endpoint con un modelo que lo tenga.");

    /// <summary>Length of its vectors; null where it does not say.</summary>
    public int? Dimensions => (generator.GetService(typeof(EmbeddingGeneratorMetadata)) as EmbeddingGeneratorMetadata)?.DefaultModelDimensions;

    /// <summary>What an encoder reads of a passage: its headings, the sentence that introduces it, its text.</summary>
    public static string TextOf(IndexedPassage item) =>
        string.Join(' ', new[] { item.Place.LastOrDefault()?.Title, item.Heading, item.Passage.Introduction, item.Passage.Text }.Where(part => part is not null));

    /// <summary>Embeds every passage that has no vector yet and returns how many there were.</summary>
    /// <exception cref="ParalegalBotException">The store holds vectors of another encoder.</exception>
    public async Task<int> EmbedMissingAsync(CancellationToken cancellationToken = default)
    {
        if (store.Encoder is { } held && held != Encoder) store.WriteVectors(Encoder, []);
        var missing = store.WithoutVector();
        foreach (var batch in missing.Chunk(Batch))
        {
            var vectors = await generator.GenerateAsync(batch.Select(TextOf), cancellationToken: cancellationToken).ConfigureAwait(false);
            store.WriteVectors(Encoder, [.. batch.Zip(vectors, (item, vector) => (item.Row, VectorTable.Quantize(vector.Vector.Span)))]);
        }
        return missing.Count;
    }
}
