using System.Security.Cryptography;

namespace ParalegalBot.Records;

/// <summary>
/// Cases that people hand over to a human: offered, opened with the person's consent, answered by the firm, closed. A person has at most one that
/// is offered or open on each channel. Persons are the audit log's pseudonyms, so that erasing one there erases their cases as well.
/// </summary>
public sealed class HandOvers(RecordsFile records, AuditLog audit, Outbox outbox, TimeProvider time, RandomNumberGenerator random)
{
    private const string Columns = "id, channel, lane, address, state, reason, at";

    private const string InsertLine =
        "INSERT INTO hand_over_line (hand_over, person, at, side, author, text) SELECT id, person, $2, $3, $4, $5 FROM hand_over WHERE id = $1";

    /// <summary>Notes that the person was asked for consent; false where a case is offered or open already.</summary>
    public bool Offer(string channel, string person, string lane, string address, string reason) => records.File.Write(connection =>
    {
        var pseudonym = audit.Pseudonym(connection, person, create: true);
        if (connection.Scalar<long>("SELECT count(*) FROM hand_over WHERE channel = $1 AND person = $2 AND state <> 'closed'", channel, pseudonym) > 0) return false;
        return connection.Run("INSERT INTO hand_over (id, channel, person, lane, address, state, reason, at) VALUES ($1, $2, $3, $4, $5, 'offered', $6, $7)",
            NewId(), channel, pseudonym, lane, address, reason, Stamp.Of(time.GetUtcNow())) == 1;
    });

    /// <summary>The person's case that is offered or open; null where there is none.</summary>
    public HandOver? Current(string channel, string person) => records.File.Read(connection => audit.Pseudonym(connection, person, create: false)) is { } pseudonym
        ? Cases("WHERE channel = $1 AND person = $2 AND state <> 'closed'", channel, pseudonym).FirstOrDefault()
        : null;

    /// <summary>Opens an offered case with the conversation that the person consented to show; false where it is no longer offered.</summary>
    public bool Open(string id, IReadOnlyList<HandOverLine> transcript) => records.File.Write(connection =>
    {
        if (connection.Run("UPDATE hand_over SET state = 'open', at = $2 WHERE id = $1 AND state = 'offered'", id, Stamp.Of(time.GetUtcNow())) == 0) return false;
        foreach (var line in transcript) connection.Run(InsertLine, id, Stamp.Of(time.GetUtcNow()), line.Side, line.Author, line.Text);
        return true;
    });

    /// <summary>Takes an offer back.</summary>
    public void Withdraw(string id) => records.File.Write(connection => connection.Run("DELETE FROM hand_over WHERE id = $1 AND state = 'offered'", id));

    /// <summary>Adds what somebody said to an open case and leaves it for the person, both or neither; false where the case is not open.</summary>
    public bool Add(string id, HandOverLine line, params IReadOnlyList<OutboxDraft> messages) => records.File.Write(connection =>
    {
        if (connection.Scalar<long>("SELECT count(*) FROM hand_over WHERE id = $1 AND state = 'open'", id) == 0) return false;
        connection.Run(InsertLine, id, Stamp.Of(time.GetUtcNow()), line.Side, line.Author, line.Text);
        foreach (var message in messages) outbox.Add(connection, message);
        return true;
    });

    /// <summary>Closes an open case; false where it is not open.</summary>
    public bool Close(string id) => records.File.Write(connection => connection.Run("UPDATE hand_over SET state = 'closed' WHERE id = $1 AND state = 'open'", id) == 1);

    /// <summary>The open cases, oldest first.</summary>
    public IReadOnlyList<HandOver> Waiting() => Cases("WHERE state = 'open' ORDER BY at");

    /// <summary>One case; null where there is none.</summary>
    public HandOver? Find(string id) => Cases("WHERE id = $1", id).FirstOrDefault();

    /// <summary>What was said in a case, oldest first.</summary>
    public IReadOnlyList<HandOverLine> Lines(string id) => records.File.Read(connection => connection.Query(
        reader => new HandOverLine(Enum.Parse<HandOverSide>(reader.GetString(0)), reader.GetString(1), reader.GetString(2)) { At = Stamp.Read(reader.GetString(3)) },
        "SELECT side, author, text, at FROM hand_over_line WHERE hand_over = $1 ORDER BY number", id));

    private IReadOnlyList<HandOver> Cases(string which, params object?[] values) => records.File.Read(connection => connection.Query(
        reader => new HandOver(reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), Enum.Parse<HandOverState>(reader.GetString(4), ignoreCase: true),
            reader.GetString(5), Stamp.Read(reader.GetString(6))),
        $"SELECT {Columns} FROM hand_over {which}", values));

    /// <summary>Six characters that are easily said over the telephone.</summary>
    private string NewId()
    {
        const string Alphabet = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";
        Span<byte> bytes = stackalloc byte[6];
        random.GetBytes(bytes);
        var id = new char[bytes.Length];
        for (var place = 0; place < id.Length; place++) id[place] = Alphabet[bytes[place] % Alphabet.Length];
        return new string(id);
    }
}

/// <summary>Where a case stands.</summary>
public enum HandOverState
{
    /// <summary>The person was asked and has not consented yet.</summary>
    Offered,

    /// <summary>It waits for the firm, or is being talked about.</summary>
    Open,

    /// <summary>It is done.</summary>
    Closed,
}

/// <summary>Who said a line of a case.</summary>
public enum HandOverSide
{
    /// <summary>The person.</summary>
    Person,

    /// <summary>The bot.</summary>
    Bot,

    /// <summary>The firm.</summary>
    Lawyer,
}

/// <summary>A case.</summary>
/// <param name="Id">Its number, six characters.</param>
/// <param name="Channel">Over which channel the person is reached.</param>
/// <param name="Lane">Lane of their conversation.</param>
/// <param name="Address">Address of their conversation, in the channel's own words.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Reason">Why it was offered, a few Spanish words.</param>
/// <param name="At">Since when it stands there.</param>
public sealed record HandOver(string Id, string Channel, string Lane, string Address, HandOverState State, string Reason, DateTimeOffset At);

/// <summary>What somebody said in a case.</summary>
/// <param name="Side">Who.</param>
/// <param name="Author">Name of the lawyer; empty for the others.</param>
/// <param name="Text">What.</param>
public sealed record HandOverLine(HandOverSide Side, string Author, string Text)
{
    /// <summary>When it was kept.</summary>
    public DateTimeOffset At { get; init; }
}
