using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using ParalegalBot.Retrieval;

namespace ParalegalBot.Answering;

/// <summary>Stop 5: question and passages as messages, with numbered sentences, within a token budget, and the form that the output must have.</summary>
public sealed class GroundedPrompt
{
    /// <summary>Tokens that the passages may take, at four characters each.</summary>
    public const int PassageTokens = 3_000;

    private const int CharactersPerToken = 4;

    private GroundedPrompt(IReadOnlyList<ChatMessage> messages, ChatOptions options, IReadOnlyList<ScoredPassage> passages) =>
        (Messages, Options, Passages) = (messages, options, passages);

    /// <summary>System and user message.</summary>
    public IReadOnlyList<ChatMessage> Messages { get; }

    /// <summary>Output form, temperature 0, and the <see cref="Grounding"/>.</summary>
    public ChatOptions Options { get; }

    /// <summary>The passages that fitted, best first.</summary>
    public IReadOnlyList<ScoredPassage> Passages { get; }

    /// <summary>Builds the prompt; passages beyond the budget are left out, the first is always in.</summary>
    public static GroundedPrompt Build(string question, IReadOnlyList<ScoredPassage> passages)
    {
        var fitting = new List<ScoredPassage>();
        var written = new StringBuilder();
        foreach (var passage in passages)
        {
            var block = Block(passage);
            if (fitting.Count > 0 && written.Length + block.Length > PassageTokens * CharactersPerToken) continue;
            fitting.Add(passage);
            written.Append(block);
        }
        var options = new ChatOptions
        {
            Temperature = 0,
            ResponseFormat = ChatResponseFormat.ForJsonSchema(DraftSchema(fitting), "draft", "Afirmaciones que señalan oraciones."),
            AdditionalProperties = new AdditionalPropertiesDictionary { [Grounding.Key] = new Grounding(question, fitting) },
        };
        return new GroundedPrompt(
            [
                new ChatMessage(ChatRole.System, Text("system.txt")),
                new ChatMessage(ChatRole.User, Text("question.txt").Replace("{{passages}}", written.ToString().TrimEnd(), StringComparison.Ordinal)
                    .Replace("{{question}}", question, StringComparison.Ordinal)),
            ],
            options, fitting);
    }

    /// <summary>The messages after an answer that had not the form asked for.</summary>
    public IReadOnlyList<ChatMessage> Retry(string answer, string fault) =>
        [.. Messages, new ChatMessage(ChatRole.Assistant, answer), new ChatMessage(ChatRole.User, Text("retry.txt").Replace("{{fault}}", fault, StringComparison.Ordinal))];

    private static string Block(ScoredPassage scored)
    {
        var block = new StringBuilder().Append(CultureInfo.InvariantCulture, $"[{scored.Passage.Id}] {scored.Passage.PrintedCitation}\n");
        for (var i = 0; i < scored.Passage.Sentences.Count; i++) block.Append(CultureInfo.InvariantCulture, $"  {i + 1}. {scored.Passage.Sentences[i]}\n");
        return block.Append('\n').ToString();
    }

    /// <summary>The draft's form; <c>passage</c> is one of the retrieved ids and nothing else.</summary>
    private static JsonElement DraftSchema(IReadOnlyList<ScoredPassage> passages)
    {
        var ids = new JsonArray([.. passages.Select(scored => JsonValue.Create(scored.Passage.Id))]);
        var schema = JsonNode.Parse(Text("draft-schema.txt"))!;
        schema["properties"]!["claims"]!["items"]!["properties"]!["evidence"]!["items"]!["properties"]!["passage"]!["enum"] = ids;
        return JsonSerializer.SerializeToElement(schema);
    }

    /// <summary>A prompt's text from its file.</summary>
    internal static string Text(string name)
    {
        using var stream = typeof(GroundedPrompt).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"No prompt {name} in the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
