using ParalegalBot.Answering;

namespace ParalegalBot.Tuning.Dataset.Teachers;

/// <summary>Writes questions that an article answers, and then the answers with the article in view.</summary>
internal interface ITeacher
{
    /// <summary><c>rules</c>, <c>written</c> or <c>model</c>.</summary>
    string Origin { get; }

    /// <summary>First pass: questions on an article; empty where it gives none.</summary>
    Task<IReadOnlyList<TaughtQuestion>> AskAsync(Chunk chunk, CancellationToken cancellationToken);

    /// <summary>Second pass: the answer; null where what came back is none.</summary>
    Task<Draft?> AnswerAsync(Chunk chunk, TaughtQuestion question, CancellationToken cancellationToken);
}

/// <summary>A question of the first pass.</summary>
/// <param name="Text">The question.</param>
/// <param name="Form">deadline, amount, right, duty, requirement, procedure, definition, sanction, competence, exception or other.</param>
/// <param name="Style">lay or formal.</param>
/// <param name="Evidence">Where the answer stands, as far as whoever asked knows; empty: anywhere in the article.</param>
internal sealed record TaughtQuestion(string Text, string Form, string Style, IReadOnlyList<DraftEvidence> Evidence);
