using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ParalegalBot.Records;

/// <summary>
/// The append-only log of answers, a hash chain: each row's hash covers the one before and the salted digests of its own fields. A person's
/// content can be erased with its salt: the digests stay, so the chain still verifies and no longer tells anything. Persons are
/// pseudonyms under a key of their own that erasure destroys.
/// </summary>
public sealed class AuditLog(RecordsFile records, TimeProvider time, RandomNumberGenerator random)
{
    private const string Emptied = "question = NULL, reason = NULL, answer = NULL, verdicts = NULL, timings = NULL, salt = NULL";
    private const string Columns = "number, id, at, person, channel, outcome, engine, generation, question, reason, answer, verdicts, timings";

    /// <summary>A new id for an answer: 16 hexadecimal digits.</summary>
    public string NewId() => Convert.ToHexStringLower(RandomBytes(8));

    /// <summary>Appends a row.</summary>
    public void Append(AuditEntry entry) => records.File.Write(connection => Append(connection, entry));

    /// <summary>The same within a transaction of the caller's.</summary>
    internal int Append(DbConnection connection, AuditEntry entry)
    {
        if (entry.Outcome != AuditEntry.NoteOutcome && Opposes(connection, entry.Person)) entry = entry with { Question = "", Answer = "{}", Verdicts = "[]" };
        var head = connection.Query(reader => (Count: reader.GetInt64(0), Hash: (byte[])reader[1]), "SELECT count, hash FROM audit_head").Single();
        var row = new AuditRow(head.Count + 1, entry.Id, time.GetUtcNow(), Pseudonym(connection, entry.Person, create: true)!, entry.Channel, entry.Outcome, entry.Engine,
            entry.Generation, entry.Question.Replace('\0', ' '), entry.Reason, entry.Answer, entry.Verdicts, entry.Timings); // PostgreSQL's text holds no NUL
        var salt = RandomBytes(16);
        var digests = Digests(row, salt);
        var hash = SHA256.HashData([.. head.Hash, .. digests]);
        connection.Run($"INSERT INTO audit ({Columns}, salt, digests, previous_hash, hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)",
            row.Number, row.Id, Stamp.Of(row.At), row.Person, row.Channel, row.Outcome, row.Engine, row.Generation, row.Question, row.Reason, row.Answer, row.Verdicts,
            row.Timings, salt, digests, head.Hash, hash);
        return connection.Run("UPDATE audit_head SET count = $1, hash = $2", row.Number, hash);
    }

