using Microsoft.Extensions.Options;

namespace ParalegalBot.Retrieval.Qdrant;

/// <summary>
/// Passages in Qdrant. A reader looks now and then where the alias points and pins that build, so that both requests of a search see the same one;
/// where a build vanishes under a search, the search starts again on the next. What it finds and its scores are those of the embedded index.
/// </summary>
public sealed class QdrantPassageIndex(QdrantConnection connection, IOptions<QdrantOptions> options, TimeProvider time, PassageEmbedder? embedder = null) : IPassageIndex, IDisposable
{
    private readonly SemaphoreSlim gate = new(1);

    /// <summary>What searches go through; the connection where nothing else is named.</summary>
    internal IQdrantQueries Queries { get; init; } = connection;

    private volatile Pinned? pinned;

    /// <inheritdoc />
    public async ValueTask<IReadOnlyList<PassageCandidate>> SearchAsync(PassageQuery query, CancellationToken cancellationToken = default)
    {
        for (var again = true; ; again = false)
        {
            var build = await BuildAsync(cancellationToken).ConfigureAwait(false);
            if (!query.Vector.IsEmpty && build.Facts.Dimensions > 0 && query.Vector.Length != build.Facts.Dimensions)
                throw new ParalegalBotException(
                    $"El índice «{build.Collection}» tiene vectores de {build.Facts.Dimensions} dimensiones y la pregunta uno de {query.Vector.Length}; ejecute «paralegal index embed» con el codificador configurado.");
            try
            {
                return await new QdrantSearches(Queries, build, query).RunAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (QdrantMissingException) when (again)
            {
                pinned = null;
            }
            catch (QdrantMissingException missing)
            {
                throw new ParalegalBotException($"La colección «{build.Collection}» ya no existe en Qdrant; vea «paralegal index list» y elija otra con «paralegal index swap».", missing);
            }
        }
    }

    /// <inheritdoc />
    public float Idf(string term) => pinned?.Build.Idf(term) ?? 10;

    /// <inheritdoc />
    public void Dispose() => gate.Dispose();

    /// <summary>The build that the alias names, looked up anew after a while.</summary>
    private async Task<QdrantBuild> BuildAsync(CancellationToken cancellationToken)
    {
        var held = pinned;
        if (held is not null && Fresh(held)) return held.Build;
        // Whoever comes while another looks goes on with what is there.
        if (!await gate.WaitAsync(held is null ? Timeout.Infinite : 0, cancellationToken).ConfigureAwait(false)) return held!.Build;
        try
        {
            if (pinned is { } other && Fresh(other)) return other.Build;
            var collection = await QdrantBuilds.CurrentAsync(connection, options.Value.Alias, cancellationToken).ConfigureAwait(false) ?? throw NoAlias();
            var build = pinned?.Build is { } same && same.Collection == collection ? same : Checked(await LoadAsync(collection, cancellationToken).ConfigureAwait(false));
            pinned = new Pinned(build, time.GetTimestamp());
            return build;
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task<QdrantBuild> LoadAsync(string collection, CancellationToken cancellationToken)
    {
        try
        {
            return await QdrantBuild.LoadAsync(connection, collection, cancellationToken).ConfigureAwait(false);
        }
        catch (QdrantMissingException missing)
        {
            throw new ParalegalBotException($"El alias «{options.Value.Alias}» apunta a la colección «{collection}», que no existe en Qdrant; elija otra con «paralegal index swap».", missing);
        }
    }

    private QdrantBuild Checked(QdrantBuild build) => build.Facts.Encoder is { } made && embedder is not null && embedder.Encoder != made
        ? throw new ParalegalBotException($"El índice «{build.Collection}» tiene vectores del codificador «{made}» y está configurado «{embedder.Encoder}»; ejecute «paralegal index embed».")
        : build;

    private bool Fresh(Pinned held) => time.GetElapsedTime(held.Looked).TotalSeconds < options.Value.RefreshSeconds;

    private ParalegalBotException NoAlias() => new(
        $"En Qdrant ({options.Value.Url}) no existe el alias «{options.Value.Alias}»; construya el índice con «paralegal index swap» o revise Qdrant:Alias.");

    private sealed record Pinned(QdrantBuild Build, long Looked);
}
