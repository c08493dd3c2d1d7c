namespace ParalegalBot.Inference.Gguf.Model;

/// <summary>
/// Keys and values of the tokens that one sequence has seen, in half precision, and those tokens. It grows as it is filled; cutting it back
/// to a prefix costs nothing, which is how a shared beginning (system prompt, passages) is computed once.
/// </summary>
internal sealed class KeyValueCache(int layers, int keyWidth)
{
    private const int Grain = 256;

    private readonly Half[][] keys = [.. Enumerable.Repeat(Array.Empty<Half>(), layers)];
    private readonly Half[][] values = [.. Enumerable.Repeat(Array.Empty<Half>(), layers)];
    private readonly List<int> tokens = [];

    /// <summary>The tokens, by position.</summary>
    public IReadOnlyList<int> Tokens => tokens;

    /// <summary>Makes room for a token at the next position and returns that position.</summary>
    public int Add(int token)
    {
        tokens.Add(token);
        var needed = tokens.Count * keyWidth;
        if (keys[0].Length < needed)
        {
            var room = (int)Math.Min(Array.MaxLength, Math.Max((long)keys[0].Length * 3 / 2, (long)(tokens.Count + Grain) * keyWidth));
            for (var layer = 0; layer < layers; layer++)
            {
                Array.Resize(ref keys[layer], room);
                Array.Resize(ref values[layer], room);
            }
        }
        return tokens.Count - 1;
    }

    /// <summary>Forgets all but the first <paramref name="length"/> tokens.</summary>
    public void Cut(int length) => tokens.RemoveRange(length, tokens.Count - length);

    /// <summary>Takes over the first <paramref name="length"/> tokens of another sequence.</summary>
    public void CopyPrefix(KeyValueCache other, int length)
    {
        Cut(0);
        for (var i = 0; i < length; i++) Add(other.tokens[i]);
        for (var layer = 0; layer < layers; layer++)
        {
            other.keys[layer].AsSpan(0, length * keyWidth).CopyTo(keys[layer]);
            other.values[layer].AsSpan(0, length * keyWidth).CopyTo(values[layer]);
        }
    }

    /// <summary>How many tokens from the start this sequence and <paramref name="prompt"/> have in common.</summary>
    public int CommonPrefix(IReadOnlyList<int> prompt)
    {
        var length = 0;
        while (length < tokens.Count && length < prompt.Count && tokens[length] == prompt[length]) length++;
        return length;
    }

    /// <summary>[K·d] of one position.</summary>
    public Span<Half> Key(int layer, int position) => keys[layer].AsSpan(position * keyWidth, keyWidth);

    /// <summary>[K·d] of one position.</summary>
    public Span<Half> Value(int layer, int position) => values[layer].AsSpan(position * keyWidth, keyWidth);
}
