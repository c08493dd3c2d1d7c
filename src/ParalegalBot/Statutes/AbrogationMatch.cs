using System.Data.Common;
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
            FROM abrogation a JOIN statute s ON s.id = a.statute_id WHERE s.own_reason <> 'DeclaredInvalid'
            """);
        var statutes = connection.Query(reader => (
                Law: new Ended(reader.GetInt64(0), reader.GetString(1), reader.Date(2), reader.Date(3)),
                Own: ValidityAt(reader, 4), Held: ValidityAt(reader, 7)),
            "SELECT id, title_key, published, last_reform, own_to, own_reason, own_condition, valid_to, reason, condition FROM statute");
        foreach (var (law, head, held) in statutes)
        {
            var ending = abrogations.Where(ending => ending.Ends(law)).OrderBy(ending => ending.Effective ?? DateOnly.MaxValue).FirstOrDefault();
            var own = head.To < law.LastReform ? Validity.Open : head;
            // The head of the law's own text knows best; it is written after the fact.
            var validity = own.Reason is not ValidityReason.Original || ending is null ? own : ending.Validity;
            if (validity != held)
                connection.Run("UPDATE statute SET valid_to = $2, reason = $3, condition = $4 WHERE id = $1", law.Id, validity.To, validity.Reason, validity.Condition);
        }
    }

    private static Validity ValidityAt(DbDataReader reader, int column) =>
        new(null, reader.Date(column), Enum.Parse<ValidityReason>(reader.GetString(column + 1)), reader.Text(column + 2));

    private sealed record Ended(long Id, string Title, DateOnly? Published, DateOnly? LastReform);

    private sealed record Ending(
        long By, string ByAbbreviation, string ByTitle, DateOnly? ByPublished, string Title, DateOnly? Published, DateOnly? Effective, string? Condition)
    {
        public Validity Validity => new(null, Effective?.AddDays(-1), ValidityReason.Abrogated,
            Condition ?? (Effective is null ? $"La abroga {ByAbbreviation}; su texto no permite saber desde qué día." : null));

        public bool Ends(Ended law)
        {
            if (law.Id == By || law.Title != Title) return false;
            // A law that was reformed after its supposed end outlived it: the abrogating decree itself fell.
            if (Effective < law.LastReform) return false;
            if (Published is not null && law.Published is not null) return Published == law.Published;
            // Without both dates a law may end an older one of another title, never a namesake or a younger one.
            return law.Title != ByTitle && !(law.Published >= ByPublished);
        }
    }
}
