namespace ParalegalBot.Records;

/// <summary>Which articles people follow over which channel, and which text of each they know. Persons are the audit log's pseudonyms.</summary>
public sealed class Follows(RecordsFile records, AuditLog audit, Outbox outbox, TimeProvider time)
{
    /// <summary>Articles that one person may follow on a channel.</summary>
    public const int Most = 50;

    /// <summary>Follows an article, of whose text the person knows the one with the fingerprint <paramref name="seen"/>; false where they follow <see cref="Most"/> others.</summary>
    public bool Add(string channel, string person, string law, string article, string seen) => records.File.Write(connection =>
    {
        var pseudonym = audit.Pseudonym(connection, person, create: true);
        if (connection.Scalar<long>("SELECT count(*) FROM follow WHERE channel = $1 AND person = $2 AND NOT (law = $3 AND article = $4)", channel, pseudonym, law, article) >= Most) return false;
        connection.Run(
            """
            INSERT INTO follow (channel, person, law, article, seen, at) VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (channel, person, law, article) DO NOTHING
            """, channel, pseudonym, law, article, seen, Stamp.Of(time.GetUtcNow()));
        return true;
    });

    /// <summary>Stops following an article; false where it was not followed.</summary>
    public bool Remove(string channel, string person, string law, string article) => records.File.Write(connection =>
        audit.Pseudonym(connection, person, create: false) is { } pseudonym
        && connection.Run("DELETE FROM follow WHERE channel = $1 AND person = $2 AND law = $3 AND article = $4", channel, pseudonym, law, article) == 1);

    /// <summary>What a person follows, in the order in which they asked for it.</summary>
    public IReadOnlyList<(string Law, string Article)> Of(string channel, string person) => records.File.Read(connection =>
        audit.Pseudonym(connection, person, create: false) is not { } pseudonym ? [] : connection.Query(
            reader => (reader.GetString(0), reader.GetString(1)), "SELECT law, article FROM follow WHERE channel = $1 AND person = $2 ORDER BY at, law, article", channel, pseudonym));

    /// <summary>Every article that somebody follows.</summary>
    public IReadOnlyList<(string Law, string Article)> Articles() => records.File.Read(connection =>
        connection.Query(reader => (reader.GetString(0), reader.GetString(1)), "SELECT DISTINCT law, article FROM follow ORDER BY law, article"));

    /// <summary>Who follows an article and knows another text than <paramref name="seen"/>; whoever wants no notices is left out.</summary>
    public IReadOnlyList<Follower> Behind(string law, string article, string seen) => records.File.Read(connection => connection.Query(
        reader => new Follower(reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetString(4)),
        """
        SELECT follow.channel, follow.person, contact.lane, contact.address, follow.seen
        FROM follow JOIN contact ON contact.channel = follow.channel AND contact.person = follow.person
        WHERE follow.law = $1 AND follow.article = $2 AND follow.seen <> $3
          AND contact.lane IS NOT NULL AND contact.address IS NOT NULL AND contact.silent_at IS NULL
        ORDER BY follow.channel, follow.person
        """, law, article, seen));

    /// <summary>Notes which text a follower knows from now on and leaves <paramref name="notice"/> for them: both or neither, and once.</summary>
    public void Tell(Follower follower, string law, string article, string seen, IReadOnlyList<OutboxDraft> notice) => records.File.Write(connection =>
    {
        var told = connection.Run("UPDATE follow SET seen = $5 WHERE channel = $1 AND person = $2 AND law = $3 AND article = $4 AND seen <> $5",
            follower.Channel, follower.Person, law, article, seen);
        if (told == 0) return 0;
        foreach (var message in notice) outbox.Add(connection, message);
        return told;
    });
}

/// <summary>Somebody who follows an article.</summary>
/// <param name="Channel">Over which channel.</param>
/// <param name="Person">Pseudonym.</param>
/// <param name="Lane">Lane of their conversation.</param>
/// <param name="Address">Address of their conversation, in the channel's own words.</param>
/// <param name="Seen">Fingerprint of the text that they know.</param>
public sealed record Follower(string Channel, string Person, string Lane, string Address, string Seen);
