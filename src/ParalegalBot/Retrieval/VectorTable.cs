using System.Numerics;
using System.Runtime.InteropServices;

namespace ParalegalBot.Retrieval;

/// <summary>Unit vectors as int8 rows in one block (value × 127), scanned whole for every query.</summary>
public sealed class VectorTable
{
    private readonly int dimensions;
    private readonly sbyte[] rows;

    private VectorTable(int dimensions, sbyte[] rows) => (this.dimensions, this.rows) = (dimensions, rows);

    /// <summary>Rounds a unit vector to int8.</summary>
    public static sbyte[] Quantize(ReadOnlySpan<float> unit)
    {
        var quantized = new sbyte[unit.Length];
        for (var i = 0; i < unit.Length; i++) quantized[i] = (sbyte)Math.Clamp(MathF.Round(unit[i] * 127), -127, 127);
        return quantized;
    }

    /// <summary>Writes the cosine of the query with every row; 0 throughout where the dimensions differ or there are no rows.</summary>
    public void Cosines(ReadOnlySpan<float> query, Span<float> cosines)
    {
        if (dimensions == 0 || query.Length != dimensions) return;
        var wanted = MemoryMarshal.Cast<sbyte, Vector<sbyte>>(Quantize(query).AsSpan());
        var blocks = MemoryMarshal.Cast<sbyte, Vector<sbyte>>(rows.AsSpan());
        var perRow = wanted.Length;
        for (var row = 0; row * perRow < blocks.Length; row++)
        {
            var sum = Vector<int>.Zero;
            for (var i = 0; i < perRow; i++)
            {
                Vector.Widen(blocks[row * perRow + i], out var low, out var high);
                Vector.Widen(wanted[i], out var wantedLow, out var wantedHigh);
                // Two products of int8 fit into an int16 pair only when widened before the sum: 2 × 127² > 32767 / 2.
                Vector.Widen(low * wantedLow, out var a, out var b);
                Vector.Widen(high * wantedHigh, out var c, out var d);
                sum += a + b + c + d;
            }
            cosines[row] = Vector.Sum(sum) / (127f * 127f);
        }
    }

    /// <summary>Collects rows.</summary>
    public sealed class Builder(int dimensions)
    {
        private readonly List<sbyte> values = [];

        /// <summary>Adds a row; a row of another length counts as unknown and scores 0.</summary>
        public void Add(ReadOnlySpan<sbyte> row)
        {
            if (row.Length == dimensions) values.AddRange(row);
            else for (var i = 0; i < dimensions; i++) values.Add(0);
        }

        /// <summary>Builds the table.</summary>
        public VectorTable Build() => new(dimensions, [.. values]);
    }
}
