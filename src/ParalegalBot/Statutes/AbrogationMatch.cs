using Microsoft.Data.Sqlite;
using ParalegalBot.Records;

namespace ParalegalBot.Statutes;

/// <summary>Ends the laws that another held law abrogates, in whichever order the two came in: by title and publication date.</summary>
internal static class AbrogationMatch
{
    public static void Apply(SqliteConnection connection)
    {
        var abrogations = connection.Query(reader => new Ending(
            reader.GetInt64(0), reader.GetString(1), reader.GetString(2), reader.Date(3), reader.GetString(4), reader.Date(5), reader.Date(6), reader.Text(7)),
            """
            SELECT s.id, s.abbreviation, s.title_key, s.published, a.title_key, a.published, a.effective, a.condition
            FROM abrogation a JOIN statute s ON s.id = a.statute_id
            """);
        var statutes = connection.Query(reader => (Id: reader.GetInt64(0), Title: reader.GetString(1), Published: reader.Date(2),
                To: reader.Date(3), Reason: reader.GetString(4), Condition: reader.Text(5)),
            "SELECT id, title_key, published, valid_to, reason, condition FROM statute");
        foreach (var statute in statutes)
        {
            var ending = abrogations.Where(ending => ending.Ends(statute.Id, statute.Title, statute.Published)).OrderBy(ending => ending.Effective ?? DateOnly.MaxValue).FirstOrDefault();
            var to = ending?.Effective?.AddDays(-1);
            var reason = ending is null ? ValidityReason.Original : ValidityReason.Abrogated;
            var condition = ending is null ? null
                : ending.Condition ?? (to is null ? $"La abroga {ending.ByAbbreviation}; su texto no permite saber desde qué día." : null);
            if ((to, reason.ToString(), condition) != (statute.To, statute.Reason, statute.Condition))
                connection.Run("UPDATE statute SET valid_to = $2, reason = $3, condition = $4 WHERE id = $1", statute.Id, to, reason, condition);
        }
    }

    private sealed record Ending(
        long By, string ByAbbreviation, string ByTitle, DateOnly? ByPublished, string Title, DateOnly? Published, DateOnly? Effective, string? Condition)
    {
        public bool Ends(long statute, string title, DateOnly? published)
        {
            if (statute == By || title != Title) return false;
            if (Published is not null && published is not null) return Published == published;
            // Without both dates a law may end an older one of another title, never a namesake or a younger one.
            return title != ByTitle && !(published >= ByPublished);
        }
    }
}
