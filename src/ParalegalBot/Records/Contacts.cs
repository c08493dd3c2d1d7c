namespace ParalegalBot.Records;

/// <summary>Who wrote over which channel: how they are reached again, when they last wrote, and whether they were told how their data is used.</summary>
public sealed class Contacts(RecordsFile records, AuditLog audit, Outbox outbox, TimeProvider time)
{
    /// <summary>Notes that a person wrote; <paramref name="address"/> is null where it is not theirs alone, as in a group.</summary>
    public void Wrote(string channel, string person, string? lane, string? address) => records.File.Write(connection => connection.Run(
        """
        INSERT INTO contact (channel, person, lane, address, last_at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (channel, person) DO UPDATE SET lane = coalesce(excluded.lane, contact.lane), address = coalesce(excluded.address, contact.address), last_at = excluded.last_at
        """, channel, audit.Pseudonym(connection, person, create: true), lane, address, Stamp.Of(time.GetUtcNow())));

    /// <summary>Sends <paramref name="notice"/> to a person who was not told yet; both or neither, and once. False where they were told.</summary>
    public bool Inform(string channel, string person, IReadOnlyList<OutboxDraft> notice) => records.File.Write(connection =>
    {
        var now = Stamp.Of(time.GetUtcNow());
        var told = connection.Run(
            """
            INSERT INTO contact (channel, person, informed_at, last_at) VALUES ($1, $2, $3, $3)
            ON CONFLICT (channel, person) DO UPDATE SET informed_at = excluded.informed_at WHERE contact.informed_at IS NULL
            """, channel, audit.Pseudonym(connection, person, create: true), now);
        if (told == 0) return false;
        foreach (var message in notice) outbox.Add(connection, message);
        return true;
    });

    /// <summary>A person; null for a stranger.</summary>
    public Contact? Find(string channel, string person) => records.File.Read(connection => audit.Pseudonym(connection, person, create: false) is not { } pseudonym ? null : connection.Query(
        reader => new Contact(reader.Text(0), reader.Text(1), reader.Text(2) is { } informed ? Stamp.Read(informed) : null, Stamp.Read(reader.GetString(3))),
        "SELECT lane, address, informed_at, last_at FROM contact WHERE channel = $1 AND person = $2", channel, pseudonym).FirstOrDefault());
}

/// <summary>How a person is reached.</summary>
/// <param name="Lane">Lane of their own conversation; null where they only wrote in groups.</param>
/// <param name="Address">Address of their own conversation.</param>
/// <param name="InformedAt">When they were told how their data is used.</param>
/// <param name="LastAt">When they last wrote.</param>
public sealed record Contact(string? Lane, string? Address, DateTimeOffset? InformedAt, DateTimeOffset LastAt);
