using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ParalegalBot.Tuning.Training.Matrices;

/// <summary>A matrix in single precision, row by row, in memory that does not move.</summary>
internal sealed unsafe class Matrix
{
    private readonly float[] values;

    public Matrix(int rows, int columns)
    {
        (Rows, Columns) = (rows, columns);
        values = GC.AllocateArray<float>(checked(rows * columns), pinned: true);
        Data = (float*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(values));
    }

    public int Rows { get; }

    public int Columns { get; }

    public float* Data { get; }

    public Span<float> Values => values;

    public Span<float> Row(int row) => values.AsSpan(row * Columns, Columns);

    /// <summary>The first rows.</summary>
    public Span<float> Top(int rows) => values.AsSpan(0, rows * Columns);

    /// <summary>The first rows, as a factor.</summary>
    public MatrixView First(int rows) => new(Data, rows, Columns, Columns, 1);

    public static implicit operator MatrixView(Matrix matrix) => matrix.First(matrix.Rows);
}

/// <summary>A part of a matrix, or its transpose, where it lies.</summary>
internal readonly unsafe struct MatrixView(float* data, int rows, int columns, int rowStride, int columnStride)
{
    public float* Data { get; } = data;

    public int Rows { get; } = rows;

    public int Columns { get; } = columns;

    /// <summary>Numbers from one row to the next.</summary>
    public int RowStride { get; } = rowStride;

    /// <summary>Numbers from one column to the next.</summary>
    public int ColumnStride { get; } = columnStride;

    public MatrixView Transposed => new(Data, Columns, Rows, ColumnStride, RowStride);

    public MatrixView Block(int row, int rows, int column, int columns) =>
        new(Data + (long)row * RowStride + (long)column * ColumnStride, rows, columns, RowStride, ColumnStride);
}
