using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Extensions.AI;
using ParalegalBot.Answering;
using ParalegalBot.Inference.Gguf.Drafts;
using ParalegalBot.Inference.Gguf.Model;
using ParalegalBot.Inference.Gguf.Sampling;
using ParalegalBot.Inference.Gguf.Serving;
using ParalegalBot.Inference.Gguf.Vocabulary;

namespace ParalegalBot.Inference.Gguf;

/// <summary>
/// A LLaMA out of a GGUF file, in C#, on the processor. A grounded prompt's answer is held to the draft's grammar token by token; a prompt
/// that is longer than the context loses its last passages, never its question.
/// </summary>
public sealed class GgufChatClient : IChatClient
{
    private readonly GgufOptions options;
    private readonly GgufVocabulary vocabulary;
    private readonly ChatTemplate template;
    private readonly ITextEngine engine;
    private readonly ChatClientMetadata metadata;
    private readonly string about;

    /// <summary>Loads the model.</summary>
    /// <exception cref="ParalegalBotException">The file cannot be used; the message says why and what to do.</exception>
    public GgufChatClient(GgufOptions options)
    {
        this.options = options;
        var model = LlamaModel.Open(options.ModelPath, options.Threads);
        try
        {
            (vocabulary, template) = (model.Vocabulary, ChatTemplate.Of(model.Metadata, model.Vocabulary, model.Name));
        }
        catch
        {
            model.Dispose();
            throw;
        }
        engine = new GgufEngine(model, options.Sequences);
        ContextTokens = Math.Min(options.ContextTokens, model.Parameters.Context);
        about = $"{model.Parameters.Layers} capas de {model.Parameters.Width}, pesos {model.WeightType}, en el procesador";
        metadata = new ChatClientMetadata("gguf", defaultModelId: Path.GetFileNameWithoutExtension(options.ModelPath));
    }

    /// <summary>The same over another program's engine, which is disposed of with the client.</summary>
    /// <param name="options">Their threads and sequences are the engine's affair.</param>
    /// <param name="name">The engine's.</param>
    /// <param name="vocabulary">Of the file.</param>
    /// <param name="template">Of the file.</param>
    /// <param name="engine">What evaluates.</param>
    /// <param name="context">Most tokens of prompt and answer together that the engine takes.</param>
    /// <param name="about">Model and place in a few words, in Spanish.</param>
    internal GgufChatClient(GgufOptions options, string name, GgufVocabulary vocabulary, ChatTemplate template, ITextEngine engine, int context, string about)
    {
        (this.options, this.vocabulary, this.template, this.engine, this.about) = (options, vocabulary, template, engine, about);
        ContextTokens = Math.Min(options.ContextTokens, context);
        metadata = new ChatClientMetadata(name, defaultModelId: Path.GetFileNameWithoutExtension(options.ModelPath));
    }

    /// <summary>Tokens of prompt and answer together.</summary>
    public int ContextTokens { get; }

    /// <summary>The model in a few words, in Spanish.</summary>
    public string Description => $"modelo «{metadata.DefaultModelId}»: {about}, contexto de {ContextTokens} fichas, {options.Sequences} textos a la vez";

    /// <summary>Prompt tokens that needed no computing because an earlier prompt began alike, since the start.</summary>
    public long ReusedTokens => engine.ReusedTokens;

    /// <inheritdoc />
    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var text = new StringBuilder();
        var generation = Begin(messages, options, cancellationToken);
        await foreach (var words in generation.Words.ReadAllAsync(cancellationToken).ConfigureAwait(false)) text.Append(words);
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, text.ToString()))
        {
            ModelId = metadata.DefaultModelId,
            FinishReason = Reason(generation),
            Usage = Usage(generation),
        };
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            var generation = Begin(messages, options, leaving.Token);
            await foreach (var words in generation.Words.ReadAllAsync(cancellationToken).ConfigureAwait(false))
                yield return new ChatResponseUpdate(ChatRole.Assistant, words) { ModelId = metadata.DefaultModelId };
            yield return new ChatResponseUpdate(ChatRole.Assistant, [new UsageContent(Usage(generation))]) { ModelId = metadata.DefaultModelId, FinishReason = Reason(generation) };
        }
        finally
        {
            // Whoever stops reading frees the place.
            await leaving.CancelAsync().ConfigureAwait(false);
        }
    }

    /// <inheritdoc />
    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null : serviceType == typeof(ChatClientMetadata) ? metadata : serviceType.IsInstanceOfType(this) ? this : null;

    /// <inheritdoc />
    public void Dispose() => engine.Dispose();

    private Generation Begin(IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var grounding = options?.AdditionalProperties?.TryGetValue(Grounding.Key, out var value) == true ? value as Grounding : null;
        var limit = options?.MaxOutputTokens ?? this.options.AnswerTokens;
        var (prompt, fitting) = Fit([.. messages], grounding, Math.Min(limit, ContextTokens / 2));
        limit = Math.Min(limit, ContextTokens - prompt.Count);
        if (fitting is not null && limit < DraftConstraint.FewestTokens)
            throw new ParalegalBotException($"Un borrador necesita al menos {DraftConstraint.FewestTokens} fichas y sólo hay {limit}; aumente MaxOutputTokens o ContextTokens.");
        var constraint = fitting is null ? null : DraftConstraint.Of(engine.Trie, vocabulary, fitting);
        var generation = new Generation(prompt, limit, new Sampler(SamplingSettings.Of(options)), constraint, cancellationToken);
        engine.Submit(generation);
        return generation;
    }

    /// <summary>The prompt, and the passages that are in it: as many of the best as leave room for the answer.</summary>
    private (List<int> Prompt, Grounding? Grounding) Fit(IReadOnlyList<ChatMessage> messages, Grounding? grounding, int answer)
    {
        var prompt = template.Encode(messages, vocabulary);
        while (prompt.Count + answer > ContextTokens && grounding is { Passages.Count: > 1 })
        {
            var fewer = GroundedPrompt.Build(grounding.Question, [.. grounding.Passages.Take(grounding.Passages.Count - 1)]);
            // What follows the system's and the person's message is a retry's: it stays.
            prompt = template.Encode([.. fewer.Messages, .. messages.Skip(fewer.Messages.Count)], vocabulary);
            grounding = grounding with { Passages = fewer.Passages };
        }
        return prompt.Count > 0 && prompt.Count < ContextTokens
            ? (prompt, grounding)
            : throw new ParalegalBotException($"La consulta ocupa {prompt.Count} fichas y el modelo admite {ContextTokens}; acórtela o aumente el contexto.");
    }

    private static ChatFinishReason Reason(Generation generation) => generation.CutShort ? ChatFinishReason.Length : ChatFinishReason.Stop;

    private static UsageDetails Usage(Generation generation) => new()
    {
        InputTokenCount = generation.Prompt.Count,
        OutputTokenCount = generation.Written,
        TotalTokenCount = generation.Prompt.Count + generation.Written,
    };
}
