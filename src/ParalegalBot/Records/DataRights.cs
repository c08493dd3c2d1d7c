using System.Data.Common;

namespace ParalegalBot.Records;

/// <summary>
/// Access, rectification, cancellation and opposition, by command and by chat, with the law's clock: 20 working days to answer, 15 more to carry out.
/// What this program can do itself it does at once; the request then shows that it was kept. Every step is a row of the audit log.
/// </summary>
public sealed class DataRights(RecordsFile records, AuditLog audit, TimeProvider time)
{
    /// <summary>Working days to answer.</summary>
    public const int DaysToAnswer = 20;

    /// <summary>Working days to carry out what was granted.</summary>
    public const int DaysToCarryOut = 15;

    private const string Columns = "id, kind, channel, person, received_at, answer_by, answered_at, carry_out_by, done_at, note";

    /// <summary>Notes a request that a human will answer; its clock runs from today.</summary>
    public DataRequest Receive(DataRight right, string person, string channel, string? note = null) => records.File.Write(connection => Receive(connection, right, person, channel, note));

    /// <summary>Everything held of a person, oldest first; the request is kept as answered and done.</summary>
    public IReadOnlyList<AuditRow> Access(string person, string channel)
    {
        Fulfil(DataRight.Access, person, channel, null, null);
        return audit.Export(person);
    }

    /// <summary>Erases a person; returns how many rows were emptied.</summary>
    public int Cancel(string person, string channel) => Fulfil(DataRight.Cancellation, person, channel, null, connection => audit.Erase(connection, person));

    /// <summary>From now on the log keeps that this person asked, never what.</summary>
    public void Oppose(string person, string channel) => Fulfil(DataRight.Opposition, person, channel, null, connection => audit.Oppose(connection, person));

    /// <summary>Notes a correction of an answer's row beside it: the log is append-only. False where the person has no such row.</summary>
    public bool Rectify(string person, string channel, string answer, string correction)
    {
        if (audit.Export(person).All(row => row.Id != answer)) return false;
        Fulfil(DataRight.Rectification, person, channel, answer, connection => audit.Append(connection, AuditEntry.Note(audit.NewId(), person, channel, "rectification", $"{answer}: {correction}")));
        return true;
    }

    /// <summary>All requests, those due first first; with <paramref name="open"/> only those that are not done.</summary>
    public IReadOnlyList<DataRequest> List(bool open) => records.File.Read(connection => connection.Query(
        Row, $"SELECT {Columns} FROM data_request {(open ? "WHERE done_at IS NULL" : "")} ORDER BY done_at IS NOT NULL, coalesce(carry_out_by, answer_by), id"));

    /// <summary>Notes that a request was answered (the term for carrying it out begins) or, answered before, carried out; false for an unknown or finished one.</summary>
    public bool Advance(string id, string? note) => records.File.Write(connection =>
    {
        if (connection.Query(Row, $"SELECT {Columns} FROM data_request WHERE id = $1 AND done_at IS NULL", id).FirstOrDefault() is not { } request) return false;
        if (request.Answered is null)
            connection.Run("UPDATE data_request SET answered_at = $2, carry_out_by = $3, note = coalesce($4, note) WHERE id = $1", id, Today, BusinessDays.After(Today, DaysToCarryOut), note);
        else connection.Run("UPDATE data_request SET done_at = $2, note = coalesce($3, note) WHERE id = $1", id, Today, note);
        audit.Append(connection, AuditEntry.Note(audit.NewId(), AuditEntry.System, "operations", request.Answered is null ? "request_answered" : "request_done", id));
        return true;
    });

    private DateOnly Today => DateOnly.FromDateTime(time.GetLocalNow().DateTime);

    /// <summary>A request that is carried out as it comes in.</summary>
    private int Fulfil(DataRight right, string person, string channel, string? note, Func<DbConnection, int>? act) => records.File.Write(connection =>
    {
        var request = Receive(connection, right, person, channel, note);
        var result = act?.Invoke(connection) ?? 0;
        connection.Run("UPDATE data_request SET answered_at = $2, carry_out_by = $3, done_at = $2 WHERE id = $1", request.Id, Today, BusinessDays.After(Today, DaysToCarryOut));
        return result;
    });

    private DataRequest Receive(DbConnection connection, DataRight right, string person, string channel, string? note)
    {
        var request = new DataRequest(audit.NewId(), right, channel, audit.Pseudonym(connection, person, create: true)!, Today, BusinessDays.After(Today, DaysToAnswer), null, null, null, note);
        connection.Run("INSERT INTO data_request (id, kind, channel, person, received_at, answer_by, note) VALUES ($1, $2, $3, $4, $5, $6, $7)",
            request.Id, right, channel, request.Person, request.Received, request.AnswerBy, note);
        // The row must not outlive the person's key as a row of theirs, so it is the system's.
        audit.Append(connection, AuditEntry.Note(audit.NewId(), AuditEntry.System, channel, "request_received", $"{request.Id} {right}"));
        return request;
    }

    private static DataRequest Row(DbDataReader reader) => new(
        reader.GetString(0), Enum.Parse<DataRight>(reader.GetString(1)), reader.GetString(2), reader.GetString(3), reader.Date(4)!.Value, reader.Date(5)!.Value,
        reader.Date(6), reader.Date(7), reader.Date(8), reader.Text(9));
}
