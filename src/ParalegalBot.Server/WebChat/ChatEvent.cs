using ParalegalBot.Conversations;

namespace ParalegalBot.Server.WebChat;

/// <summary>One event of a reply under way; exactly one member is set.</summary>
public sealed record ChatEvent(string? Progress = null, ShownTurn? Turn = null, ShownNote? Note = null, string? Problem = null);

/// <summary>The reply to a command; <paramref name="Forgotten"/> says that the conversation is no more.</summary>
public sealed record ShownNote(string Question, string Text, IReadOnlyList<string> Choices, bool Forgotten);

/// <summary>An exchange with what the page needs beside it: its place in the conversation, from 1, and the text to copy.</summary>
public sealed record ShownTurn(int Number, string Question, Reply Reply, string Copy);
