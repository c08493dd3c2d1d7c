using ParalegalBot.Tuning.Training.Matrices;

namespace ParalegalBot.Tuning.Training.Layers;

/// <summary>
/// Rotary positions (Su et al. 2021) as Hugging Face's LLaMA lays them out: number i of a head turns with number i + d/2. The export reorders the rows
/// of the query and key matrices for llama.cpp, which pairs neighbours.
/// </summary>
internal sealed class Rotary
{
    private readonly Matrix cosines, sines;

    /// <param name="frequencies">[d / 2]: radians a position.</param>
    /// <param name="positions">How many positions are prepared.</param>
    public Rotary(IReadOnlyList<double> frequencies, int positions)
    {
        (cosines, sines) = (new Matrix(positions, frequencies.Count), new Matrix(positions, frequencies.Count));
        for (var position = 0; position < positions; position++)
            for (var i = 0; i < frequencies.Count; i++)
                (sines.Row(position)[i], cosines.Row(position)[i]) = ((float)Math.Sin(position * frequencies[i]), (float)Math.Cos(position * frequencies[i]));
    }

    /// <summary>Turns every head of every token, in place.</summary>
    public void Forward(Compute compute, Matrix heads, IReadOnlyList<int> positions) => Turn(compute, heads, positions, 1);

    /// <summary>A rotation's transpose is the rotation back.</summary>
    public void Backward(Compute compute, Matrix gradient, IReadOnlyList<int> positions) => Turn(compute, gradient, positions, -1);

    private void Turn(Compute compute, Matrix heads, IReadOnlyList<int> positions, float direction) => compute.Rows(positions.Count, (from, to) =>
    {
        for (var t = from; t < to; t++)
        {
            var row = heads.Row(t);
            var cosine = cosines.Row(positions[t]);
            var sine = sines.Row(positions[t]);
            for (var head = 0; head < row.Length; head += cosine.Length * 2)
            {
                var first = row.Slice(head, cosine.Length);
                var second = row.Slice(head + cosine.Length, cosine.Length);
                for (var i = 0; i < cosine.Length; i++)
                {
                    var (a, b, s) = (first[i], second[i], sine[i] * direction);
                    (first[i], second[i]) = (a * cosine[i] - b * s, b * cosine[i] + a * s);
                }
            }
        }
    });
}
