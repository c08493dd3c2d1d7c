using ParalegalBot.Inference.Gguf.Vocabulary;

namespace ParalegalBot.Inference.Gguf.Drafts;

/// <summary>
/// All tokens that write something, as a trie of their bytes laid out in preorder: a byte that the grammar refuses skips every token that
/// begins with it. Built once a vocabulary.
/// </summary>
internal sealed class TokenTrie
{
    private readonly byte[] bytes;
    private readonly int[] end;
    private readonly int[] depth;
    private readonly int[] firstToken;
    private readonly int[] tokens;

    public TokenTrie(GgufVocabulary vocabulary)
    {
        var sorted = Enumerable.Range(0, vocabulary.Count).Where(id => vocabulary.Piece(id).Length > 0 && !vocabulary.Ends(id)).ToArray();
        Array.Sort(sorted, (a, b) => vocabulary.Piece(a).SequenceCompareTo(vocabulary.Piece(b)));
        var (nodeBytes, nodeEnd, nodeDepth, nodeToken) = (new List<byte>(), new List<int>(), new List<int>(), new List<int>());
        var path = new List<int>();
        for (var i = 0; i < sorted.Length; i++)
        {
            var piece = vocabulary.Piece(sorted[i]);
            var common = 0;
            while (common < path.Count && common < piece.Length && nodeBytes[path[common]] == piece[common]) common++;
            Close(common);
            for (var at = common; at < piece.Length; at++)
            {
                path.Add(nodeBytes.Count);
                nodeBytes.Add(piece[at]);
                nodeDepth.Add(at);
                nodeEnd.Add(0);
                nodeToken.Add(i);
            }
        }
        Close(0);
        nodeToken.Add(sorted.Length);
        (bytes, end, depth, firstToken, tokens) = ([.. nodeBytes], [.. nodeEnd], [.. nodeDepth], [.. nodeToken], sorted);
        Deepest = nodeDepth.Count == 0 ? 0 : nodeDepth.Max() + 1;
        Lengths = [.. sorted.Select(id => vocabulary.Piece(id).Length)];

        void Close(int length)
        {
            for (var at = length; at < path.Count; at++) nodeEnd[path[at]] = nodeBytes.Count;
            path.RemoveRange(length, path.Count - length);
        }
    }

    /// <summary>Bytes of the longest token.</summary>
    public int Deepest { get; }

    private int[] Lengths { get; }

    /// <summary>Whether each of these bytes is a token of its own.</summary>
    public bool Spells(IEnumerable<byte> all)
    {
        var single = new HashSet<byte>();
        for (var node = 0; node < bytes.Length; node = end[node])
            if (Lengths[firstToken[node]] == 1) single.Add(bytes[node]);
        return all.All(single.Contains);
    }

    /// <summary>Marks the tokens that the grammar takes from a state and that leave it at most <paramref name="budget"/> bytes from its end.</summary>
    /// <param name="grammar">The grammar.</param>
    /// <param name="state">Where it is.</param>
    /// <param name="budget">Tokens left after this one, which is as many bytes.</param>
    /// <param name="allowed">[vocabulary], set where allowed.</param>
    public void Allow(DraftGrammar grammar, in DraftState state, int budget, Span<bool> allowed)
    {
        var states = new DraftState[Deepest + 1];
        states[0] = state;
        for (var node = 0; node < bytes.Length;)
        {
            var here = states[depth[node]];
            if (!grammar.Step(ref here, bytes[node]))
            {
                node = end[node];
                continue;
            }
            states[depth[node] + 1] = here;
            // A node made for a longer token is no token itself; its tokens, if any, are the first of its range that are just so long.
            var at = firstToken[node];
            if (at < tokens.Length && Lengths[at] == depth[node] + 1 && grammar.Left(here) <= budget)
                for (; at < tokens.Length && Lengths[at] == depth[node] + 1 && (node + 1 == bytes.Length || at < Upper(node)); at++) allowed[tokens[at]] = true;
            node++;
        }
    }

    /// <summary>The first token that is not in a node's range.</summary>
    private int Upper(int node) => end[node] < bytes.Length ? firstToken[end[node]] : tokens.Length;
}
