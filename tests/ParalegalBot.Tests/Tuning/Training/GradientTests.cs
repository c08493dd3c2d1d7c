using ParalegalBot.Tuning.Training;
using ParalegalBot.Tuning.Training.Layers;
using ParalegalBot.Tuning.Training.Matrices;

namespace ParalegalBot.Tests.Tuning.Training;

/// <summary>Every derivative against the quotient of finite differences, along random directions, with the loss Σ y ⊙ r for a random r.</summary>
public sealed class GradientTests : IDisposable
{
    private const int Tokens = 13;

    private readonly Compute compute = new(2);
    private readonly Random random = new(11);

    public void Dispose() => compute.Dispose();

    [Fact]
    public void A_linear_layer_and_its_adapter()
    {
        var linear = new Linear("x", 10, 12) { Adapter = new LowRank("x", 10, 12, rank: 3, alpha: 6) };
        Fill(linear.Weight.Value);
        Fill(linear.Adapter.Down.Value);
        Fill(linear.Adapter.Up.Value);
        linear.Weight.Unfreeze();
        var (x, y, r, dx) = (Filled(Tokens, 12), new Matrix(Tokens, 10), Filled(Tokens, 10), new Matrix(Tokens, 12));

        linear.Backward(compute, x, r, dx);

        double Loss()
        {
            linear.Forward(compute, x, y);
            return Dot(y, r);
        }

        Agrees(Loss, x, dx, "x");
        Agrees(Loss, linear.Weight, "W");
        Agrees(Loss, linear.Adapter.Down, "A");
        Agrees(Loss, linear.Adapter.Up, "B");
    }

    [Fact]
    public void A_norm()
    {
        var norm = new RmsNorm("x", 70, 1e-5f);
        Fill(norm.Gain.Value);
        norm.Gain.Unfreeze();
        var (x, y, r, dx) = (Filled(Tokens, 70), new Matrix(Tokens, 70), Filled(Tokens, 70), new Matrix(Tokens, 70));

        norm.Backward(compute, x, r, dx, Tokens);

        double Loss()
        {
            norm.Forward(compute, x, y, Tokens);
            return Dot(y, r);
        }

        Agrees(Loss, x, dx, "x");
        Agrees(Loss, norm.Gain, "g");
    }

    [Fact]
    public void Rotary_positions()
    {
        var rotary = new Rotary([1, 0.5, 0.1], 16);
        int[] positions = [.. Enumerable.Range(0, Tokens)];
        var (x, r) = (Filled(Tokens, 12), Filled(Tokens, 12));
        var dx = Copy(r);

        rotary.Backward(compute, dx, positions);

        Agrees(() =>
        {
            var y = Copy(x);
            rotary.Forward(compute, y, positions);
            return Dot(y, r);
        }, x, dx, "x");
    }

    [Fact]
    public void Grouped_query_attention_over_several_texts()
    {
        const int Long = 150;
        var attention = new CausalAttention(heads: 4, keyHeads: 2, headSize: 6, compute.Threads);
        (int, int)[] texts = [(0, 9), (9, 131), (140, 10)];
        var (q, k, v, o, r) = (Filled(Long, 24), Filled(Long, 12), Filled(Long, 12), new Matrix(Long, 24), Filled(Long, 24));
        var (dq, dk, dv) = (new Matrix(Long, 24), new Matrix(Long, 12), new Matrix(Long, 12));

        attention.Backward(compute, texts, q, k, v, r, dq, dk, dv);

        double Loss()
        {
            attention.Forward(compute, texts, q, k, v, o);
            return Dot(o, r);
        }

        Agrees(Loss, q, dq, "q");
        Agrees(Loss, k, dk, "k");
        Agrees(Loss, v, dv, "v");
    }

    [Fact]
    public void The_gated_unit()
    {
        var (gate, up, hidden, r) = (Filled(Tokens, 20), Filled(Tokens, 20), new Matrix(Tokens, 20), Filled(Tokens, 20));
        var (dGate, dUp) = (Copy(gate), Copy(up));

        SwiGlu.Backward(compute, dGate, dUp, r, Tokens);

        double Loss()
        {
            SwiGlu.Forward(compute, gate, up, hidden, Tokens);
            return Dot(hidden, r);
        }

        Agrees(Loss, gate, dGate, "gate");
        Agrees(Loss, up, dUp, "up");
    }

