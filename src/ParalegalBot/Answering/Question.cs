using ParalegalBot.Records;

namespace ParalegalBot.Answering;

/// <summary>What a door hands to the assistant.</summary>
public sealed record Question
{
    /// <summary>What the person typed.</summary>
    public required string Text { get; init; }

    /// <summary>Earlier turns of the same conversation, oldest first.</summary>
    public IReadOnlyList<Turn> History { get; init; } = [];

    /// <summary>The date on which the law is asked for; null means today.</summary>
    public DateOnly? AsOf { get; init; }

    /// <summary>The person's state, where known: decides how federal codes are offered on state matters.</summary>
    public string? State { get; init; }

    /// <summary>Who asks, as the channel names them; never logged in the clear.</summary>
    public string Person { get; init; } = "anonymous";

    /// <summary><c>cli</c>, <c>web</c>, <c>api</c>, <c>teams</c>, <c>whatsapp</c>.</summary>
    public string Channel { get; init; } = "cli";

    /// <summary>What the firm lets through at the moment; the door sets it.</summary>
    public ServiceMode Mode { get; init; }
}

/// <summary>One earlier turn: <c>user</c> or <c>assistant</c>, and its text.</summary>
public sealed record Turn(string Role, string Text);
