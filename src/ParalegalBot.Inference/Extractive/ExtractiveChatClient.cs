using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.AI;
using ParalegalBot.Answering;

namespace ParalegalBot.Inference.Extractive;

/// <summary>
/// The engine without a model: it answers a grounded prompt by pointing at the sentences that say it best, word for word. It writes nothing of
/// its own, so whatever it says can be proved; it only chooses. It cannot chat: without a <see cref="Grounding"/> it says insufficient.
/// </summary>
public sealed class ExtractiveChatClient(SentenceChoice choice) : IChatClient
{
    private static readonly ChatClientMetadata Metadata = new("extractive", defaultModelId: "extractive");

    /// <inheritdoc />
    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var claims = options?.AdditionalProperties?.TryGetValue(Grounding.Key, out var value) == true && value is Grounding grounding ? choice.Choose(grounding) : [];
        var draft = new Draft { Verdict = claims.Count > 0 ? DraftVerdict.Answer : DraftVerdict.Insufficient, Claims = claims };
        return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, JsonSerializer.Serialize(draft))) { ModelId = "extractive" });
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var update in (await GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false)).ToChatResponseUpdates()) yield return update;
    }

    /// <inheritdoc />
    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null : serviceType == typeof(ChatClientMetadata) ? Metadata : serviceType.IsInstanceOfType(this) ? this : null;

    /// <inheritdoc />
    public void Dispose() { }
}
