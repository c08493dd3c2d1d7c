using ParalegalBot.Records;

namespace ParalegalBot.Statutes;

/// <summary>
/// The statutes file: laws, articles with their versions, passages. SQLite in WAL mode, rebuildable from the sources at any time.
/// Safe for concurrent readers beside one writer. Validity as read here is the text's own, cut where a later text of the law replaced it
/// and where the law itself was abrogated.
/// </summary>
public sealed partial class StatuteStore : IDisposable
{
    private readonly SqliteFile file;

    private StatuteStore(SqliteFile file) => this.file = file;

    /// <summary>Opens the file, creating and migrating it where needed.</summary>
    public static StatuteStore Open(string path) =>
        new(SqliteFile.Open(path, "una base de leyes", StatuteStoreSchema.ApplicationId, StatuteStoreSchema.Migrations));

    /// <summary>Changes whenever a law was written; an index in memory reloads when it does.</summary>
    public long Generation => file.Read(connection => connection.Scalar<long>("SELECT number FROM generation"));

    /// <summary>All laws, by abbreviation.</summary>
    public IReadOnlyList<Statute> Statutes() =>
        file.Read(connection => connection.Query(StatuteRows.Statute, $"{StatuteRows.SelectStatute} ORDER BY abbreviation_key"));

    /// <summary>A law by abbreviation, whatever its case; null where it is not held.</summary>
    public Statute? Find(string law) =>
        file.Read(connection => connection.Query(StatuteRows.Statute, $"{StatuteRows.SelectStatute} WHERE abbreviation_key = $1", AbbreviationKey(law)).FirstOrDefault());

    /// <summary>
    /// The articles of a law as in force on the date (null: the latest text), in the law's order; without <paramref name="transitorios"/> the body only.
    /// A derogated article is among them, told by <see cref="Statutes.Article.Derogated"/>.
    /// </summary>
    public IReadOnlyList<Article> Articles(string law, DateOnly? asOf = null, bool transitorios = false)
    {
        var body = transitorios ? "" : "AND a.transitory = 0";
        return asOf is { } date
            ? [.. ReadArticles($"s.abbreviation_key = $1 {body} ORDER BY a.position, a.first_text", AbbreviationKey(law)).Where(article => article.Validity.InForceOn(date) is not false)]
            : ReadArticles($"s.abbreviation_key = $1 {body} AND a.last_text = s.newest_text ORDER BY a.position", AbbreviationKey(law));
    }

    /// <summary>All versions of one article, oldest first; empty where the law never had it. The number may be written in any way.</summary>
    public IReadOnlyList<Article> Versions(string law, string number) =>
        ReadArticles("s.abbreviation_key = $1 AND a.key = $2 ORDER BY a.first_text, a.occurrence", AbbreviationKey(law), ArticleNumber.KeyOf(number));

    /// <summary>The article as in force on the date (null: the latest version, derogated or not); null where there is none.</summary>
    public Article? Article(string law, string number, DateOnly? asOf = null)
    {
        // Where a text prints the same number twice, the first stands for it.
        var newestFirst = ReadArticles("s.abbreviation_key = $1 AND a.key = $2 ORDER BY a.last_text DESC, a.occurrence", AbbreviationKey(law), ArticleNumber.KeyOf(number));
        return asOf is { } date
            ? newestFirst.FirstOrDefault(article => article.Validity.InForceOn(date) is not false)
            : newestFirst.FirstOrDefault();
    }

    /// <summary>Passages by row; rows that no longer exist are left out.</summary>
    public IReadOnlyDictionary<long, Passage> Passages(IReadOnlyList<long> rows) => file.Read(connection =>
        connection.Query(reader => (Row: reader.GetInt64(0), Passage: StatuteRows.Passage(reader)),
            $"{StatuteRows.SelectPassage} WHERE p.row IN (SELECT value FROM json_each($1))", $"[{string.Join(',', rows)}]")
            .ToDictionary(pair => pair.Row, pair => pair.Passage));

    /// <summary>Every passage of every version with what an index needs, streamed in row order.</summary>
    public IEnumerable<IndexedPassage> ReadForIndex()
    {
        var connection = file.Rent();
        try
        {
            using var command = connection.Command($"{StatuteRows.SelectPassage} ORDER BY p.row");
            using var reader = command.ExecuteReader();
            var place = new StatuteRows.PlaceReader();
            while (reader.Read())
                yield return new IndexedPassage(
                    reader.GetInt64(0), reader.GetInt64(23), StatuteRows.Passage(reader), reader.GetString(19), reader.Text(20), place.Read(reader.Text(21)), reader.GetBoolean(22));
        }
        finally
        {
            file.Return(connection);
        }
    }

    /// <inheritdoc />
    public void Dispose() => file.Dispose();

    private static string AbbreviationKey(string law) => law.Trim().ToUpperInvariant();

    private IReadOnlyList<Article> ReadArticles(string where, params object?[] values) => file.Read(connection =>
    {
        // One snapshot for both statements: a writer may commit between them.
        using var snapshot = connection.BeginTransaction(deferred: true);
        var place = new StatuteRows.PlaceReader();
        var articles = connection.Query(reader => (Id: reader.GetInt64(0), Article: StatuteRows.Article(reader, place)), $"{StatuteRows.SelectArticle} WHERE {where}", values);
        var passages = connection.Query(reader => (Id: reader.GetInt64(23), Passage: StatuteRows.Passage(reader)),
            $"{StatuteRows.SelectPassage} WHERE p.article_id IN (SELECT value FROM json_each($1)) ORDER BY p.row", $"[{string.Join(',', articles.Select(pair => pair.Id))}]")
            .ToLookup(pair => pair.Id, pair => pair.Passage);
        return (IReadOnlyList<Article>)[.. articles.Select(pair => pair.Article with { Passages = [.. passages[pair.Id]] })];
    });
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
