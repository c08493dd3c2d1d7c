using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using ParalegalBot.Records;

namespace ParalegalBot.Statutes;

/// <summary>
/// Writes one text of a law inside a transaction that the store holds. It knows the law's neighbours in time (the edition before and the
/// edition after) and shares their articles where the text is the same; <see cref="StatuteTimeline"/> then settles who is in force when.
/// </summary>
internal sealed class StatuteWriter(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, DbCommand> commands = [];

    public WriteOutcome Write(Statute statute, StatuteDocument document, StatuteSource source)
    {
        var textDate = Iso(document.LastReform ?? document.Published);
        var key = statute.Abbreviation.Trim().ToUpperInvariant();
        var held = connection.Query(reader => (Id: reader.GetInt64(0), Official: reader.GetBoolean(1), Newest: reader.GetString(2)),
            "SELECT id, official, newest_text FROM statute WHERE abbreviation_key = $1", key).FirstOrDefault();
        if (held.Id != 0 && statute.Official && !held.Official)
        {
            // The official text has come: the síntesis go.
            connection.Run("DELETE FROM statute WHERE id = $1", held.Id);
            held = default;
        }
        var added = held.Id == 0;
        var newest = added || string.CompareOrdinal(textDate, held.Newest) >= 0;
        var id = added ? InsertStatute(statute, key) : held.Id;
        if (!added) UpdateStatute(statute, id, newest);

        var (edition, reader) = connection.Query(row => (row.GetInt64(0), row.GetString(1)),
            "SELECT id, reader FROM edition WHERE statute_id = $1 AND text_date = $2", id, textDate).FirstOrDefault();
        var outcome = WriteOutcome.Unchanged;
        if (edition != 0 && reader != source.Reader) FillPages(edition, document);
        else
        {
            outcome = ReplaceEdition(id, edition, document, source, textDate) ? added ? WriteOutcome.Added : newest ? WriteOutcome.Updated : WriteOutcome.Older : WriteOutcome.Unchanged;
            if (newest) ReplaceFate(id, document);
        }
        connection.Run("INSERT OR REPLACE INTO source (sha256, statute_id, reader, parser, text_date, ingested_at) VALUES ($1, $2, $3, $4, $5, $6)",
            source.Sha256, id, source.Reader, source.Parser, textDate, source.IngestedAt.UtcDateTime.ToString("o", CultureInfo.InvariantCulture));
        StatuteTimeline.Settle(connection, id);
        AbrogationMatch.Apply(connection);
        return outcome;
    }

    public void Dispose()
    {
        foreach (var command in commands.Values) command.Dispose();
    }

    /// <summary>Writes the edition in place of the one that the same reader wrote before, if any; false where nothing in it changed.</summary>
    private bool ReplaceEdition(long statute, long edition, StatuteDocument document, StatuteSource source, string textDate)
    {
        var before = edition == 0 ? null : Digests(edition);
        if (edition != 0) DeleteEdition(edition);
        edition = InsertEdition(statute, document, source, textDate);
        return before is null || !before.SequenceEqual(Digests(edition));
    }

    private long InsertStatute(Statute statute, string key) => connection.Scalar<long>("""
        INSERT INTO statute (abbreviation, abbreviation_key, title, title_key, legal_order, entity, matter, published, verified_through,
            valid_from, reason, source_url, official, newest_text)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $8, $10, $11, $12, '') RETURNING id
        """, statute.Abbreviation.Trim(), key, statute.Title, StatuteText.TitleKey(statute.Title), statute.Order, statute.Entity, statute.Matter,
        statute.Published, statute.VerifiedThrough, ValidityReason.Original, statute.SourceUrl, statute.Official);

    private void UpdateStatute(Statute statute, long id, bool newest) => connection.Run(newest
        ? """
          UPDATE statute SET title = $2, title_key = $3, legal_order = $4, entity = $5, matter = $6, published = coalesce($7, published),
              valid_from = coalesce($7, valid_from), verified_through = $8, source_url = $9 WHERE id = $1
          """
        : "UPDATE statute SET published = coalesce(published, $7), valid_from = coalesce(valid_from, $7), verified_through = $8 WHERE id = $1",
        id, statute.Title, StatuteText.TitleKey(statute.Title), statute.Order, statute.Entity, statute.Matter, statute.Published,
        statute.VerifiedThrough, statute.SourceUrl);

    private long InsertEdition(long statute, StatuteDocument document, StatuteSource source, string textDate)
    {
        var earlier = Neighbour(statute, "text_date < $2 ORDER BY text_date DESC", textDate);
        var later = Neighbour(statute, "text_date > $2 ORDER BY text_date", textDate);
        var edition = connection.Scalar<long>("INSERT INTO edition (statute_id, text_date, last_reform, reader, parser) VALUES ($1, $2, $3, $4, $5) RETURNING id",
            statute, textDate, document.LastReform, source.Reader, source.Parser);
        var here = new Dictionary<(string, int), long>();
        foreach (var (position, (article, occurrence)) in Numbered(document).Index())
        {
            var digest = StatuteText.Digest(article);
            var slot = (article.Number.Key, occurrence);
            var same = Same(earlier, slot, digest) ?? Same(later, slot, digest);
            var id = same ?? InsertArticle(statute, article, occurrence, digest, textDate, position);
            if (same is not null && later.Count == 0) Refresh(id, article);
            Run("INSERT INTO edition_article (edition_id, position, article_id) VALUES ($1, $2, $3)", edition, position, id);
            here.Add(slot, id);
        }
        // What stood both before and after, and differs here, is two versions and not one.
        foreach (var (slot, (id, _)) in earlier)
            if (later.TryGetValue(slot, out var after) && after.Id == id && here.GetValueOrDefault(slot) != id) Split(statute, id, textDate);
        return edition;
    }

    private long InsertArticle(long statute, Article article, int occurrence, byte[] digest, string textDate, int position)
    {
        var id = (long)Prepared("""
            INSERT INTO article (statute_id, key, occurrence, printed, heading, place, notes, page, transitory, decree, own_from, own_to, valid_from, valid_to,
                reason, condition, text_hash, last_note, first_text, last_text, position)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $11, $12, $13, $14, $15, $16, $17, $17, $18) RETURNING id
            """, statute, article.Number.Key, occurrence, article.Number.Printed, article.Heading, StatuteRows.ToJson(article.Place), StatuteRows.ToJson(article.Notes),
            article.Page, article.Transitory, article.Decree, article.Validity.From, article.Validity.To, article.Validity.Reason, article.Validity.Condition,
            digest, article.LastReform, textDate, position).ExecuteScalar()!;
        foreach (var passage in article.Passages)
            Run("""
                INSERT INTO passage (article_id, passage_id, unit, introduction, text, introductory, page, own_from, own_to, valid_from, valid_to, reason, condition, notes)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $8, $9, $10, $11, $12)
                """, id, passage.Id, passage.Unit, passage.Introduction, passage.Text, passage.Introductory, passage.Page, passage.Validity.From, passage.Validity.To,
                passage.Validity.Reason, passage.Validity.Condition, StatuteRows.ToJson(passage.Notes));
        return id;
    }

    /// <summary>The same text in a newer edition: place, headings and pages are those of the newer one.</summary>
    private void Refresh(long id, Article article)
    {
        Run("UPDATE article SET heading = $2, place = $3, notes = $4, page = coalesce($5, page), last_note = $6 WHERE id = $1",
            id, article.Heading, StatuteRows.ToJson(article.Place), StatuteRows.ToJson(article.Notes), article.Page, article.LastReform);
        RefreshPassagePages(id, article);
    }

    private void FillPages(long edition, StatuteDocument document)
    {
        var held = Articles(edition);
        foreach (var (article, occurrence) in Numbered(document))
        {
            if (article.Page is null || !held.TryGetValue((article.Number.Key, occurrence), out var same)) continue;
            Run("UPDATE article SET page = $2 WHERE id = $1", same.Id, article.Page);
            RefreshPassagePages(same.Id, article);
        }
    }

    private void RefreshPassagePages(long id, Article article)
    {
        foreach (var passage in article.Passages)
            if (passage.Page is not null) Run("UPDATE passage SET page = $3 WHERE article_id = $1 AND passage_id = $2", id, passage.Id, passage.Page);
    }

    /// <summary>Copies an article for the editions after a date, which shared its row with the editions before.</summary>
    private void Split(long statute, long article, string textDate)
    {
        const string columns = "statute_id, key, occurrence, printed, heading, place, notes, page, transitory, decree, own_from, own_to, valid_from, valid_to, reason, condition, text_hash, last_note, first_text, last_text, position";
        const string passageColumns = "passage_id, unit, introduction, text, introductory, page, own_from, own_to, valid_from, valid_to, reason, condition, notes";
        var copy = connection.Scalar<long>($"INSERT INTO article ({columns}) SELECT {columns} FROM article WHERE id = $1 RETURNING id", article);
        connection.Run($"INSERT INTO passage (article_id, {passageColumns}) SELECT $2, {passageColumns} FROM passage WHERE article_id = $1 ORDER BY row", article, copy);
        connection.Run("UPDATE edition_article SET article_id = $2 WHERE article_id = $1 AND edition_id IN (SELECT id FROM edition WHERE statute_id = $3 AND text_date > $4)",
            article, copy, statute, textDate);
    }

    private void DeleteEdition(long edition)
    {
        connection.Run("DELETE FROM article WHERE id IN (SELECT article_id FROM edition_article WHERE edition_id = $1) AND id NOT IN (SELECT article_id FROM edition_article WHERE edition_id <> $1)", edition);
        connection.Run("DELETE FROM edition WHERE id = $1", edition);
    }

    /// <summary>What the newest text says of its own end and of the end of other laws.</summary>
    private void ReplaceFate(long statute, StatuteDocument document)
    {
        var own = document.Validity;
        connection.Run("UPDATE statute SET own_to = $2, own_reason = $3, own_condition = $4 WHERE id = $1", statute, own.To, own.Reason, own.Condition);
        connection.Run("DELETE FROM abrogation WHERE statute_id = $1", statute);
        foreach (var abrogation in document.Abrogations)
            connection.Run("INSERT INTO abrogation (statute_id, title_key, published, effective, condition) VALUES ($1, $2, $3, $4, $5)",
                statute, StatuteText.TitleKey(abrogation.Title), abrogation.Published, abrogation.Effective, abrogation.Condition);
    }

    private Dictionary<(string Key, int Occurrence), (long Id, byte[] Digest)> Neighbour(long statute, string which, string textDate) =>
        connection.Scalar<long>($"SELECT id FROM edition WHERE statute_id = $1 AND {which} LIMIT 1", statute, textDate) is not 0 and var id ? Articles(id) : [];

    private Dictionary<(string Key, int Occurrence), (long Id, byte[] Digest)> Articles(long edition) => connection.Query(
        reader => (Slot: (reader.GetString(0), reader.GetInt32(1)), Held: (reader.GetInt64(2), (byte[])reader[3])),
        "SELECT a.key, a.occurrence, a.id, a.text_hash FROM edition_article e JOIN article a ON a.id = e.article_id WHERE e.edition_id = $1", edition)
        .ToDictionary(row => row.Slot, row => row.Held);

    private List<string> Digests(long edition) => connection.Query(reader => reader.GetString(0),
        "SELECT a.key || hex(a.text_hash) FROM edition_article e JOIN article a ON a.id = e.article_id WHERE e.edition_id = $1 ORDER BY e.position", edition);

    private static long? Same(Dictionary<(string, int), (long Id, byte[] Digest)> edition, (string, int) slot, byte[] digest) =>
        edition.TryGetValue(slot, out var held) && held.Digest.AsSpan().SequenceEqual(digest) ? held.Id : null;

    /// <summary>A text may print one number twice; the second is another article.</summary>
    private static IEnumerable<(Article Article, int Occurrence)> Numbered(StatuteDocument document)
    {
        var seen = new Dictionary<string, int>();
        foreach (var article in document.Articles)
        {
            var occurrence = seen.GetValueOrDefault(article.Number.Key);
            seen[article.Number.Key] = occurrence + 1;
            yield return (article, occurrence);
        }
    }

    private void Run(string sql, params ReadOnlySpan<object?> values) => Prepared(sql, values).ExecuteNonQuery();

    /// <summary>A law is thousands of rows of the same few statements.</summary>
    private DbCommand Prepared(string sql, params ReadOnlySpan<object?> values)
    {
        if (commands.TryGetValue(sql, out var command)) return command.Bind(values);
        return commands[sql] = connection.Command(sql, values);
    }

    private static string Iso(DateOnly? date) => date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
}
