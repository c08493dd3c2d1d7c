namespace ParalegalBot.Records;

/// <summary>What was said in conversations whose client fetches it from here, each line under a number that only grows.</summary>
public sealed class Transcripts(RecordsFile records, AuditLog audit, TimeProvider time)
{
    /// <summary>Adds a line and gives its number; the same <paramref name="key"/> twice is the same line.</summary>
    public long Add(string lane, string? key, string person, string body) => records.File.Write(connection =>
    {
        connection.Run("INSERT INTO transcript (lane, key, person, at, body) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (lane, key) DO NOTHING",
            lane, key, audit.Pseudonym(connection, person, create: true), Stamp.Of(time.GetUtcNow()), body);
        return key is null
            ? connection.Scalar<long>("SELECT max(number) FROM transcript WHERE lane = $1", lane)
            : connection.Scalar<long>("SELECT number FROM transcript WHERE lane = $1 AND key = $2", lane, key);
    });

    /// <summary>The lines after a number, in order.</summary>
    public IReadOnlyList<TranscriptLine> After(string lane, long number, int count) => records.File.Read(connection => connection.Query(
        reader => new TranscriptLine(reader.GetInt64(0), Stamp.Read(reader.GetString(1)), reader.GetString(2)),
        "SELECT number, at, body FROM transcript WHERE lane = $1 AND number > $2 ORDER BY number LIMIT $3", lane, number, count));
}

/// <summary>A line of a transcript.</summary>
/// <param name="Number">Its number.</param>
/// <param name="At">When it was written.</param>
/// <param name="Body">What, in the client's own words.</param>
public sealed record TranscriptLine(long Number, DateTimeOffset At, string Body);
