using ParalegalBot.Inference.Gguf.Format;

namespace ParalegalBot.Inference.Gguf.Kernels;

/// <summary>A matrix of weights where it lies in the mapped file: <see cref="Rows"/> output features by <see cref="Columns"/> input features.</summary>
internal sealed unsafe class WeightMatrix(GgufTensor tensor, byte* data)
{
    public GgufType Type { get; } = tensor.Type;

    public int Rows { get; } = tensor.Rows;

    public int Columns { get; } = tensor.Columns;

    public byte* Row(int row) => data + row * tensor.RowBytes;

    /// <summary>One row in single precision.</summary>
    /// <param name="row">From 0.</param>
    /// <param name="values">[Columns].</param>
    public void Dequantize(int row, Span<float> values) => Dequantization.Row(Type, Row(row), values);
}
