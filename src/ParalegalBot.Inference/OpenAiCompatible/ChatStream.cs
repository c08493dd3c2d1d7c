using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using ParalegalBot.Answering;

namespace ParalegalBot.Inference.OpenAiCompatible;

/// <summary>Reads the events of a streamed completion. A stream that ends before it says that it is done was cut, whatever was written by then.</summary>
internal static class ChatStream
{
    public static async IAsyncEnumerable<ChatResponseUpdate> ReadAsync(HttpResponseMessage response, string model, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var answer = response;
        var address = response.RequestMessage?.RequestUri;
        var events = Items(response, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using var _ = events.ConfigureAwait(false);
        var done = false;
        while (await NextAsync(events, address).ConfigureAwait(false))
        {
            if (events.Current == "[DONE]") yield break;
            if (Update(events.Current, model, address) is not { } update) continue;
            done |= update.FinishReason is not null;
            yield return update;
        }
        if (!done) throw Broken(address, null);
    }

    private static async IAsyncEnumerable<string> Items(HttpResponseMessage response, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await foreach (var item in SseParser.Create(body).EnumerateAsync(cancellationToken).ConfigureAwait(false)) yield return item.Data;
    }

    private static async Task<bool> NextAsync(IAsyncEnumerator<string> events, Uri? address)
    {
        try
        {
            return await events.MoveNextAsync().ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is IOException or HttpRequestException)
        {
            throw Broken(address, fault);
        }
    }

    private static ChatResponseUpdate? Update(string data, string model, Uri? address)
    {
        try
        {
            var chunk = JsonNode.Parse(data);
            if (chunk?["error"] is { } error) throw new EngineUnavailableException(EngineTrouble.Down, $"El servidor {address} falló a media respuesta: {error.ToJsonString()}");
            var choice = (chunk?["choices"] as JsonArray)?.FirstOrDefault();
            var update = new ChatResponseUpdate(ChatRole.Assistant, (string?)choice?["delta"]?["content"]) { ModelId = model };
            if ((string?)choice?["finish_reason"] is { } reason) update.FinishReason = new ChatFinishReason(reason);
            if (chunk?["usage"] is JsonObject usage) update.Contents.Add(new UsageContent(Usage(usage)));
            return update.Contents.Count > 0 || update.FinishReason is not null ? update : null;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or FormatException)
        {
            throw Broken(address, fault);
        }
    }

    private static UsageDetails Usage(JsonObject usage) => new()
    {
        InputTokenCount = (long?)usage["prompt_tokens"],
        OutputTokenCount = (long?)usage["completion_tokens"],
        TotalTokenCount = (long?)usage["total_tokens"],
    };

    private static EngineUnavailableException Broken(Uri? address, Exception? fault) => new(EngineTrouble.Down, $"El servidor {address} cortó la respuesta.", fault);
}
