using System.Globalization;
using ParalegalBot.Answering;

namespace ParalegalBot.Records;

/// <summary>The turns of every conversation. Persons are the audit log's pseudonyms, so that erasing one there erases the turns as well.</summary>
public sealed class ConversationStore(RecordsFile records, AuditLog audit, TimeProvider time)
{
    /// <summary>Adds a turn at the end.</summary>
    public void Append(string conversation, string person, Turn turn) => records.File.Write(connection => connection.Run(
        "INSERT INTO turn (conversation, person, at, role, text) VALUES ($1, $2, $3, $4, $5)", conversation, audit.Pseudonym(connection, person, create: true),
        time.GetUtcNow().UtcDateTime.ToString("o", CultureInfo.InvariantCulture), turn.Role, turn.Text));

    /// <summary>The last turns, oldest first.</summary>
    public IReadOnlyList<Turn> Last(string conversation, int count) => records.File.Read(connection =>
    {
        var turns = connection.Query(reader => new Turn(reader.GetString(0), reader.GetString(1)),
            "SELECT role, text FROM turn WHERE conversation = $1 ORDER BY number DESC LIMIT $2", conversation, count);
        turns.Reverse();
        return (IReadOnlyList<Turn>)turns;
    });

    /// <summary>Forgets a conversation; returns how many turns it had.</summary>
    public int Delete(string conversation) => records.File.Write(connection => connection.Run("DELETE FROM turn WHERE conversation = $1", conversation));

    /// <summary>Forgets turns older than the time given; returns how many.</summary>
    public int DeleteBefore(DateTimeOffset time) => records.File.Write(connection =>
        connection.Run("DELETE FROM turn WHERE at < $1", time.UtcDateTime.ToString("o", CultureInfo.InvariantCulture)));
}
