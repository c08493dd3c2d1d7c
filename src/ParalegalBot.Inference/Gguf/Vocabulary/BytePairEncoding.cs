using System.Text;

namespace ParalegalBot.Inference.Gguf.Vocabulary;

/// <summary>Byte-pair encoding over GPT-2's byte alphabet: words are merged by the file's list of merges, the earlier in the list the sooner.</summary>
internal sealed class BytePairEncoding : ITextEncoding
{
    private readonly GgufVocabulary vocabulary;
    private readonly PreTokenizer split;
    private readonly Dictionary<string, int> ranks;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> rankOf;

    /// <param name="vocabulary">Its texts.</param>
    /// <param name="merges">Two symbols a line, a space between.</param>
    /// <param name="split">Cuts words.</param>
    public BytePairEncoding(GgufVocabulary vocabulary, string[] merges, PreTokenizer split)
    {
        (this.vocabulary, this.split) = (vocabulary, split);
        ranks = new Dictionary<string, int>(merges.Length, StringComparer.Ordinal);
        for (var rank = 0; rank < merges.Length; rank++) ranks[merges[rank]] = rank;
        rankOf = ranks.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public void Encode(string text, bool first, List<int> tokens)
    {
        foreach (var word in split.Split(text))
        {
            var symbols = ByteAlphabet.Encode(Encoding.UTF8.GetBytes(word));
            if (split.WholeWords && vocabulary.Id(symbols) is var whole and >= 0)
            {
                tokens.Add(whole);
                continue;
            }
            foreach (var range in SymbolMerge.Run(symbols, [.. Enumerable.Range(0, symbols.Length + 1)], Urgency)) Add(symbols.AsSpan()[range], tokens);
        }
    }

    private void Add(ReadOnlySpan<char> symbol, List<int> tokens)
    {
        if (vocabulary.Id(symbol) is var id and >= 0)
        {
            tokens.Add(id);
            return;
        }
        foreach (var character in symbol)
            if (vocabulary.Id([character]) is var single and >= 0) tokens.Add(single);
    }

    private float? Urgency(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        var length = left.Length + 1 + right.Length;
        Span<char> line = length <= 256 ? stackalloc char[length] : new char[length];
        left.CopyTo(line);
        line[left.Length] = ' ';
        right.CopyTo(line[(left.Length + 1)..]);
        return rankOf.TryGetValue(line, out var rank) ? rank : null;
    }
}
