using Lucene.Net.Analysis.Es;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.QueryParsers.Classic;
using Lucene.Net.Search;
using Lucene.Net.Search.Similarities;
using Lucene.Net.Store;
using Lucene.Net.Util;
using Microsoft.Data.Sqlite;
using ParalegalBot.Retrieval;
using ParalegalBot.Statutes;

namespace ParalegalBot.Benchmarks;

/// <summary>Whole articles as documents, the same for every peer.</summary>
internal static class PeerDocuments
{
    public static IReadOnlyList<(ArticleAddress Address, string Text)> Of(IReadOnlyList<IndexedPassage> source) =>
        [.. source.GroupBy(item => new ArticleAddress(item.Passage.Law, item.ArticleKey))
            .Select(article => (article.Key, string.Join('\n', article.Select(item => item.Passage.Text).Prepend(article.First().Heading ?? ""))))];
}

/// <summary>SQLite's FTS5: its own tokenizer without accents, no stems, any word may match, ranked by bm25.</summary>
internal sealed class Fts5Peer
{
    private readonly SqliteConnection connection = new("Data Source=:memory:");
    private readonly IReadOnlyList<(ArticleAddress Address, string Text)> documents;

    public Fts5Peer(IReadOnlyList<IndexedPassage> source)
    {
        documents = PeerDocuments.Of(source);
        connection.Open();
        using var create = connection.CreateCommand();
        create.CommandText = "CREATE VIRTUAL TABLE article USING fts5(text, content='', tokenize='unicode61 remove_diacritics 2')";
        create.ExecuteNonQuery();
        using var transaction = connection.BeginTransaction();
        using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO article (rowid, text) VALUES ($row, $text)";
        var (row, text) = (insert.Parameters.Add("$row", SqliteType.Integer), insert.Parameters.Add("$text", SqliteType.Text));
        for (var i = 0; i < documents.Count; i++)
        {
            (row.Value, text.Value) = (i + 1, documents[i].Text);
            insert.ExecuteNonQuery();
        }
        transaction.Commit();
    }

    public IReadOnlyList<ArticleAddress> Search(string question)
    {
        using var search = connection.CreateCommand();
        search.CommandText = "SELECT rowid FROM article WHERE article MATCH $words ORDER BY bm25(article) LIMIT 10";
        search.Parameters.AddWithValue("$words", string.Join(" OR ", SpanishAnalysis.Words(question).Select(word => $"\"{word}\"")));
        using var reader = search.ExecuteReader();
        var found = new List<ArticleAddress>();
        while (reader.Read()) found.Add(documents[reader.GetInt32(0) - 1].Address);
        return found;
    }
}

/// <summary>Lucene.NET with its Spanish analyser (stop words, light stems) and its BM25.</summary>
internal sealed class LucenePeer
{
    private readonly SpanishAnalyzer analyzer = new(LuceneVersion.LUCENE_48);
    private readonly IndexSearcher searcher;
    private readonly IReadOnlyList<(ArticleAddress Address, string Text)> documents;

    public LucenePeer(IReadOnlyList<IndexedPassage> source)
    {
        documents = PeerDocuments.Of(source);
        var directory = new RAMDirectory();
        using (var writer = new IndexWriter(directory, new IndexWriterConfig(LuceneVersion.LUCENE_48, analyzer) { Similarity = new BM25Similarity() }))
            foreach (var (_, text) in documents) writer.AddDocument([new TextField("text", text, Field.Store.NO)]);
        searcher = new IndexSearcher(DirectoryReader.Open(directory)) { Similarity = new BM25Similarity() };
    }

    public IReadOnlyList<ArticleAddress> Search(string question)
    {
        var query = new QueryParser(LuceneVersion.LUCENE_48, "text", analyzer).Parse(QueryParserBase.Escape(question));
        return [.. searcher.Search(query, 10).ScoreDocs.Select(hit => documents[hit.Doc].Address)];
    }
}
