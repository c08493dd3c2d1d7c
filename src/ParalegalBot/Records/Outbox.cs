using System.Data.Common;

namespace ParalegalBot.Records;

/// <summary>
/// What is to be sent over the channels: one message at a time in each lane, in the order written. A message is marked before its request leaves,
/// so that a crash in between leaves a message of which nobody knows whether it arrived: it is reported as uncertain and never sent twice.
/// Address and content are forgotten once a message is finished.
/// </summary>
public sealed class Outbox(RecordsFile records, AuditLog audit, TimeProvider time)
{
    /// <summary>Keeps a message; false where its key is known.</summary>
    public bool Add(OutboxDraft draft) => records.File.Write(connection => Add(connection, draft));

    /// <summary>The same within a transaction of the caller's.</summary>
    internal bool Add(DbConnection connection, OutboxDraft draft) => connection.Run(
        """
        INSERT INTO outbox (channel, key, lane, person, at, state, address, body, answer, attempts, due_at, owner, taken_until)
        VALUES ($1, $2, $3, $4, $5, 'waiting', $6, $7, $8, 0, $5, '', '') ON CONFLICT (key) DO NOTHING
        """,
        draft.Channel, draft.Key, draft.Lane, draft.Person is { } person ? audit.Pseudonym(connection, person, create: true) : null,
        Stamp.Of(time.GetUtcNow()), draft.Address, draft.Body, draft.Answer) == 1;

    /// <summary>Takes the oldest message that is due and first in its lane, and marks it as leaving; null where there is none.</summary>
    public OutboxEntry? Take(string owner, DateTimeOffset until) => records.File.Write(connection => connection.Query(
        Entry,
        $"""
        UPDATE outbox SET state = 'sending', owner = $1, taken_until = $2, attempts = attempts + 1
        WHERE number = (
            SELECT oldest.number FROM outbox AS oldest
            WHERE oldest.state = 'waiting' AND oldest.due_at <= $3
              AND NOT EXISTS (SELECT 1 FROM outbox AS earlier WHERE earlier.state IN ('waiting', 'sending') AND earlier.lane = oldest.lane AND earlier.number < oldest.number)
            ORDER BY oldest.number LIMIT 1)
          AND state = 'waiting'
        RETURNING {Columns}
        """, owner, Stamp.Of(until), Stamp.Of(time.GetUtcNow())).FirstOrDefault());

    /// <summary>It arrived; <paramref name="sentId"/> is the id under which the channel knows it.</summary>
    public void Sent(long number, string? sentId) => Finish(number, "sent", sentId, null);

    /// <summary>It cannot be delivered, and why.</summary>
    public void Failed(long number, string problem) => Finish(number, "failed", null, problem);

    /// <summary>It may have arrived or not, and why nobody knows.</summary>
    public void Uncertain(long number, string problem) => Finish(number, "uncertain", null, problem);

    /// <summary>It did not arrive and is tried again from <paramref name="due"/> on.</summary>
    public void Postpone(long number, DateTimeOffset due, string problem) => records.File.Write(connection =>
        connection.Run("UPDATE outbox SET state = 'waiting', owner = '', due_at = $2, problem = $3 WHERE number = $1", number, Stamp.Of(due), problem));

    /// <summary>It waits until its person writes again, and keeps nobody waiting behind it.</summary>
    public void Park(long number, string problem) => records.File.Write(connection =>
        connection.Run("UPDATE outbox SET state = 'parked', owner = '', problem = $2 WHERE number = $1", number, problem));

    /// <summary>How many messages of a lane wait for their person.</summary>
    public int Parked(string lane) => records.File.Read(connection => (int)connection.Scalar<long>("SELECT count(*) FROM outbox WHERE lane = $1 AND state = 'parked'", lane));

    /// <summary>Their person wrote: the messages of a lane that waited for it are due; returns how many.</summary>
    public int Unpark(string lane) => records.File.Write(connection =>
        connection.Run("UPDATE outbox SET state = 'waiting', attempts = 0, due_at = $2 WHERE lane = $1 AND state = 'parked'", lane, Stamp.Of(time.GetUtcNow())));

    /// <summary>A channel reported later that a message which it had taken did not arrive; returns it, null for one that is unknown or reported already.</summary>
    public OutboxFailure? FailedLater(string channel, string sentId, string problem) => records.File.Write(connection => connection.Query(
        Failure, $"UPDATE outbox SET state = 'failed', problem = $3 WHERE channel = $1 AND sent_id = $2 AND state = 'sent' RETURNING {FailureColumns}", channel, sentId, problem).FirstOrDefault());

