namespace ParalegalBot.Tuning.Training.Data;

/// <summary>
/// Texts in a random order that the seed and the epoch decide, laid one behind the other into batches of so many tokens: no batch is filled up with nothing.
/// Where it stands is two numbers, so a training goes on exactly where it stopped.
/// </summary>
internal sealed class Packing(IReadOnlyList<TrainingText> texts, int batchTokens, int seed)
{
    private int[] order = [];
    private int shuffled = -1;

    /// <summary>Times through all texts.</summary>
    public int Epoch { get; private set; }

    /// <summary>Texts of the epoch that are done.</summary>
    public int Position { get; private set; }

    public void GoTo(int epoch, int position) => (Epoch, Position) = (epoch, position);

    public TokenBatch Next()
    {
        var batch = new TokenBatch();
        while (true)
        {
            if (Position == texts.Count) (Epoch, Position) = (Epoch + 1, 0);
            if (shuffled != Epoch)
            {
                order = [.. Enumerable.Range(0, texts.Count)];
                new Random(HashCode(seed, Epoch)).Shuffle(order);
                shuffled = Epoch;
            }
            var text = texts[order[Position]];
            if (batch.Count > 0 && batch.Count + text.Tokens.Count - 1 > batchTokens) return batch;
            batch.Add(text);
            Position++;
            if (batch.Count >= batchTokens) return batch;
        }
    }

    // Not System.HashCode: that one changes from run to run.
    private static int HashCode(int seed, int epoch) => unchecked(seed * 397 ^ epoch * 7919);
}
