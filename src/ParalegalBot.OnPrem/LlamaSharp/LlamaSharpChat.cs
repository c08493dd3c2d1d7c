using ParalegalBot.Inference.Gguf;
using ParalegalBot.Inference.Gguf.Format;
using ParalegalBot.Inference.Gguf.Vocabulary;

namespace ParalegalBot.OnPrem.LlamaSharp;

/// <summary>The chat client of a GGUF over llama.cpp: prompt, grammar and sampling are those of our own engine, only the evaluation is not.</summary>
public static class LlamaSharpChat
{
    /// <summary>Loads the model.</summary>
    /// <param name="options">File, context, answer, threads and texts at once.</param>
    /// <param name="llama">Where it runs, and the adapter.</param>
    /// <exception cref="ParalegalBotException">The file or the adapter cannot be used; the message says why.</exception>
    public static GgufChatClient Open(GgufOptions options, LlamaSharpOptions llama)
    {
        using var file = GgufFile.Open(options.ModelPath);
        var vocabulary = GgufVocabulary.Read(file.Header.Metadata, file.Name);
        var template = ChatTemplate.Of(file.Header.Metadata, vocabulary, file.Name);
        var context = (int)Math.Min(options.ContextTokens, file.Header.Metadata.Integer("llama.context_length", options.ContextTokens));
        var model = new LlamaSharpModel(options.ModelPath, llama, parameters =>
        {
            // Each text has a share of its own, so none can take another's place.
            (parameters.ContextSize, parameters.SeqMax, parameters.KVUnified) = ((uint)(context * options.Sequences), (uint)options.Sequences, false);
            if (options.Threads > 0) (parameters.Threads, parameters.BatchThreads) = (options.Threads, options.Threads);
        });
        try
        {
            return new GgufChatClient(options, "llamasharp", vocabulary, template, new LlamaSharpEngine(model, vocabulary, options.Sequences), Math.Min(context, model.TrainedContext), model.About);
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }
}
