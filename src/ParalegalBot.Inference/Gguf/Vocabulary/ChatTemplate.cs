using Microsoft.Extensions.AI;
using ParalegalBot.Inference.Gguf.Format;

namespace ParalegalBot.Inference.Gguf.Vocabulary;

/// <summary>
/// How a conversation is written for a model. The file carries a Jinja program; instead of running it, the family is told by marks in its
/// text, as llama.cpp does (llama-chat.cpp). A file without a template is told by its vocabulary.
/// </summary>
internal sealed class ChatTemplate
{
    private readonly Func<IReadOnlyList<ChatMessage>, IEnumerable<PromptPart>> render;

    private ChatTemplate(string name, Func<IReadOnlyList<ChatMessage>, IEnumerable<PromptPart>> render) => (Name, this.render) = (name, render);

    /// <summary>The family: chatml, llama-3, zephyr, llama-2 or mistral.</summary>
    public string Name { get; }

    public static ChatTemplate Of(GgufMetadata metadata, GgufVocabulary vocabulary, string file)
    {
        var template = metadata.Text("tokenizer.chat_template") ?? "";
        var end = vocabulary.End >= 0 ? vocabulary.Text(vocabulary.End) : "</s>";
        bool Has(string mark) => template.Length > 0 ? template.Contains(mark, StringComparison.Ordinal) : vocabulary.Id(mark) >= 0;
        if (Has("<|im_start|>")) return new("chatml", messages => Turns(messages, "<|im_start|>", "\n", "<|im_end|>\n", trim: false));
        if (Has("<|start_header_id|>")) return new("llama-3", messages => Turns(messages, "<|start_header_id|>", "<|end_header_id|>\n\n", "<|eot_id|>", trim: true));
        if (Has("<|user|>"))
            return new("zephyr", messages => Turns(messages, "<|", "|>\n", (template.Contains("<|endoftext|>", StringComparison.Ordinal) ? "<|endoftext|>" : end) + "\n", trim: false));
        if (template.Contains("<<SYS>>", StringComparison.Ordinal) || (template.Length == 0 && !vocabulary.IsBytePair))
            return new("llama-2", messages => Instructions(messages, "<<SYS>>\n", "\n<</SYS>>\n\n", vocabulary));
        if (Has("[INST]")) return new("mistral", messages => Instructions(messages, "", "\n\n", vocabulary));
        throw GgufFault.Of(file, "su plantilla de conversación no se conoce (sí chatml, llama-2, llama-3, mistral y zephyr)");
    }

    /// <summary>The prompt up to where the assistant's next words begin.</summary>
    public List<int> Encode(IEnumerable<ChatMessage> messages, GgufVocabulary vocabulary)
    {
        var tokens = vocabulary.Tokenizer.Encode([.. render([.. messages])]);
        if (vocabulary.AddsStart && vocabulary.Start >= 0 && (tokens.Count == 0 || tokens[0] != vocabulary.Start)) tokens.Insert(0, vocabulary.Start);
        return tokens;
    }

    private static IEnumerable<PromptPart> Turns(IReadOnlyList<ChatMessage> messages, string open, string middle, string close, bool trim)
    {
        foreach (var message in messages)
        {
            yield return new(open + message.Role.Value + middle, true);
            yield return new(trim ? message.Text.Trim() : message.Text, false);
            yield return new(close, true);
        }
        yield return new(open + ChatRole.Assistant.Value + middle, true);
    }

    /// <summary>[INST] around each person's turn; what the system says goes into the first.</summary>
    private static IEnumerable<PromptPart> Instructions(IReadOnlyList<ChatMessage> messages, string openSystem, string closeSystem, GgufVocabulary vocabulary)
    {
        var (inside, answered) = (false, false);
        var (start, end) = (vocabulary.Start >= 0 ? vocabulary.Text(vocabulary.Start) : "", vocabulary.End >= 0 ? vocabulary.Text(vocabulary.End) : "");
        foreach (var message in messages)
        {
            if (message.Role == ChatRole.Assistant)
            {
                yield return new(inside ? " [/INST] " : "", true);
                yield return new(message.Text, false);
                yield return new(" " + end, true);
                (inside, answered) = (false, true);
                continue;
            }
            if (!inside) yield return new((answered ? start : "") + "[INST] ", true);
            inside = true;
            var system = message.Role == ChatRole.System;
            if (system) yield return new(openSystem, true);
            yield return new(message.Text, false);
            if (system) yield return new(closeSystem, true);
        }
        if (inside) yield return new(" [/INST]", true);
    }
}
