using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using ParalegalBot.Tuning.Training;
using ParalegalBot.Tuning.Training.Matrices;
using ParalegalBot.Tuning.Training.Runs;

namespace ParalegalBot.Benchmarks;

/// <summary>
/// The trainer at the nano model's shapes: each matrix product, forward and both backward ones, as a share of the fused multiply-adds that the
/// same cores do from registers alone, measured just before; then tokens a second of whole steps. <c>--seconds N</c> a row (1).
/// </summary>
internal static class TrainingBenchmark
{
    private const int Tokens = 1024;

    public static void Run(BenchmarkArguments arguments)
    {
        var seconds = double.Parse(arguments.Value("--seconds") ?? "1");
        var shape = Presets.Nano;
        using var compute = new Compute();
        var rows = new List<Row>();
        var peak = 0.0;
        foreach (var (name, width, height) in new[]
        {
            ("query, output", shape.Width, shape.Heads * shape.HeadSize), ("key, value", shape.Width, shape.KeyHeads * shape.HeadSize),
            ("gate, up", shape.Width, shape.FeedForward), ("down", shape.FeedForward, shape.Width), ("vocabulary", shape.Width, shape.Vocabulary),
        })
        {
            var tokens = name == "vocabulary" ? 256 : Tokens;
            MatrixView x = new Matrix(tokens, width), w = new Matrix(height, width), y = new Matrix(tokens, height);
            var flops = 2.0 * tokens * width * height;
            rows.Add(Product($"{name}: x·Wᵀ", flops, () => compute.Multiply(x, w.Transposed, y)));
            rows.Add(Product($"{name}: dy·W", flops, () => compute.Multiply(y, w, x)));
            rows.Add(Product($"{name}: dyᵀ·x", flops, () => compute.Multiply(y.Transposed, x, w, add: true)));
        }
        rows.Add(Steps(shape, compute, seconds));
        // The peak is the best of all: other people's work can only lower it.
        arguments.Print([.. rows.Select(row => row with { PeakGflops = Math.Round(peak, 1), PeakShare = Math.Round(row.Gflops / peak, 3) })]);

        Row Product(string name, double flops, Action product)
        {
            peak = Math.Max(peak, Peak(compute, seconds / 4));
            return new Row(name, compute.Threads) { Gflops = Math.Round(flops * Rate(product, seconds) / 1e9, 1) };
        }
    }

    private static Row Steps(LlamaShape shape, Compute compute, double seconds)
    {
        var network = new LlamaNetwork(shape, compute);
        var random = new Random(1);
        network.Initialize(random);
        network.LearnAll();
        var batch = new TokenBatch();
        for (var text = 0; text < Tokens / 256; text++)
            batch.Add(new TrainingText([.. Enumerable.Range(0, 257).Select(_ => random.Next(shape.Vocabulary))], [.. Enumerable.Repeat(true, 257)]));
        var rate = Rate(() => network.Run(batch, learn: true), seconds * 4) * batch.Count;
        // Two operations a weight and token forward, four backward; the tied embedding counts as the output matrix that it is.
        return new Row("forward and backward", compute.Threads) { Gflops = Math.Round(rate * 6 * shape.Weights / 1e9, 1), TokensPerSecond = Math.Round(rate) };
    }

    /// <summary>Times a second, by the fastest of many: what the machine can do while nobody else uses it.</summary>
    private static double Rate(Action action, double seconds)
    {
        action();
        var (fastest, started) = (double.MaxValue, Stopwatch.GetTimestamp());
        while (Stopwatch.GetElapsedTime(started).TotalSeconds < seconds)
        {
            var once = Stopwatch.GetTimestamp();
            action();
            fastest = Math.Min(fastest, Stopwatch.GetElapsedTime(once).TotalSeconds);
        }
        return 1 / fastest;
    }

    /// <summary>Gflop/s of fused multiply-adds between registers on all cores at once.</summary>
    private static double Peak(Compute compute, double seconds)
    {
        const int Rounds = 50_000;
        var lanes = Vector512.IsHardwareAccelerated ? 16 : 8;
        return Rate(() => compute.Items(compute.Threads, (_, _, _) => { if (lanes == 16) Wide(Rounds); else Narrow(Rounds); }), seconds) * compute.Threads * Rounds * 12.0 * lanes * 2 / 1e9;
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static float Wide(int rounds)
    {
        var (x, y) = (Vector512.Create(0.5f), Vector512.Create(0.25f));
        Vector512<float> a = x, b = x, c = x, d = x, e = x, f = x, g = x, h = x, i = x, j = x, k = x, l = x;
        for (var round = 0; round < rounds; round++)
        {
            (a, b, c) = (Vector512.FusedMultiplyAdd(a, x, y), Vector512.FusedMultiplyAdd(b, x, y), Vector512.FusedMultiplyAdd(c, x, y));
            (d, e, f) = (Vector512.FusedMultiplyAdd(d, x, y), Vector512.FusedMultiplyAdd(e, x, y), Vector512.FusedMultiplyAdd(f, x, y));
            (g, h, i) = (Vector512.FusedMultiplyAdd(g, x, y), Vector512.FusedMultiplyAdd(h, x, y), Vector512.FusedMultiplyAdd(i, x, y));
            (j, k, l) = (Vector512.FusedMultiplyAdd(j, x, y), Vector512.FusedMultiplyAdd(k, x, y), Vector512.FusedMultiplyAdd(l, x, y));
        }
        return Vector512.Sum(a + b + c + d + e + f + g + h + i + j + k + l);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static float Narrow(int rounds)
    {
        var (x, y) = (Vector256.Create(0.5f), Vector256.Create(0.25f));
        Vector256<float> a = x, b = x, c = x, d = x, e = x, f = x, g = x, h = x, i = x, j = x, k = x, l = x;
        for (var round = 0; round < rounds; round++)
        {
            (a, b, c) = (Vector256.FusedMultiplyAdd(a, x, y), Vector256.FusedMultiplyAdd(b, x, y), Vector256.FusedMultiplyAdd(c, x, y));
            (d, e, f) = (Vector256.FusedMultiplyAdd(d, x, y), Vector256.FusedMultiplyAdd(e, x, y), Vector256.FusedMultiplyAdd(f, x, y));
            (g, h, i) = (Vector256.FusedMultiplyAdd(g, x, y), Vector256.FusedMultiplyAdd(h, x, y), Vector256.FusedMultiplyAdd(i, x, y));
            (j, k, l) = (Vector256.FusedMultiplyAdd(j, x, y), Vector256.FusedMultiplyAdd(k, x, y), Vector256.FusedMultiplyAdd(l, x, y));
        }
        return Vector256.Sum(a + b + c + d + e + f + g + h + i + j + k + l);
    }

    private sealed record Row(string What, int Threads)
    {
        public double Gflops { get; init; }

        public double PeakGflops { get; init; }

        public double PeakShare { get; init; }

        public double? TokensPerSecond { get; init; }
    }
}
