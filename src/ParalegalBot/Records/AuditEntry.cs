namespace ParalegalBot.Records;

/// <summary>One answered question, as it is given to the log.</summary>
public sealed record AuditEntry
{
    /// <summary>Outcome of a row that is no answer but something that was done: a switch, a request, a look at a question.</summary>
    public const string NoteOutcome = "note";

    /// <summary>Who acts where no person does.</summary>
    public const string System = "paralegal";

    /// <summary>A row for something that was done: <paramref name="what"/>, and on what.</summary>
    public static AuditEntry Note(string id, string actor, string channel, string what, string detail) => new()
    {
        Id = id, Person = actor, Channel = channel, Question = detail, Outcome = NoteOutcome, Reason = what, Answer = "{}", Engine = "",
    };

    /// <summary>Id of the answer; see <see cref="AuditLog.NewId"/>.</summary>
    public required string Id { get; init; }

    /// <summary>Who asked, as the channel names them; the log keeps a pseudonym.</summary>
    public required string Person { get; init; }

    /// <summary>The door: <c>cli</c>, <c>web</c>, <c>teams</c>…</summary>
    public required string Channel { get; init; }

    /// <summary>The question with personal data masked.</summary>
    public required string Question { get; init; }

    /// <summary><c>cited</c>, <c>sources</c>, <c>clarify</c> or <c>refused</c>.</summary>
    public required string Outcome { get; init; }

    /// <summary>Reason of a refusal; null otherwise.</summary>
    public string? Reason { get; init; }

    /// <summary>The answer as JSON.</summary>
    public required string Answer { get; init; }

    /// <summary>The verdict on every claim, shown or dropped, as JSON.</summary>
    public string Verdicts { get; init; } = "[]";

    /// <summary>Which engine wrote the draft.</summary>
    public required string Engine { get; init; }

    /// <summary>Generation of the statutes that were searched.</summary>
    public long Generation { get; init; }

    /// <summary>Milliseconds per stop, as JSON.</summary>
    public string Timings { get; init; } = "{}";
}

/// <summary>A row of the log; the content is null once it was erased.</summary>
/// <param name="Number">Position in the chain, from 1.</param>
/// <param name="Id">Id of the answer.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Person">Pseudonym.</param>
/// <param name="Channel">The door.</param>
/// <param name="Outcome">What was answered with.</param>
/// <param name="Engine">Which engine.</param>
/// <param name="Generation">Generation of the statutes.</param>
/// <param name="Question">The masked question.</param>
/// <param name="Reason">Reason of a refusal.</param>
/// <param name="Answer">The answer as JSON.</param>
/// <param name="Verdicts">Verdicts as JSON.</param>
/// <param name="Timings">Milliseconds as JSON.</param>
public sealed record AuditRow(
    long Number, string Id, DateTimeOffset At, string Person, string Channel, string Outcome, string Engine, long Generation,
    string? Question, string? Reason, string? Answer, string? Verdicts, string? Timings)
{
    /// <summary>Whether the person had the content erased.</summary>
    public bool Erased => Question is null;
}

/// <summary>What checking the chain found.</summary>
/// <param name="Rows">Rows held.</param>
/// <param name="FirstBroken">Id of the first row that does not fit; null where all do.</param>
/// <param name="Problem">What is wrong, one sentence; null where nothing is.</param>
public sealed record AuditVerification(long Rows, string? FirstBroken, string? Problem)
{
    /// <summary>Whether the chain is whole.</summary>
    public bool Whole => Problem is null;
}
