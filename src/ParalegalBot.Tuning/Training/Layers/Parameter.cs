using ParalegalBot.Tuning.Training.Matrices;

namespace ParalegalBot.Tuning.Training.Layers;

/// <summary>Numbers that are learnt, under the name that Hugging Face's LLaMA gives them.</summary>
internal sealed class Parameter(string name, int rows, int columns, bool isVector = false)
{
    public string Name { get; } = name;

    /// <summary>[rows × columns]; a vector is one row.</summary>
    public Matrix Value { get; } = new(rows, columns);

    /// <summary>Sums of the step's derivatives; null: frozen.</summary>
    public Matrix? Gradient { get; private set; }

    /// <summary>A norm's gain: not decayed, and of one dimension in files.</summary>
    public bool IsVector { get; } = isVector;

    public void Unfreeze() => Gradient ??= new Matrix(Value.Rows, Value.Columns);
}
