namespace ParalegalBot.Records;

/// <summary>What people thought of answers: one rating per answer and person, the last one counts. Persons are the audit log's pseudonyms.</summary>
public sealed class FeedbackStore(RecordsFile records, AuditLog audit, TimeProvider time)
{
    /// <summary>Characters of a comment that are kept.</summary>
    public const int MaxComment = 2000;

    /// <summary>Keeps a rating of an answer.</summary>
    public void Add(string answer, string person, bool liked, string? comment) => records.File.Write(connection => connection.Run(
        """
        INSERT INTO feedback (answer, person, at, rating, comment) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (answer, person) DO UPDATE SET at = excluded.at, rating = excluded.rating, comment = coalesce(excluded.comment, feedback.comment)
        """, answer, audit.Pseudonym(connection, person, create: true), Stamp.Of(time.GetUtcNow()), liked ? "like" : "dislike",
        string.IsNullOrWhiteSpace(comment) ? null : comment.Length <= MaxComment ? comment : comment[..MaxComment]));

    /// <summary>The last ratings, newest first.</summary>
    public IReadOnlyList<Feedback> Last(int count) => Rows("ORDER BY at DESC LIMIT $1", count);

    /// <summary>The ratings of one answer.</summary>
    public IReadOnlyList<Feedback> Of(string answer) => Rows("WHERE answer = $1 ORDER BY at", answer);

    private IReadOnlyList<Feedback> Rows(string which, object value) => records.File.Read(connection => connection.Query(
        reader => new Feedback(reader.GetString(0), Stamp.Read(reader.GetString(1)), reader.GetString(2) == "like", reader.Text(3)),
        $"SELECT answer, at, rating, comment FROM feedback {which}", value));
}

/// <summary>A rating.</summary>
/// <param name="Answer">Id of the answer in the audit log.</param>
/// <param name="At">When.</param>
/// <param name="Liked">Thumb up or down.</param>
/// <param name="Comment">What they wrote; null for nothing.</param>
public sealed record Feedback(string Answer, DateTimeOffset At, bool Liked, string? Comment);