    /// <summary>Checks every row against its digests and the chain. One statement reads both, so that rows appended meanwhile do no harm.</summary>
    public AuditVerification Verify() => records.File.Read(connection =>
    {
        var (previous, count, head) = (new byte[32], 0L, (Count: 0L, Hash: (byte[])[]));
        using var command = connection.Command(
            $"SELECT {Columns}, salt, digests, previous_hash, audit.hash, audit_head.count, audit_head.hash FROM audit_head LEFT JOIN audit ON number > 0 ORDER BY number");
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            head = (reader.GetInt64(17), (byte[])reader[18]);
            if (reader.IsDBNull(0)) break;
            var row = Row(reader);
            if (Problem(reader, row, ++count, previous) is { } problem) return new AuditVerification(count, row.Id, problem);
            previous = (byte[])reader[16];
        }
        return head.Count == count && head.Hash.AsSpan().SequenceEqual(previous)
            ? new AuditVerification(count, null, null)
            : new AuditVerification(count, null, $"Faltan renglones al final: la bitácora tuvo {head.Count} y tiene {count}.");
    });

    /// <summary>One row; null where there is none.</summary>
    public AuditRow? Show(string id) => Rows("WHERE id = $1", id).FirstOrDefault();

    /// <summary>The last rows, newest first.</summary>
    public IReadOnlyList<AuditRow> Last(int count) => Rows("ORDER BY number DESC LIMIT $1", count);

    /// <summary>The rows from one moment until before another, oldest first.</summary>
    public IReadOnlyList<AuditRow> Between(DateTimeOffset from, DateTimeOffset until) => Rows("WHERE at >= $1 AND at < $2 ORDER BY number", Stamp.Of(from), Stamp.Of(until));

    /// <summary>Everything held of a person, oldest first; empty for a stranger.</summary>
    public IReadOnlyList<AuditRow> Export(string person) =>
        records.File.Read(connection => Pseudonym(connection, person, create: false)) is { } pseudonym ? Rows("WHERE person = $1 ORDER BY number", pseudonym) : [];

    /// <summary>Destroys a person's content, salts, key, conversations, contact, feedback, follows and cases, and takes their name off what they cost; returns how many rows were emptied.</summary>
    public int Erase(string person) => records.File.Write(connection => Erase(connection, person));

    /// <summary>The same within a transaction of the caller's.</summary>
    internal int Erase(DbConnection connection, string person)
    {
        if (Pseudonym(connection, person, create: false) is not { } pseudonym) return 0;
        var rows = connection.Run($"UPDATE audit SET {Emptied} WHERE person = $1 AND salt IS NOT NULL", pseudonym);
        connection.Run("DELETE FROM outbox WHERE state IN ('waiting', 'parked') AND lane IN (SELECT lane FROM contact WHERE person = $1)", pseudonym);
        foreach (var table in (string[])["turn", "outbox", "contact", "feedback", "transcript", "follow", "hand_over", "hand_over_line"]) connection.Run($"DELETE FROM {table} WHERE person = $1", pseudonym);
        SpendingLedger.Forget(connection, pseudonym);
        connection.Run("UPDATE data_request SET note = NULL WHERE person = $1", pseudonym);
        connection.Run("DELETE FROM person_key WHERE lookup = $1", Lookup(connection, person));
        return rows;
    }

    /// <summary>Destroys the content of rows older than a moment; returns how many were emptied.</summary>
    public int EmptyBefore(DateTimeOffset moment) => records.File.Write(connection => connection.Run($"UPDATE audit SET {Emptied} WHERE at < $1 AND salt IS NOT NULL", Stamp.Of(moment)));

    /// <summary>Keeps nothing of what a person will ask. This holds after an erasure as well.</summary>
    internal int Oppose(DbConnection connection, string person) =>
        connection.Run("INSERT INTO opposed (lookup) VALUES ($1) ON CONFLICT (lookup) DO NOTHING", Lookup(connection, person));

    /// <summary>Whether a person opposed the keeping of what they ask.</summary>
    public bool Opposes(string person) => records.File.Read(connection => Opposes(connection, person));

    private static bool Opposes(DbConnection connection, string person) =>
        connection.Scalar<long>("SELECT count(*) FROM opposed WHERE lookup = $1", Lookup(connection, person)) > 0;

    /// <summary>The person's pseudonym; null for a stranger unless one is to be made.</summary>
    internal string? Pseudonym(DbConnection connection, string person, bool create)
    {
        var lookup = Lookup(connection, person);
        var key = connection.Scalar<byte[]>("SELECT key FROM person_key WHERE lookup = $1", lookup);
        if (key is null)
        {
            if (!create) return null;
            connection.Run("INSERT INTO person_key (lookup, key) VALUES ($1, $2)", lookup, key = RandomBytes(32));
        }
        return Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(person)))[..32];
    }

    private static string? Problem(DbDataReader reader, AuditRow row, long expected, byte[] previous)
    {
        var digests = (byte[])reader[14];
        if (row.Number != expected || !((byte[])reader[15]).AsSpan().SequenceEqual(previous)) return $"El renglón {row.Number} ({row.Id}) no sigue al anterior: falta o sobra alguno.";
        if (!SHA256.HashData([.. previous, .. digests]).AsSpan().SequenceEqual((byte[])reader[16])) return $"El renglón {row.Number} ({row.Id}) no corresponde a su huella.";
        return !reader.IsDBNull(13) && !Digests(row, (byte[])reader[13]).AsSpan().SequenceEqual(digests) ? $"El contenido del renglón {row.Number} ({row.Id}) fue alterado." : null;
    }

    private IReadOnlyList<AuditRow> Rows(string which, params object[] values) => records.File.Read(connection => connection.Query(Row, $"SELECT {Columns} FROM audit {which}", values));

    private static AuditRow Row(DbDataReader reader) => new(
        reader.GetInt64(0), reader.GetString(1), DateTimeOffset.Parse(reader.GetString(2), CultureInfo.InvariantCulture), reader.GetString(3), reader.GetString(4),
        reader.GetString(5), reader.GetString(6), reader.GetInt64(7), reader.Text(8), reader.Text(9), reader.Text(10), reader.Text(11), reader.Text(12));

    /// <summary>One salted digest a field, in a fixed order.</summary>
    private static byte[] Digests(AuditRow row, byte[] salt)
    {
        string?[] fields =
        [
            row.Number.ToString(CultureInfo.InvariantCulture), row.Id, Stamp.Of(row.At), row.Person, row.Channel, row.Outcome, row.Engine,
            row.Generation.ToString(CultureInfo.InvariantCulture), row.Question, row.Reason, row.Answer, row.Verdicts, row.Timings,
        ];
        return [.. fields.SelectMany((field, index) => SHA256.HashData([.. salt, (byte)index, field is null ? (byte)0 : (byte)1, .. Encoding.UTF8.GetBytes(field ?? "")]))];
    }

    private static byte[] Lookup(DbConnection connection, string person) =>
        HMACSHA256.HashData(connection.Scalar<byte[]>("SELECT value FROM pepper")!, Encoding.UTF8.GetBytes(person));

    private byte[] RandomBytes(int count)
    {
        var bytes = new byte[count];
        random.GetBytes(bytes);
        return bytes;
    }
}
