using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using ParalegalBot.Answering;
using ParalegalBot.Conversations;

namespace ParalegalBot.Records;

/// <summary>The turns of every conversation. Persons are the audit log's pseudonyms, so that erasing one there erases the turns as well.</summary>
public sealed class ConversationStore(RecordsFile records, AuditLog audit, TimeProvider time)
{
    /// <summary>Adds a turn at the end.</summary>
    public void Append(string conversation, string person, Turn turn) => records.File.Write(connection => Insert(connection, conversation, person, turn, null));

    /// <summary>Adds a question and its reply, both or neither; returns the place of the exchange in its conversation, from 1.</summary>
    public int Append(string conversation, string person, Exchange exchange) => records.File.Write(connection => Append(connection, conversation, person, exchange));

    /// <summary>The same within a transaction of the caller's.</summary>
    internal int Append(DbConnection connection, string conversation, string person, Exchange exchange)
    {
        Insert(connection, conversation, person, new Turn("user", exchange.Question), null);
        Insert(connection, conversation, person, new Turn("assistant", exchange.Reply.Text), JsonSerializer.Serialize(exchange.Reply));
        return (int)connection.Scalar<long>("SELECT count(*) FROM turn WHERE conversation = $1 AND reply IS NOT NULL", conversation);
    }

    /// <summary>The questions whose replies were kept as they were shown, oldest first.</summary>
    public IReadOnlyList<Exchange> Exchanges(string conversation) => records.File.Read(connection => connection.Query(
        reader => new Exchange(reader.GetString(0), JsonSerializer.Deserialize<Reply>(reader.GetString(1))!),
        """
        SELECT (SELECT asked.text FROM turn AS asked WHERE asked.conversation = said.conversation AND asked.number < said.number ORDER BY asked.number DESC LIMIT 1), said.reply
        FROM turn AS said WHERE said.conversation = $1 AND said.reply IS NOT NULL ORDER BY said.number
        """, conversation));

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
        connection.Run("DELETE FROM turn WHERE at < $1", Stamp(time)));

    private int Insert(DbConnection connection, string conversation, string person, Turn turn, string? reply) => connection.Run(
        "INSERT INTO turn (conversation, person, at, role, text, reply) VALUES ($1, $2, $3, $4, $5, $6)",
        conversation, audit.Pseudonym(connection, person, create: true), Stamp(time.GetUtcNow()), turn.Role, turn.Text.Replace('\0', ' '), reply);

    private static string Stamp(DateTimeOffset time) => time.UtcDateTime.ToString("o", CultureInfo.InvariantCulture);
}
