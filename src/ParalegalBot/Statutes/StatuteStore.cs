namespace ParalegalBot.Statutes;

/// <summary>
/// The statutes file: laws, articles with their versions, passages. SQLite in WAL mode, rebuildable from the sources at any time.
/// Safe for concurrent readers beside one writer.
/// </summary>
public sealed class StatuteStore : IDisposable
{
    private StatuteStore() { }

    /// <summary>Opens the file, creating and migrating it where needed.</summary>
    public static StatuteStore Open(string path) => throw new NotImplementedException(path);

    /// <summary>Changes whenever a law was written; an index in memory reloads when it does.</summary>
    public long Generation => throw new NotImplementedException();

    /// <summary>All laws, by abbreviation.</summary>
    public IReadOnlyList<Statute> Statutes() => throw new NotImplementedException();

    /// <summary>A law by abbreviation, whatever its case; null where it is not held.</summary>
    public Statute? Find(string law) => throw new NotImplementedException(law);

    /// <summary>The articles of a law as in force on the date (null: the latest text), in the law's order; without <paramref name="transitorios"/> the body only.</summary>
    public IReadOnlyList<Article> Articles(string law, DateOnly? asOf = null, bool transitorios = false) => throw new NotImplementedException(law);

    /// <summary>All versions of one article, oldest first; empty where the law never had it. The number may be written in any way.</summary>
    public IReadOnlyList<Article> Versions(string law, string number) => throw new NotImplementedException(law);

    /// <summary>The article as in force on the date (null: the latest version, derogated or not); null where there is none.</summary>
    public Article? Article(string law, string number, DateOnly? asOf = null) => throw new NotImplementedException(law);

    /// <summary>Passages by row, in the order asked.</summary>
    public IReadOnlyList<Passage> Passages(IReadOnlyList<long> rows) => throw new NotImplementedException();

    /// <summary>Every passage of every version with what an index needs, streamed in row order.</summary>
    public IEnumerable<IndexedPassage> ReadForIndex() => throw new NotImplementedException();

    /// <inheritdoc />
    public void Dispose() { }
}

/// <summary>What an index is built from.</summary>
/// <param name="Row">Row in the store, the index's handle.</param>
/// <param name="ArticleRow">Row of the article version that it belongs to.</param>
/// <param name="Passage">The passage.</param>
/// <param name="ArticleKey">Key of the article number.</param>
/// <param name="Heading">The article's epígrafe.</param>
/// <param name="Place">Headings above the article, outermost first.</param>
/// <param name="Transitory">Whether the article is a transitorio.</param>
public sealed record IndexedPassage(long Row, long ArticleRow, Passage Passage, string ArticleKey, string? Heading, IReadOnlyList<Division> Place, bool Transitory);
