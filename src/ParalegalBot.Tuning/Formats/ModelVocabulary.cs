using ParalegalBot.Inference.Gguf.Format;
using ParalegalBot.Inference.Gguf.Vocabulary;

namespace ParalegalBot.Tuning.Formats;

/// <summary>A model's tokenizer and chat template as the keys of a GGUF file, which is how our engine and llama.cpp read them.</summary>
internal sealed class ModelVocabulary
{
    private readonly Lazy<GgufVocabulary> vocabulary;
    private readonly Lazy<ChatTemplate> template;

    public ModelVocabulary(IReadOnlyList<(string Key, object Value)> pairs, string source)
    {
        Pairs = pairs;
        var metadata = new GgufMetadata(source);
        foreach (var (key, value) in pairs) metadata.TryAdd(key, value switch { int number => (long)number, float number => (double)number, int[] numbers => numbers.Select(number => (long)number).ToArray(), _ => value });
        vocabulary = new(() => GgufVocabulary.Read(metadata, source));
        template = new(() => ChatTemplate.Of(metadata, vocabulary.Value, source));
    }

    /// <summary>Keys <c>tokenizer.*</c> with their values.</summary>
    public IReadOnlyList<(string Key, object Value)> Pairs { get; }

    /// <summary>Tokens.</summary>
    public GgufVocabulary Tokens => vocabulary.Value;

    /// <summary>How a conversation is written.</summary>
    public ChatTemplate Template => template.Value;

    /// <summary>The token that ends the assistant's turn.</summary>
    public int TurnEnd => Template.Name switch
    {
        "chatml" => Tokens.Id("<|im_end|>"),
        "llama-3" => Tokens.Id("<|eot_id|>"),
        _ => Tokens.End,
    };

    public object? this[string key] => Pairs.FirstOrDefault(pair => pair.Key == key).Value;
}
