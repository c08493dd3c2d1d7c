using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace ParalegalBot.Inference.OpenAiCompatible;

/// <summary>A model behind OpenAI's protocol: llama-server, vLLM, Ollama and the like, on the firm's own machines.</summary>
internal sealed class OpenAiChatClient(ModelServers servers, string model, int answerTokens) : IChatClient
{
    private readonly ChatClientMetadata metadata = new("openai", servers.Addresses[0], model.Length > 0 ? model : null);

    /// <summary>Where the model is.</summary>
    public ModelServers Servers => servers;

    /// <inheritdoc />
    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    /// <inheritdoc />
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var (said, name) = (messages.ToList(), "");
        var response = await servers.PostAsync("chat/completions", server => ChatRequest.Body(server with { Model = name = server.Model }, said, options, answerTokens), cancellationToken).ConfigureAwait(false);
        await foreach (var update in ChatStream.ReadAsync(response, name, cancellationToken).ConfigureAwait(false)) yield return update;
    }

    /// <inheritdoc />
    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null : serviceType == typeof(ChatClientMetadata) ? metadata : serviceType.IsInstanceOfType(this) ? this : null;

    /// <inheritdoc />
    public void Dispose() { }
}
