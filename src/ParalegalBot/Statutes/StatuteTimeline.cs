using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using ParalegalBot.Records;

namespace ParalegalBot.Statutes;

/// <summary>
/// Settles from when to when each version of a law's articles is in force, from the order of the law's editions: a version ends the day
/// before the next begins, and one that a later edition no longer prints ends the day before that edition.
/// </summary>
internal static class StatuteTimeline
{
    public static void Settle(SqliteConnection connection, long statute)
    {
        var editions = connection.Query(reader => reader.GetString(0), "SELECT text_date FROM edition WHERE statute_id = $1 ORDER BY text_date", statute);
        if (editions.Count > 1)
        {
            var rows = connection.Query(Row, """
                SELECT a.id, a.key || '#' || a.occurrence, e.text_date, m.position, a.own_from, a.last_note
                FROM edition_article m JOIN edition e ON e.id = m.edition_id JOIN article a ON a.id = m.article_id
                WHERE e.statute_id = $1 ORDER BY 2, e.text_date
                """, statute);
            foreach (var article in rows.GroupBy(row => row.Slot)) SettleArticle(connection, editions, [.. article]);
        }
        connection.Run("""
            UPDATE statute SET newest_text = $2,
                last_reform = (SELECT last_reform FROM edition WHERE statute_id = $1 AND text_date = $2),
                articles = (SELECT count(*) FROM article WHERE statute_id = $1 AND last_text = $2 AND transitory = 0),
                passages = (SELECT count(*) FROM passage p JOIN article a ON a.id = p.article_id WHERE a.statute_id = $1 AND a.last_text = $2)
            WHERE id = $1
            """, statute, editions[^1]);
    }

    private static void SettleArticle(SqliteConnection connection, List<string> editions, List<Entry> entries)
    {
        var versions = entries.GroupBy(entry => entry.Id).Select(group => group.ToList()).ToList();
        var begins = versions.Select(version => Begin(editions, version[0])).ToList();
        for (var i = 0; i < versions.Count; i++)
        {
            var version = versions[i];
            var last = editions.IndexOf(version[^1].TextDate);
            // A gap before the next version: the article was gone meanwhile.
            var gone = last + 1 < editions.Count && (i + 1 == versions.Count || versions[i + 1][0].TextDate != editions[last + 1]);
            var end = gone ? editions[last + 1] : i + 1 < versions.Count ? begins[i + 1] : null;
            Store(connection, version, begins[i], end is { Length: 10 } ? DayBefore(end) : null);
        }
    }

    /// <summary>What the source says where that fits between the editions, else the note's date, else the edition's; null for the oldest text held.</summary>
    private static string? Begin(List<string> editions, Entry first)
    {
        var index = editions.IndexOf(first.TextDate);
        if (index == 0) return null;
        var before = editions[index - 1];
        if (string.CompareOrdinal(first.OwnFrom, before) > 0) return first.OwnFrom;
        return string.CompareOrdinal(first.LastNote, before) > 0 && string.CompareOrdinal(first.LastNote, first.TextDate) <= 0 ? first.LastNote : first.TextDate;
    }

    private static void Store(SqliteConnection connection, List<Entry> version, string? begin, string? end)
    {
        connection.Run("""
            UPDATE article SET first_text = $2, last_text = $3, position = $4, valid_from = coalesce($5, own_from), valid_to = min(coalesce($6, own_to), coalesce(own_to, $6))
            WHERE id = $1
            """, version[0].Id, version[0].TextDate, version[^1].TextDate, version[^1].Position, begin, end);
        connection.Run("""
            UPDATE passage SET valid_from = max(coalesce($2, own_from), coalesce(own_from, $2)), valid_to = min(coalesce($3, own_to), coalesce(own_to, $3))
            WHERE article_id = $1
            """, version[0].Id, begin, end);
    }

    private static string DayBefore(string date) =>
        DateOnly.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture).AddDays(-1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static Entry Row(DbDataReader reader) =>
        new(reader.GetInt64(0), reader.GetString(1), reader.GetString(2), reader.GetInt32(3), reader.Text(4), reader.Text(5));

    private sealed record Entry(long Id, string Slot, string TextDate, int Position, string? OwnFrom, string? LastNote);
}
