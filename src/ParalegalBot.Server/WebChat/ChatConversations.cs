using System.Collections.Concurrent;

namespace ParalegalBot.Server.WebChat;

/// <summary>The conversations of the web page, by the id in the cookie.</summary>
public sealed class ChatConversations
{
    private readonly ConcurrentDictionary<string, List<ChatTurn>> _turns = new();

    /// <summary>The turns, oldest first; empty where the id is not known.</summary>
    public IReadOnlyList<ChatTurn> Read(string id)
    {
        if (!_turns.TryGetValue(id, out var turns)) return [];
        lock (turns) return [.. turns];
    }

    /// <summary>Adds a turn and returns its number, from 1.</summary>
    public int Append(string id, ChatTurn turn)
    {
        var turns = _turns.GetOrAdd(id, _ => []);
        lock (turns)
        {
            turns.Add(turn);
            return turns.Count;
        }
    }

    public void Clear(string id) => _turns.TryRemove(id, out _);
}
