using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using ParalegalBot.Statutes;

namespace ParalegalBot.Retrieval.Qdrant;

/// <summary>
/// Builds of the index and which of them readers use. A build is a collection of its own, named <c>alias-date-time-random</c>; it is written whole,
/// checked, and only then does the alias move, in one step. The one before stays under <c>alias-previous</c> for going back.
/// What a build that died leaves behind no reader ever sees; the next successful one clears it away after a day.
/// </summary>
public sealed class QdrantBuilds(QdrantConnection connection, IOptions<QdrantOptions> options, TimeProvider time)
{
    /// <summary>From this many passages on, vectors are quantised and their originals stay on disk, unless configured otherwise.</summary>
    public const int LargeCorpus = 1_000_000;

    private const int PassagesPerShard = 5_000_000;

    /// <summary>An unfinished build older than this is nobody's.</summary>
    private static readonly TimeSpan Abandoned = TimeSpan.FromDays(1);

    private readonly string alias = options.Value.Alias;
    private readonly string previous = options.Value.Alias + "-previous";

    /// <summary>Builds an index of what the store holds now and makes it the current one; returns its collection.</summary>
    /// <param name="store">The statutes.</param>
    /// <param name="embedder">The configured encoder; passages without a vector get theirs first. Null for words alone.</param>
    /// <param name="written">Told after every write: points written and points in all.</param>
    /// <param name="cancellationToken">Ends the build; the current one stays.</param>
    /// <exception cref="ParalegalBotException">Qdrant is away or the store was written to meanwhile.</exception>
    public async Task<string> PublishAsync(
        StatuteStore store, PassageEmbedder? embedder, Action<long, long>? written = null, CancellationToken cancellationToken = default)
    {
        if (embedder is not null) await embedder.EmbedMissingAsync(cancellationToken).ConfigureAwait(false);
        return await PublishAsync(QdrantCorpus.Of(store, embedder?.Encoder), () => store.Generation, written, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The same for a corpus that is read already; <paramref name="generation"/> tells whether what it was read from has changed.</summary>
    internal async Task<string> PublishAsync(QdrantCorpus corpus, Func<long> generation, Action<long, long>? written, CancellationToken cancellationToken)
    {
        var collection = NewName();
        try
        {
            await CreateAsync(collection, corpus.Facts, cancellationToken).ConfigureAwait(false);
            await WriteAsync(collection, corpus, written, cancellationToken).ConfigureAwait(false);
            if (generation() != corpus.Facts.Generation)
                throw new ParalegalBotException("Las leyes cambiaron mientras se construía el índice; el índice anterior sigue en uso. Repita «paralegal index swap».");
            await UpsertAsync(collection, [corpus.Last()], cancellationToken).ConfigureAwait(false);
            await CheckAsync(collection, corpus.Facts, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await DiscardAsync(collection).ConfigureAwait(false);
            throw;
        }
        await SwapAsync(collection, cancellationToken).ConfigureAwait(false);
        await ClearAsync(cancellationToken).ConfigureAwait(false);
        return collection;
    }

    /// <summary>All builds of this alias, newest first.</summary>
    public async Task<IReadOnlyList<QdrantBuildStatus>> ListAsync(CancellationToken cancellationToken = default)
    {
        var targets = await TargetsAsync(cancellationToken).ConfigureAwait(false);
        var statuses = new List<QdrantBuildStatus>();
        foreach (var name in (await NamesAsync(cancellationToken).ConfigureAwait(false)).OrderDescending(StringComparer.Ordinal))
        {
            var facts = await FactsAsync(name, cancellationToken).ConfigureAwait(false);
            statuses.Add(new QdrantBuildStatus(
                name, targets.GetValueOrDefault(alias) == name, targets.GetValueOrDefault(previous) == name,
                facts is not null, facts?.Generation ?? 0, facts?.Passages ?? 0, facts?.Dimensions ?? 0, facts?.Encoder));
        }
        return statuses;
    }

    /// <summary>Makes a finished build the current one and the current one the previous, in one step.</summary>
    /// <exception cref="ParalegalBotException">There is no such build, or it is unfinished.</exception>
    public async Task SwapAsync(string collection, CancellationToken cancellationToken = default)
    {
        await NeedAsync(collection, cancellationToken).ConfigureAwait(false);
        if (await FactsAsync(collection, cancellationToken).ConfigureAwait(false) is null)
            throw new ParalegalBotException($"La colección «{collection}» quedó incompleta o es de otra versión del programa y no puede usarse; construya otra con «paralegal index swap».");
        var targets = await TargetsAsync(cancellationToken).ConfigureAwait(false);
        if (targets.GetValueOrDefault(alias) is not { } before) await ChangeAliasesAsync([Points(alias, collection)], cancellationToken).ConfigureAwait(false);
        else if (before != collection)
            await ChangeAliasesAsync(
            [
                Gone(alias), Points(alias, collection),
                .. targets.ContainsKey(previous) ? [Gone(previous)] : Array.Empty<object>(), Points(previous, before),
            ], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Deletes a build that readers do not use.</summary>
    /// <exception cref="ParalegalBotException">There is no such build, or it is the current one.</exception>
    public async Task DropAsync(string collection, CancellationToken cancellationToken = default)
    {
        await NeedAsync(collection, cancellationToken).ConfigureAwait(false);
        if (await CurrentAsync(connection, alias, cancellationToken).ConfigureAwait(false) == collection)
            throw new ParalegalBotException($"«{collection}» es el índice en uso; cambie a otro con «paralegal index swap» antes de borrarlo.");
        await DeleteAsync(collection, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Deletes every build but the current and the previous one; returns what was deleted. Unfinished ones younger than a day stay.</summary>
    public async Task<IReadOnlyList<string>> ClearAsync(CancellationToken cancellationToken = default)
    {
        var deleted = new List<string>();
        foreach (var build in await ListAsync(cancellationToken).ConfigureAwait(false))
        {
            if (build.Current || build.Previous || (!build.Finished && time.GetUtcNow() - Began(build.Collection) < Abandoned)) continue;
            await DeleteAsync(build.Collection, cancellationToken).ConfigureAwait(false);
            deleted.Add(build.Collection);
        }
        return deleted;
    }

    /// <summary>Writes a snapshot of a build on the server's disk and returns its place there, as <see cref="RestoreAsync"/> takes it.</summary>
    public async Task<string> SnapshotAsync(string collection, CancellationToken cancellationToken = default)
    {
        await NeedAsync(collection, cancellationToken).ConfigureAwait(false);
        var snapshot = await connection.ChangeAsync<QdrantSnapshot>(HttpMethod.Post, $"collections/{collection}/snapshots?wait=true", null, cancellationToken).ConfigureAwait(false);
        return $"file://{options.Value.SnapshotsFolder.TrimEnd('/')}/{collection}/{snapshot.Name}";
    }

    /// <summary>Restores a snapshot as a new build, which is not yet the current one, and returns its collection.</summary>
    /// <param name="location">A <c>file</c> address on the server's disk or an <c>http</c> address that the server can reach.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<string> RestoreAsync(string location, CancellationToken cancellationToken = default)
    {
        if (!Uri.TryCreate(location, UriKind.Absolute, out var uri) || uri.Scheme is not ("file" or "http" or "https"))
            throw new ParalegalBotException($"«{location}» no es la dirección de una copia; use la que imprimió «paralegal index snapshot» o una dirección http.");
        var collection = NewName();
        try
        {
            await connection.ChangeAsync<bool>(
                HttpMethod.Put, $"collections/{collection}/snapshots/recover?wait=true", new { Location = uri.AbsoluteUri, Priority = "snapshot" }, cancellationToken).ConfigureAwait(false);
            if (await FactsAsync(collection, cancellationToken).ConfigureAwait(false) is not null) return collection;
        }
        catch (QdrantMissingException missing)
        {
            throw new ParalegalBotException($"Qdrant no encontró la copia {location}.", missing);
        }
        await DiscardAsync(collection).ConfigureAwait(false);
        throw new ParalegalBotException($"La copia {location} no es de un índice completo de este programa.");
    }

    /// <summary>How the server says that a collection is: <c>green</c>, <c>yellow</c> or <c>grey</c> (being optimised), <c>red</c> (broken).</summary>
    public async Task<string> HealthAsync(string collection, CancellationToken cancellationToken = default) =>
        (await connection.GetAsync<QdrantCollection>($"collections/{collection}", cancellationToken).ConfigureAwait(false)).Status;

    /// <summary>Version of the server, as it tells it.</summary>
    public async Task<string> VersionAsync(CancellationToken cancellationToken = default) =>
        (await connection.GetAsync<QdrantVersion>("", cancellationToken).ConfigureAwait(false)).Version;

    /// <summary>The collection that readers use; null where the alias does not exist.</summary>
    public Task<string?> CurrentAsync(CancellationToken cancellationToken = default) => CurrentAsync(connection, alias, cancellationToken);

    /// <summary>The collection that an alias names; null where there is no such alias.</summary>
    internal static async Task<string?> CurrentAsync(QdrantConnection connection, string alias, CancellationToken cancellationToken) =>
        (await connection.GetAsync<QdrantAliases>("aliases", cancellationToken).ConfigureAwait(false)).Aliases.FirstOrDefault(held => held.AliasName == alias)?.CollectionName;

    private async Task CreateAsync(string collection, QdrantBuildFacts facts, CancellationToken cancellationToken)
    {
        await connection.ChangeAsync<bool>(HttpMethod.Put, $"collections/{collection}", QdrantLayout.Collection(facts, options.Value, LargeCorpus, PassagesPerShard), cancellationToken).ConfigureAwait(false);
        foreach (var (field, type) in QdrantLayout.Indexes)
            await connection.ChangeAsync<QdrantUpdate>(HttpMethod.Put, $"collections/{collection}/index?wait=true", new { FieldName = field, FieldSchema = type }, cancellationToken).ConfigureAwait(false);
    }

    private async Task WriteAsync(string collection, QdrantCorpus corpus, Action<long, long>? written, CancellationToken cancellationToken)
    {
        long done = 0;
        await Parallel.ForEachAsync(
            corpus.Points().Chunk(options.Value.BatchSize),
            new ParallelOptions { MaxDegreeOfParallelism = options.Value.ParallelWrites, CancellationToken = cancellationToken },
            async (batch, token) =>
            {
                await UpsertAsync(collection, batch, token).ConfigureAwait(false);
                written?.Invoke(Interlocked.Add(ref done, batch.Length), corpus.Facts.Points);
            }).ConfigureAwait(false);
    }

    private Task<QdrantUpdate> UpsertAsync(string collection, IReadOnlyList<QdrantPoint> points, CancellationToken cancellationToken) =>
        connection.ChangeAsync<QdrantUpdate>(HttpMethod.Put, $"collections/{collection}/points?wait=true", new { Points = points }, cancellationToken);

    /// <summary>Nothing may be missing when readers come.</summary>
    private async Task CheckAsync(string collection, QdrantBuildFacts facts, CancellationToken cancellationToken)
    {
        var count = await connection.AskAsync<QdrantCount>($"collections/{collection}/points/count", new { Exact = true }, cancellationToken).ConfigureAwait(false);
        if (count.Count != facts.Points)
            throw new ParalegalBotException($"El índice nuevo tiene {count.Count} de {facts.Points} puntos; el anterior sigue en uso. Repita «paralegal index swap».");
    }

    private async Task<QdrantBuildFacts?> FactsAsync(string collection, CancellationToken cancellationToken)
    {
        try
        {
            return await QdrantBuild.FactsAsync(connection, collection, cancellationToken).ConfigureAwait(false);
        }
        catch (QdrantMissingException)
        {
            return null; // deleted between listing and reading
        }
    }

    private async Task<IReadOnlyDictionary<string, string>> TargetsAsync(CancellationToken cancellationToken) =>
        (await connection.GetAsync<QdrantAliases>("aliases", cancellationToken).ConfigureAwait(false)).Aliases.ToDictionary(held => held.AliasName, held => held.CollectionName);

    private async Task<IEnumerable<string>> NamesAsync(CancellationToken cancellationToken) =>
        (await connection.GetAsync<QdrantCollections>("collections", cancellationToken).ConfigureAwait(false)).Collections
            .Select(held => held.Name).Where(name => Began(name) is not null);

    private async Task NeedAsync(string collection, CancellationToken cancellationToken)
    {
        if (!(await NamesAsync(cancellationToken).ConfigureAwait(false)).Contains(collection))
            throw new ParalegalBotException($"«{collection}» no es un índice de «{alias}» en Qdrant; vea los que hay con «paralegal index list».");
    }

    private Task<bool> ChangeAliasesAsync(IReadOnlyList<object> actions, CancellationToken cancellationToken) =>
        connection.ChangeAsync<bool>(HttpMethod.Post, "collections/aliases", new { Actions = actions }, cancellationToken);

    private static object Points(string alias, string collection) => new { CreateAlias = new { AliasName = alias, CollectionName = collection } };

    private static object Gone(string alias) => new { DeleteAlias = new { AliasName = alias } };

    private Task<bool> DeleteAsync(string collection, CancellationToken cancellationToken) =>
        connection.ChangeAsync<bool>(HttpMethod.Delete, $"collections/{collection}", null, cancellationToken);

    /// <summary>Takes away what a failed build left; where that fails too, a later build clears it.</summary>
    private async Task DiscardAsync(string collection)
    {
        try
        {
            await DeleteAsync(collection, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is ParalegalBotException or QdrantMissingException)
        {
            // The failure that led here is the one to tell.
        }
    }

    private string NewName() => string.Create(
        CultureInfo.InvariantCulture, $"{alias}-{time.GetUtcNow():yyyyMMdd-HHmmss}-{RandomNumberGenerator.GetHexString(4, lowercase: true)}");

    /// <summary>When the build of that name began; null where the name is not one of ours.</summary>
    private DateTimeOffset? Began(string collection) =>
        collection.StartsWith(alias + "-", StringComparison.Ordinal) && collection.Length == alias.Length + 21
        && DateTimeOffset.TryParseExact(collection.AsSpan(alias.Length + 1, 15), "yyyyMMdd-HHmmss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var began)
            ? began : null;
}
