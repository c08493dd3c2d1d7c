using ParalegalBot.Conversations;

namespace ParalegalBot.Records;

/// <summary>
/// What the channels accepted and what is not answered yet. A message is accepted once under its key, taken by one worker at a time in the order
/// of its lane, and finished together with its replies in one transaction: whoever is killed on the way leaves it to the next, once its lease is over.
/// </summary>
public sealed class Inbox(RecordsFile records, Outbox outbox, ConversationStore conversations, TimeProvider time)
{
    /// <summary>Keeps a message unless its key is known or <paramref name="most"/> are waiting already.</summary>
    public Receipt Accept(string channel, string key, string lane, string body, int most) => records.File.Write(connection =>
    {
        var waiting = (int)connection.Scalar<long>("SELECT count(*) FROM inbox WHERE state = 'waiting'");
        if (connection.Scalar<long>("SELECT count(*) FROM inbox WHERE channel = $1 AND key = $2", channel, key) > 0) return new Receipt(ReceiptKind.Duplicate, waiting, false);
        if (waiting >= most) return new Receipt(ReceiptKind.Full, waiting, false);
        var first = connection.Scalar<long>("SELECT count(*) FROM inbox WHERE state = 'waiting' AND lane = $1", lane) == 0;
        var kept = connection.Run(
            "INSERT INTO inbox (channel, key, lane, at, state, body, attempts, owner, taken_until) VALUES ($1, $2, $3, $4, 'waiting', $5, 0, '', '') ON CONFLICT (channel, key) DO NOTHING",
            channel, key, lane, Stamp.Of(time.GetUtcNow()), body);
        return new Receipt(kept == 1 ? ReceiptKind.Accepted : ReceiptKind.Duplicate, waiting, first);
    });

    /// <summary>Takes the oldest message whose lane has no earlier one unfinished; null where there is none. The lease ends at <paramref name="until"/>.</summary>
    public InboxEntry? Take(string owner, DateTimeOffset until) => records.File.Write(connection => connection.Query(
        reader => new InboxEntry(reader.GetInt64(0), reader.GetString(1), reader.GetString(2), reader.GetInt32(3)),
        """
        UPDATE inbox SET owner = $1, taken_until = $2, attempts = attempts + 1
        WHERE number = (
            SELECT oldest.number FROM inbox AS oldest
            WHERE oldest.state = 'waiting' AND oldest.taken_until < $3
              AND NOT EXISTS (SELECT 1 FROM inbox AS earlier WHERE earlier.state = 'waiting' AND earlier.lane = oldest.lane AND earlier.number < oldest.number)
            ORDER BY oldest.number LIMIT 1)
          AND taken_until < $3
        RETURNING number, channel, body, attempts
        """, owner, Stamp.Of(until), Stamp.Of(time.GetUtcNow())).FirstOrDefault());

    /// <summary>Prolongs the leases of everything that <paramref name="owner"/> holds, in the inbox and in the outbox.</summary>
    public void Renew(string owner, DateTimeOffset until) => records.File.Write(connection =>
        connection.Run("UPDATE inbox SET taken_until = $2 WHERE owner = $1 AND state = 'waiting'", owner, Stamp.Of(until))
        + connection.Run("UPDATE outbox SET taken_until = $2 WHERE owner = $1 AND state = 'sending'", owner, Stamp.Of(until)));

    /// <summary>Gives a message back unanswered, for whoever takes it next.</summary>
    public void Release(long number) => records.File.Write(connection => connection.Run("UPDATE inbox SET owner = '', taken_until = '' WHERE number = $1", number));

    /// <summary>
    /// Finishes a message: its replies go into the outbox and the exchange into its conversation, all or nothing. False, and nothing done, where
    /// another worker finished it meanwhile.
    /// </summary>
    public bool Finish(long number, string owner, IReadOnlyList<OutboxDraft> replies, KeptExchange? exchange) => records.File.Write(connection =>
    {
        if (connection.Run("UPDATE inbox SET state = 'done', body = NULL, owner = '' WHERE number = $1 AND owner = $2 AND state = 'waiting'", number, owner) == 0) return false;
        foreach (var reply in replies) outbox.Add(connection, reply);
        if (exchange is not null) conversations.Append(connection, exchange.Conversation, exchange.Person, exchange.Exchange);
        return true;
    });

    /// <summary>How many messages are waiting or being answered.</summary>
    public int Waiting() => records.File.Read(connection => (int)connection.Scalar<long>("SELECT count(*) FROM inbox WHERE state = 'waiting'"));

    /// <summary>Forgets what was finished before a time: until then a message that comes twice is known.</summary>
    public void DeleteBefore(DateTimeOffset past) => records.File.Write(connection =>
        connection.Run("DELETE FROM inbox WHERE state = 'done' AND at < $1", Stamp.Of(past))
        + connection.Run("DELETE FROM outbox WHERE state NOT IN ('waiting', 'sending') AND at < $1", Stamp.Of(past)));
}

/// <summary>What became of a message at the door.</summary>
public enum ReceiptKind
{
    /// <summary>It is kept and will be answered.</summary>
    Accepted,

    /// <summary>It came before; nothing was done.</summary>
    Duplicate,

    /// <summary>Too many are waiting; nothing was done.</summary>
    Full,
}

/// <summary>What the inbox says to a message.</summary>
/// <param name="Kind">What became of it.</param>
/// <param name="Ahead">Messages that were waiting before it, in all lanes.</param>
/// <param name="FirstOfLane">Whether none of its own lane was waiting.</param>
public sealed record Receipt(ReceiptKind Kind, int Ahead, bool FirstOfLane);

/// <summary>A message taken from the inbox.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Channel">Its channel.</param>
/// <param name="Body">What was accepted, as JSON.</param>
/// <param name="Attempts">How often it was taken, this time included.</param>
public sealed record InboxEntry(long Number, string Channel, string Body, int Attempts);

/// <summary>A question with its reply, for the conversation that remembers it.</summary>
/// <param name="Conversation">Id of the conversation.</param>
/// <param name="Person">Who asked, as the channel names them.</param>
/// <param name="Exchange">Question and reply.</param>
public sealed record KeptExchange(string Conversation, string Person, Exchange Exchange);
