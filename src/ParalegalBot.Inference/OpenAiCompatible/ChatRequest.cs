using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using ParalegalBot.Answering;

namespace ParalegalBot.Inference.OpenAiCompatible;

/// <summary>The body of <c>/v1/chat/completions</c>. A draft is held to its form by the grammar where the server takes one, by the JSON schema elsewhere.</summary>
internal static class ChatRequest
{
    public static JsonObject Body(ModelServer server, IEnumerable<ChatMessage> messages, ChatOptions? options, int answerTokens)
    {
        var body = new JsonObject
        {
            ["model"] = server.Model,
            ["messages"] = new JsonArray([.. messages.Select(message => new JsonObject { ["role"] = message.Role.Value, ["content"] = message.Text })]),
            ["stream"] = true,
            ["stream_options"] = new JsonObject { ["include_usage"] = true },
            ["max_tokens"] = options?.MaxOutputTokens ?? answerTokens,
        };
        if (options?.Temperature is { } temperature) body["temperature"] = temperature;
        if (options?.TopP is { } topP) body["top_p"] = topP;
        if (options?.Seed is { } seed) body["seed"] = seed;
        if (server.TakesGrammar && options?.AdditionalProperties?.TryGetValue(Grounding.Key, out var value) == true && value is Grounding grounding)
            body["grammar"] = DraftGbnf.Of(grounding.Passages);
        else if (options?.ResponseFormat is ChatResponseFormatJson { Schema: { } schema } format)
            body["response_format"] = new JsonObject
            {
                ["type"] = "json_schema",
                ["json_schema"] = new JsonObject { ["name"] = format.SchemaName ?? "answer", ["strict"] = true, ["schema"] = JsonNode.Parse(schema.GetRawText()) },
            };
        return body;
    }
}
