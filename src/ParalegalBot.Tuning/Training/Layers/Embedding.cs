using System.Numerics.Tensors;
using ParalegalBot.Tuning.Training.Matrices;

namespace ParalegalBot.Tuning.Training.Layers;

/// <summary>A row of a table for every token.</summary>
internal sealed class Embedding(string name, int tokens, int width)
{
    public Parameter Table { get; } = new(name + ".weight", tokens, width);

    public void Forward(ReadOnlySpan<int> tokens, Matrix x)
    {
        for (var t = 0; t < tokens.Length; t++) Table.Value.Row(tokens[t]).CopyTo(x.Row(t));
    }

    public void Backward(ReadOnlySpan<int> tokens, Matrix dx)
    {
        if (Table.Gradient is not { } gradient) return;
        for (var t = 0; t < tokens.Length; t++) TensorPrimitives.Add(gradient.Row(tokens[t]), dx.Row(t), gradient.Row(tokens[t]));
    }
}
