namespace ParalegalBot.Tuning.Training.Matrices;

/// <summary>
/// C = A · B or C += A · B on one thread, any of the three transposed or part of a larger matrix (C row by row). Blocked for the caches and
/// packed into panels (Goto and van de Geijn 2008), so that the innermost loop reads memory in order. Sums are taken in an order that depends on
/// the shapes alone: the same factors give the same bits.
/// </summary>
internal sealed unsafe class BlockProduct
{
    private const int Depth = 256, BlockRows = 96, BlockColumns = 512;

    private readonly Matrix left = new(BlockRows + Tile.Rows, Depth);
    private readonly Matrix right = new(BlockColumns + Tile.Columns, Depth);
    private readonly Matrix edge = new(Tile.Rows, Tile.Columns);

    /// <summary>Multiplies.</summary>
    /// <param name="a">[m × k].</param>
    /// <param name="b">[k × n].</param>
    /// <param name="c">[m × n], its columns next to each other.</param>
    /// <param name="add">Whether to add to what is in <paramref name="c"/>.</param>
    public void Multiply(MatrixView a, MatrixView b, MatrixView c, bool add)
    {
        if (a.Columns != b.Rows || a.Rows != c.Rows || b.Columns != c.Columns || c.ColumnStride != 1)
            throw new ArgumentException($"{a.Rows} × {a.Columns} times {b.Rows} × {b.Columns} is not {c.Rows} × {c.Columns}.");
        for (var column = 0; column < c.Columns; column += BlockColumns)
        {
            var columns = Math.Min(BlockColumns, c.Columns - column);
            for (var k = 0; k < a.Columns; k += Depth)
            {
                var depth = Math.Min(Depth, a.Columns - k);
                Panels.Pack(b.Block(k, depth, column, columns).Transposed, right.Data, Tile.Columns);
                for (var row = 0; row < c.Rows; row += BlockRows)
                {
                    var rows = Math.Min(BlockRows, c.Rows - row);
                    Panels.Pack(a.Block(row, rows, k, depth), left.Data, Tile.Rows);
                    Tiles(c.Block(row, rows, column, columns), depth, add || k > 0);
                }
            }
        }
    }

    private void Tiles(MatrixView c, int depth, bool add)
    {
        for (var column = 0; column < c.Columns; column += Tile.Columns)
        {
            var b = right.Data + column * depth;
            for (var row = 0; row < c.Rows; row += Tile.Rows)
            {
                var a = left.Data + row * depth;
                var to = c.Data + (long)row * c.RowStride + column;
                if (c.Rows - row >= Tile.Rows && c.Columns - column >= Tile.Columns)
                {
                    Tile.Multiply(a, b, depth, to, c.RowStride, add);
                    continue;
                }
                Tile.Multiply(a, b, depth, edge.Data, Tile.Columns, add: false);
                for (var i = 0; i < Math.Min(Tile.Rows, c.Rows - row); i++)
                    for (var j = 0; j < Math.Min(Tile.Columns, c.Columns - column); j++)
                        to[(long)i * c.RowStride + j] = (add ? to[(long)i * c.RowStride + j] : 0) + edge.Data[i * Tile.Columns + j];
            }
        }
    }
}
