using ParalegalBot.Inference.Gguf.Drafts;

namespace ParalegalBot.Inference.Gguf.Serving;

/// <summary>What evaluates a GGUF's tokens for several texts at once: our own engine, or another program's over the same file.</summary>
internal interface ITextEngine : IDisposable
{
    /// <summary>The vocabulary's, for constraints.</summary>
    TokenTrie Trie { get; }

    /// <summary>Prompt tokens that needed no computing because an earlier prompt began alike, in all.</summary>
    long ReusedTokens { get; }

    /// <summary>Queues a text; its words come through its channel.</summary>
    void Submit(Generation generation);
}
