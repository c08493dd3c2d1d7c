using ParalegalBot.Conversations;

namespace ParalegalBot.Server.WebChat;

/// <summary>A question and its reply, as the conversation keeps them and the page shows them.</summary>
public sealed record ChatTurn(string Question, Reply Reply);

/// <summary>A turn with what the page needs beside it: its place in the conversation, from 1, and the text to copy.</summary>
public sealed record ShownTurn(int Number, string Question, Reply Reply, string Copy);

/// <summary>One event of a reply under way; exactly one member is set.</summary>
public sealed record ChatEvent(string? Progress = null, ShownTurn? Turn = null, string? Problem = null);
