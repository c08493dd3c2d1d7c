using ParalegalBot.Inference.Gguf.Kernels;

namespace ParalegalBot.Tuning.Training.Matrices;

/// <summary>The processor's cores and their scratch. However many there are, the results are the same bits.</summary>
internal sealed class Compute : IDisposable
{
    private readonly WorkerTeam team;
    private readonly BlockProduct[] products;

    /// <param name="threads">0: one a processor.</param>
    public Compute(int threads = 0)
    {
        team = new WorkerTeam(threads > 0 ? threads : Environment.ProcessorCount);
        products = [.. Enumerable.Range(0, team.Size).Select(_ => new BlockProduct())];
    }

    public int Threads => team.Size;

    /// <summary>C = A · B, or C += A · B, on all cores.</summary>
    public void Multiply(MatrixView a, MatrixView b, MatrixView c, bool add = false)
    {
        var byRows = c.Rows >= c.Columns;
        var length = byRows ? c.Rows : c.Columns;
        var share = Math.Max(Tile.Columns, (length + team.Size * 2 - 1) / (team.Size * 2) + Tile.Columns - 1) / Tile.Columns * Tile.Columns;
        team.Run((length + share - 1) / share, (item, member) =>
        {
            var (from, size) = (item * share, Math.Min(share, length - item * share));
            if (byRows) products[member].Multiply(a.Block(from, size, 0, a.Columns), b, c.Block(from, size, 0, c.Columns), add);
            else products[member].Multiply(a, b.Block(0, b.Rows, from, size), c.Block(0, c.Rows, from, size), add);
        });
    }

    /// <summary>Shares out rows; <paramref name="action"/> gets the first and the one past the last.</summary>
    public void Rows(int count, Action<int, int> action)
    {
        const int Grain = 64;
        team.Run((count + Grain - 1) / Grain, (item, _) => action(item * Grain, Math.Min(count, (item + 1) * Grain)));
    }

    /// <summary>Shares out items; <paramref name="action"/> gets the item, the member's number and its own product.</summary>
    public void Items(int count, Action<int, int, BlockProduct> action) => team.Run(count, (item, member) => action(item, member, products[member]));

    public void Dispose() => team.Dispose();
}
