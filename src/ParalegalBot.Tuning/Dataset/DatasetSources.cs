using Microsoft.Extensions.AI;
using ParalegalBot.Retrieval;
using ParalegalBot.Tuning.Dataset.Teachers;

namespace ParalegalBot.Tuning.Dataset;

/// <summary>What a dataset is made from beside the statutes.</summary>
public sealed record DatasetSources
{
    /// <summary>Questions that were written while reading articles.</summary>
    public IReadOnlyList<WrittenQuestion> Written { get; init; } = [];

    /// <summary>Answers to some of <see cref="Written"/>; the others are answered by rule.</summary>
    public IReadOnlyList<WrittenDraft> Drafts { get; init; } = [];

    /// <summary>Examples for a teacher that is a model.</summary>
    public IReadOnlyList<SeedTask> Seeds { get; init; } = [];

    /// <summary>The teacher; null: the rules.</summary>
    public IChatClient? Teacher { get; init; }

    /// <summary><c>rules</c>, or where the teacher is.</summary>
    public string TeacherName { get; init; } = "rules";

    /// <summary>The model that must not know the answers without the passages; null: that gate drops nothing.</summary>
    public IChatClient? ClosedBook { get; init; }

    /// <summary>Files or folders with the cases that we are measured with.</summary>
    public IReadOnlyList<string> Cases { get; init; } = [];
}
