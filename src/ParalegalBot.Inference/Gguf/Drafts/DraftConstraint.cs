using ParalegalBot.Answering;
using ParalegalBot.Inference.Gguf.Vocabulary;

namespace ParalegalBot.Inference.Gguf.Drafts;

/// <summary>Holds one text to the draft's grammar: before each token the logits of all that must not come are −∞.</summary>
internal sealed class DraftConstraint
{
    private readonly TokenTrie trie;
    private readonly GgufVocabulary vocabulary;
    private readonly DraftGrammar grammar;
    private readonly bool[] allowed;
    private DraftState state = DraftGrammar.Start;

    public DraftConstraint(TokenTrie trie, GgufVocabulary vocabulary, IEnumerable<(string Id, int Sentences)> passages)
    {
        (this.trie, this.vocabulary, allowed) = (trie, vocabulary, new bool[vocabulary.Count]);
        grammar = new DraftGrammar(new PassageTrie(passages));
        if (!trie.Spells(grammar.Bytes))
            throw new ParalegalBotException("El vocabulario del modelo no puede escribir cada byte por separado, así que no se le puede exigir la forma del borrador; use otro modelo GGUF.");
    }

    /// <summary>Over the passages of a grounded prompt.</summary>
    public static DraftConstraint Of(TokenTrie trie, GgufVocabulary vocabulary, Grounding grounding) =>
        new(trie, vocabulary, grounding.Passages.Select(scored => (scored.Passage.Id, scored.Passage.Sentences.Count)));

    /// <summary>Fewest tokens that a draft may be given.</summary>
    public static int FewestTokens => DraftGrammar.Shortest;

    /// <summary>Whether the draft is complete.</summary>
    public bool IsDone => state.Part is DraftPart.Done;

    /// <summary>Masks.</summary>
    /// <param name="logits">[vocabulary].</param>
    /// <param name="left">Tokens that may still be written, this one included.</param>
    public void Mask(Span<float> logits, int left)
    {
        Array.Clear(allowed);
        trie.Allow(grammar, state, left - 1, allowed);
        for (var token = 0; token < logits.Length; token++)
            if (!allowed[token]) logits[token] = float.NegativeInfinity;
            else if (!float.IsFinite(logits[token])) logits[token] = float.MinValue;
    }

    /// <summary>Takes the token that was drawn.</summary>
    public void Accept(int token)
    {
        foreach (var value in vocabulary.Piece(token))
            if (!grammar.Step(ref state, value)) throw new InvalidOperationException($"Token {token} cannot come here.");
    }
}