    /// <summary>Messages that were leaving when their sender died; each is returned once.</summary>
    public IReadOnlyList<OutboxEntry> TakeInterrupted(string owner, DateTimeOffset until) => records.File.Write(connection => connection.Query(
        Entry, $"UPDATE outbox SET owner = $1, taken_until = $2 WHERE state = 'sending' AND owner <> $1 AND taken_until < $3 RETURNING {Columns}",
        owner, Stamp.Of(until), Stamp.Of(time.GetUtcNow())));

    /// <summary>The answer that a message carried, by the id under which the channel knows the message; null for one that carried none.</summary>
    public string? AnswerOf(string lane, string sentId) => records.File.Read(connection =>
        connection.Scalar<string>("SELECT answer FROM outbox WHERE lane = $1 AND sent_id = $2", lane, sentId));

    /// <summary>Whether a message of a lane carried an answer.</summary>
    public bool Carried(string lane, string answer) => records.File.Read(connection =>
        connection.Scalar<long>("SELECT count(*) FROM outbox WHERE lane = $1 AND answer = $2", lane, answer)) > 0;

    /// <summary>What could not be delivered or may not have been, newest first.</summary>
    public IReadOnlyList<OutboxFailure> Failures(int count) => records.File.Read(connection => connection.Query(
        Failure, $"SELECT {FailureColumns} FROM outbox WHERE state IN ('failed', 'uncertain', 'parked') ORDER BY number DESC LIMIT $1", count));

    /// <summary>How many messages are waiting or leaving.</summary>
    public int Waiting() => records.File.Read(connection => (int)connection.Scalar<long>("SELECT count(*) FROM outbox WHERE state IN ('waiting', 'sending')"));

    private const string Columns = "number, channel, lane, address, body, answer, attempts, at";

    private const string FailureColumns = "number, channel, at, state, answer, problem, lane";

    private static OutboxFailure Failure(DbDataReader reader) => new(
        reader.GetInt64(0), reader.GetString(1), Stamp.Read(reader.GetString(2)), reader.GetString(3), reader.Text(4), reader.Text(5)) { Lane = reader.GetString(6) };

    private static OutboxEntry Entry(DbDataReader reader) => new(
        reader.GetInt64(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetString(4), reader.Text(5), reader.GetInt32(6), Stamp.Read(reader.GetString(7)));

    private void Finish(long number, string state, string? sentId, string? problem) => records.File.Write(connection => connection.Run(
        "UPDATE outbox SET state = $2, sent_id = $3, problem = $4, address = NULL, body = NULL, owner = '' WHERE number = $1", number, state, sentId, problem));
}

/// <summary>A message to be sent.</summary>
/// <param name="Channel">Over which channel.</param>
/// <param name="Lane">Within a lane the order is kept.</param>
/// <param name="Address">Where to, in the channel's own words.</param>
/// <param name="Body">What, in the channel's own words.</param>
public sealed record OutboxDraft(string Channel, string Lane, string Address, string Body)
{
    /// <summary>For whom, as the channel names them: erasing them drops the message; null for nobody in particular.</summary>
    public string? Person { get; init; }

    /// <summary>A message with a key is kept once only; null for any other.</summary>
    public string? Key { get; init; }

    /// <summary>Id of the answer that it carries.</summary>
    public string? Answer { get; init; }
}

/// <summary>A message taken from the outbox.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Channel">Over which channel.</param>
/// <param name="Lane">Its lane.</param>
/// <param name="Address">Where to.</param>
/// <param name="Body">What.</param>
/// <param name="Answer">Id of the answer that it carries.</param>
/// <param name="Attempts">How often it was taken, this time included.</param>
/// <param name="At">When it was written.</param>
public sealed record OutboxEntry(long Number, string Channel, string Lane, string Address, string Body, string? Answer, int Attempts, DateTimeOffset At);

/// <summary>A message that did not arrive, or may not have.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Channel">Over which channel.</param>
/// <param name="At">When it was written.</param>
/// <param name="State"><c>failed</c>, <c>uncertain</c>, or <c>parked</c> while it waits for its person.</param>
/// <param name="Answer">Id of the answer that it carried.</param>
/// <param name="Problem">Why.</param>
public sealed record OutboxFailure(long Number, string Channel, DateTimeOffset At, string State, string? Answer, string? Problem)
{
    /// <summary>Its lane.</summary>
    public string Lane { get; init; } = "";
}