    [Fact]
    public void Cross_entropy()
    {
        var logits = Filled(Tokens, 30);
        int[] targets = [.. Enumerable.Range(0, Tokens).Select(i => i * 2)];
        var change = Copy(logits);
        var losses = new double[Tokens];

        CrossEntropy.Run(compute, change, targets, losses);

        Agrees(() =>
        {
            CrossEntropy.Run(compute, Copy(logits), targets, losses);
            return losses.Sum();
        }, logits, change, "logits");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_whole_network_parameter_by_parameter(bool tied)
    {
        var (network, batch) = Network(tied);
        network.LearnAll();
        network.Run(batch, learn: true);

        // The table is embedding and output at once where they are tied: its derivative is the sum of both.
        foreach (var parameter in network.Learnt) Agrees(() => network.Run(batch, learn: false), parameter, parameter.Name);
    }

    [Fact]
    public void The_whole_network_through_its_adapters_alone()
    {
        var (network, batch) = Network(tied: true);
        network.LearnAdapters(rank: 2, alpha: 4, ["q_proj", "v_proj", "down_proj"], random);
        foreach (var adapter in network.Adapters) Fill(adapter.Up.Value, 0.1f);
        network.Run(batch, learn: true);

        Assert.Equal(2 * 3 * 2, network.Learnt.Count());
        foreach (var parameter in network.Learnt) Agrees(() => network.Run(batch, learn: false), parameter, parameter.Name);
    }

    private (LlamaNetwork Network, TokenBatch Batch) Network(bool tied)
    {
        var shape = new LlamaShape { Vocabulary = 40, Layers = 2, Width = 24, Heads = 4, KeyHeads = 2, HeadSize = 6, FeedForward = 32, Context = 32, Tied = tied };
        var network = new LlamaNetwork(shape, compute);
        network.Initialize(random);
        // Larger than at the start of a training, so that derivatives are well above rounding.
        foreach (var parameter in network.Weights.Where(parameter => !parameter.IsVector)) Fill(parameter.Value, 0.3f);
        var batch = new TokenBatch();
        foreach (var length in new[] { 9, 17, 5 })
            batch.Add(new TrainingText([.. Enumerable.Range(0, length).Select(_ => random.Next(40))], [.. Enumerable.Range(0, length).Select(i => i > length / 3)]));
        return (network, batch);
    }

    private void Agrees(Func<double> loss, Parameter parameter, string name) => Agrees(loss, parameter.Value, parameter.Gradient!, name);

    private void Agrees(Func<double> loss, Matrix at, Matrix gradient, string name)
    {
        var start = Copy(at);
        for (var trial = 0; trial < 3; trial++)
        {
            // Half along the gradient, so that the expected change stands out of the rounding of single precision.
            var direction = Filled(at.Rows, at.Columns);
            var (along, length) = (Math.Sqrt(Dot(direction, direction)), Math.Sqrt(Dot(gradient, gradient)));
            for (var i = 0; i < direction.Values.Length; i++) direction.Values[i] = (float)(direction.Values[i] / along + gradient.Values[i] / length);
            var expected = Dot(gradient, direction);
            const float Step = 4e-3f;
            double At(float step)
            {
                for (var i = 0; i < at.Values.Length; i++) at.Values[i] = start.Values[i] + step * direction.Values[i];
                return loss();
            }

            // Fourth order: the error of the second falls out.
            var measured = (8 * (At(Step) - At(-Step)) - (At(2 * Step) - At(-2 * Step))) / (12 * Step);
            start.Values.CopyTo(at.Values);
            Assert.True(Math.Abs(measured - expected) <= 3e-3 * Math.Abs(expected) + 1e-5, $"{name}: {expected:G6} computed, {measured:G6} measured");
        }
    }

    private Matrix Filled(int rows, int columns)
    {
        var matrix = new Matrix(rows, columns);
        Fill(matrix);
        return matrix;
    }

    private void Fill(Matrix matrix, float spread = 1)
    {
        foreach (ref var value in matrix.Values) value = spread * (random.NextSingle() * 2 - 1);
    }

    private static Matrix Copy(Matrix matrix)
    {
        var copy = new Matrix(matrix.Rows, matrix.Columns);
        matrix.Values.CopyTo(copy.Values);
        return copy;
    }

    private static double Dot(Matrix a, Matrix b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Values.Length; i++) sum += (double)a.Values[i] * b.Values[i];
        return sum;
    }
}
