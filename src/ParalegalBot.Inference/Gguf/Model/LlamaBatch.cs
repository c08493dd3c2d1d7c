namespace ParalegalBot.Inference.Gguf.Model;

/// <summary>Tokens to be evaluated together, of one or several sequences. Adding a token takes its place in its sequence's cache.</summary>
internal sealed class LlamaBatch(int capacity)
{
    private readonly List<(int Token, int Position, KeyValueCache Cache)> items = new(capacity);
    private readonly List<int> outputs = [];

    public int Capacity { get; } = capacity;

    public int Count => items.Count;

    /// <summary>Indices of the tokens after which a prediction is wanted.</summary>
    public IReadOnlyList<int> Outputs => outputs;

    /// <summary>Adds the next token of a sequence.</summary>
    public void Add(int token, KeyValueCache cache, bool predict)
    {
        if (items.Count == Capacity) throw new InvalidOperationException($"A batch holds {Capacity} tokens.");
        if (predict) outputs.Add(items.Count);
        items.Add((token, cache.Add(token), cache));
    }

    public int Token(int index) => items[index].Token;

    public int Position(int index) => items[index].Position;

    public KeyValueCache Cache(int index) => items[index].Cache;
}
