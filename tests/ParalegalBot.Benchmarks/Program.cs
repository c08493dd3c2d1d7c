using ParalegalBot.Benchmarks;

// One file per benchmark; each prints its rows and returns nothing else.
Dictionary<string, Action<BenchmarkArguments>> benchmarks = new()
{
    ["check"] = CheckBenchmark.Run,
    ["engines"] = EnginesBenchmark.Run,
    ["load"] = LoadBenchmark.Run,
    ["qdrant"] = QdrantBenchmark.Run,
    ["retrieval"] = RetrievalBenchmark.Run,
    ["stand-in"] = QdrantBenchmark.StandIn,
    ["training"] = TrainingBenchmark.Run,
};

if (args is not [var name, .. var rest] || !benchmarks.TryGetValue(name, out var run))
{
    Console.Error.WriteLine($"Usage: dotnet run -c Release --project tests/ParalegalBot.Benchmarks -- {string.Join('|', benchmarks.Keys)} [--json]");
    return 2;
}
run(new BenchmarkArguments(rest));
return 0;
