using System.Diagnostics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Text.Json;
using ParalegalBot.Inference.Gguf.Format;
using ParalegalBot.Inference.Gguf.Model;
using ParalegalBot.Tests.Inference.Gguf;

namespace ParalegalBot.Benchmarks;

/// <summary>
/// The C# engine against llama.cpp (tests/oracles/llama) on the same random models of 113 million parameters, same threads, taking turns;
/// both by the fastest of many, in processor time over threads: on a machine that others use too, time on the wall measures the others. <c>--threads N</c> (all), <c>--rounds N</c> (10), <c>--types Q8_0,F16,Q4_K</c>.
/// The share of the bandwidth: bytes of weights read a second in decoding, over what the same threads read of a gibibyte that they only add up.
/// </summary>
internal static class EnginesBenchmark
{
    private const int Prompt = 128;
    private const int Written = 24;

    public static void Run(BenchmarkArguments arguments)
    {
        var threads = int.Parse(arguments.Value("--threads") ?? $"{Environment.ProcessorCount}");
        var rounds = int.Parse(arguments.Value("--rounds") ?? "10");
        var folder = Directory.CreateTempSubdirectory("engines").FullName;
        try
        {
            arguments.Print([.. (arguments.Value("--types") ?? "Q8_0,F16,Q4_K").Split(',').Select(Enum.Parse<GgufType>).Select(type => Measure(folder, type, threads, rounds))]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Row Measure(string folder, GgufType type, int threads, int rounds)
    {
        var path = Path.Combine(folder, $"{type}.gguf");
        var sample = new SampleModel { Pre = "llama-bpe", Width = 1024, Layers = 10, Heads = 16, KeyHeads = 4, FeedForward = 2816, Types = [type], OuterType = type is GgufType.Q4_K ? GgufType.Q6_K : type };
        File.WriteAllBytes(path, sample.Write().ToArray());
        using var model = LlamaModel.Open(path, threads);
        var (peerPrefill, peerDecode) = LlamaCpp(path, threads, rounds);
        var (prefill, decode) = Ours(model, threads, rounds);
        var again = LlamaCpp(path, threads, rounds);
        (peerPrefill, peerDecode) = (Math.Max(peerPrefill, again.Prefill), Math.Max(peerDecode, again.Decode));
        var later = Ours(model, threads, rounds);
        (prefill, decode) = (Math.Max(prefill, later.Prefill), Math.Max(decode, later.Decode));
        var bytes = new FileInfo(path).Length;
        File.Delete(path);
        var bandwidth = Bandwidth(threads, rounds);
        return new Row(Path.GetFileName(path), type.ToString(), threads)
        {
            Prefill = Math.Round(prefill, 1), PeerPrefill = Math.Round(peerPrefill, 1), PrefillRatio = Math.Round(prefill / peerPrefill, 2),
            Decode = Math.Round(decode, 1), PeerDecode = Math.Round(peerDecode, 1), DecodeRatio = Math.Round(decode / peerDecode, 2),
            BandwidthShare = Math.Round(decode * bytes / bandwidth, 2), GigabytesASecond = Math.Round(bandwidth / 1e9, 1),
        };
    }

    private static (double Prefill, double Decode) Ours(LlamaModel model, int threads, int rounds)
    {
        int[] prompt = [.. Enumerable.Range(0, Prompt).Select(i => 20 + i * 37 % 200)];
        var (prefill, decode) = (double.MaxValue, double.MaxValue);
        var cache = model.NewCache();
        for (var round = 0; round < rounds; round++)
        {
            cache.Cut(0);
            var started = Clock(threads);
            var batch = new LlamaBatch(model.BatchTokens);
            for (var i = 0; i < prompt.Length; i++) batch.Add(prompt[i], cache, predict: i == prompt.Length - 1);
            var token = TensorPrimitives.IndexOfMax(model.Evaluate(batch));
            prefill = Math.Min(prefill, Clock(threads) - started);
            started = Clock(threads);
            for (var i = 0; i < Written; i++)
            {
                batch = new LlamaBatch(1);
                batch.Add(token, cache, predict: true);
                token = TensorPrimitives.IndexOfMax(model.Evaluate(batch));
            }
            decode = Math.Min(decode, (Clock(threads) - started) / Written);
        }
        return (Prompt / prefill, 1 / decode);
    }

    private static (double Prefill, double Decode) LlamaCpp(string path, int threads, int rounds)
    {
        var start = new ProcessStartInfo("node", ["speed.mjs", path, $"{threads}", $"{Prompt}", $"{Written}", $"{rounds}"])
        {
            WorkingDirectory = Path.Combine(BenchmarkArguments.Repository, "tests", "oracles", "llama"), RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException("llama.cpp did not run (see above); if it is not there, `npm install --no-save` in tests/oracles/llama first.");
        var speed = JsonDocument.Parse(output).RootElement;
        return (speed.GetProperty("prefill").GetDouble(), speed.GetProperty("decode").GetDouble());
    }

    /// <summary>Seconds of processor time of this process, a thread.</summary>
    private static double Clock(int threads)
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime.TotalSeconds / threads;
    }

    /// <summary>Bytes a second, out of a buffer far larger than any cache.</summary>
    private static double Bandwidth(int threads, int rounds)
    {
        var share = (1 << 30) / threads / 64 * 64;
        var data = Enumerable.Range(0, threads).Select(_ => new byte[share]).ToArray();
        foreach (var part in data) part.AsSpan().Fill(1); // pages never written would all be one
        var (fastest, sum) = (double.MaxValue, 0L);
        for (var round = 0; round < rounds; round++)
        {
            var started = Clock(threads);
            Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, member => Interlocked.Add(ref sum, TensorPrimitives.Sum(MemoryMarshal.Cast<byte, long>(data[member]))));
            fastest = Math.Min(fastest, Clock(threads) - started);
        }
        return share * (double)threads / fastest;
    }

    /// <summary>Speeds in tokens a second.</summary>
    private sealed record Row(string File, string Type, int Threads)
    {
        public double PrefillRatio { get; init; }

        public double DecodeRatio { get; init; }

        public double BandwidthShare { get; init; }

        public double GigabytesASecond { get; init; }

        public double Prefill { get; init; }

        public double PeerPrefill { get; init; }

        public double Decode { get; init; }

        public double PeerDecode { get; init; }
    }
}
