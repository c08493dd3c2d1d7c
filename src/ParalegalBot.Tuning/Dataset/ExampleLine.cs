using System.Text.Json;
using System.Text.Json.Serialization;
using ParalegalBot.Answering;
using ParalegalBot.Answering.Replies;
using ParalegalBot.Retrieval;
using ParalegalBot.Tuning.Dataset.Mix;
using ParalegalBot.Tuning.Formats;

namespace ParalegalBot.Tuning.Dataset;

/// <summary>
/// A line of train.jsonl: the example, and beside it the messages as the engine will get them, the last being the draft in the very form that the engine is held to. Trainers read
/// <c>messages</c> alone.
/// </summary>
internal static class ExampleLine
{
    /// <summary>The line; null where a passage is no longer in the store.</summary>
    public static string? Of(DatasetExample example, PassageBook book)
    {
        var passages = example.Passages.Select(book.Find).ToList();
        if (passages.Count == 0 || passages.Contains(null)) return null;
        var asked = FollowUp.Resolve(new Question { Text = example.Question, History = example.History, Channel = "dataset" });
        var prompt = GroundedPrompt.Build(asked, [.. passages.Select(passage => new ScoredPassage(passage!, 1, new Dictionary<string, double>()))]);
        Message[] messages = [.. prompt.Messages.Select(message => new Message(message.Role.Value, message.Text)), new("assistant", JsonSerializer.Serialize(example.Draft, ReadableJson.Line))];
        var line = JsonSerializer.SerializeToNode(example, DatasetFiles.Json)!.AsObject();
        line["messages"] = JsonSerializer.SerializeToNode(messages);
        return line.ToJsonString(DatasetFiles.Json) + "\n";
    }

    private sealed record Message([property: JsonPropertyName("role")] string Role, [property: JsonPropertyName("content")] string Content);
}
