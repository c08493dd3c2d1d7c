namespace ParalegalBot.Records;

/// <summary>What the firm lets the assistant do on every channel.</summary>
public enum ServiceMode
{
    /// <summary>Answers, as designed.</summary>
    Normal,

    /// <summary>Articles without any wording of an engine.</summary>
    SourcesOnly,

    /// <summary>No answers; only emergencies are told whom to call.</summary>
    Closed,
}

/// <summary>The one switch for all channels and replicas. It is kept in the records, looked at anew every two seconds, and each change is a row of the audit log.</summary>
public sealed class ServiceSwitch(RecordsFile records, AuditLog audit, TimeProvider time)
{
    private const string Name = "mode";
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);

    private readonly Lock reading = new();
    private ServiceMode mode;
    private long? lookedAt;

    /// <summary>What holds now, at most two seconds old.</summary>
    public ServiceMode Mode
    {
        get
        {
            lock (reading)
            {
                if (lookedAt is { } at && time.GetElapsedTime(at) < Fresh) return mode;
                mode = records.File.Read(connection => connection.Scalar<string>("SELECT value FROM setting WHERE name = $1", Name)) is { } value ? Enum.Parse<ServiceMode>(value) : ServiceMode.Normal;
                lookedAt = time.GetTimestamp();
                return mode;
            }
        }
    }

    /// <summary>Sets the switch; <paramref name="actor"/> says who did.</summary>
    public void Set(ServiceMode value, string actor)
    {
        records.File.Write(connection =>
        {
            connection.Run("INSERT INTO setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value", Name, value);
            return audit.Append(connection, AuditEntry.Note(audit.NewId(), actor, "operations", "mode", value.ToString()));
        });
        lock (reading) lookedAt = null;
    }
}
