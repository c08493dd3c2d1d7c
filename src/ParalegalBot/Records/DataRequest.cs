namespace ParalegalBot.Records;

/// <summary>What the data law lets a person ask for.</summary>
public enum DataRight
{
    /// <summary>A copy of what is held.</summary>
    Access,

    /// <summary>A correction, noted beside what it corrects.</summary>
    Rectification,

    /// <summary>Erasure.</summary>
    Cancellation,

    /// <summary>From now on nothing of what they write is kept.</summary>
    Opposition,
}

/// <summary>A person's request and its terms: it is answered within twenty working days, and carried out within fifteen more.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Right">What was asked for.</param>
/// <param name="Channel">Where it came in.</param>
/// <param name="Person">The audit log's pseudonym; of an erased person it leads nowhere.</param>
/// <param name="Received">The day it came in.</param>
/// <param name="AnswerBy">Last day for an answer.</param>
/// <param name="Answered">When it was answered; null for not yet.</param>
/// <param name="CarryOutBy">Last day for carrying it out; null until it is answered.</param>
/// <param name="Done">When it was carried out; null for not yet.</param>
/// <param name="Note">What was noted about it.</param>
public sealed record DataRequest(
    string Id, DataRight Right, string Channel, string Person, DateOnly Received, DateOnly AnswerBy, DateOnly? Answered, DateOnly? CarryOutBy, DateOnly? Done, string? Note)
{
    /// <summary>The day that counts now; null once it is done.</summary>
    public DateOnly? Due => Done is not null ? null : CarryOutBy ?? AnswerBy;
}
