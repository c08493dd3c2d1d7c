using System.Diagnostics;
using ParalegalBot.Answering;
using ParalegalBot.Evaluation.Perturbation;
using ParalegalBot.Retrieval;

namespace ParalegalBot.Benchmarks;

/// <summary>
/// Stop 7 over the perturbed set: what it catches per kind of change, how often it drops a true paraphrase, and what an answer of six claims costs.
/// <c>--pairs N</c>, <c>--seed N</c>, <c>--laws LFT,CCF</c>, <c>--fails N</c> (that many misses of each kind to stderr).
/// </summary>
internal static class CheckBenchmark
{
    private static readonly DateOnly Today = new(2026, 3, 1);

    public static void Run(BenchmarkArguments arguments)
    {
        var laws = arguments.Value("--laws")?.Split(',') ?? ["LFT", "CPEUM", "CCF", "LFPC", "LFPDPPP", "LAmp", "CPF", "LGSM"];
        var set = PerturbedSet.Read(laws.Select(law => Path.Combine(BenchmarkArguments.Shared, "corpus", "docx", law + ".docx")));
        var check = set.Check(Path.Combine(BenchmarkArguments.Repository, "manifests"));
        var pairs = set.Pairs(int.Parse(arguments.Value("--pairs") ?? "6000"), int.Parse(arguments.Value("--seed") ?? "1"));
        var measure = new PairMeasure();
        foreach (var pair in pairs) measure.AddAsync(check, pair, Today).AsTask().GetAwaiter().GetResult();

        var rows = new List<Row>();
        var (precision, recall, f1) = measure.Of(null);
        rows.Add(new Row("all", pairs.Count) { Caught = measure.Caught.Share, FalseAlarms = measure.FalseAlarms.Share, Precision = precision, Recall = recall, F1 = f1 });
        rows.AddRange(Enum.GetValues<Change>().Select(change => (Change: change, Of: measure.Of(change)))
            .Select(item => new Row(item.Change.ToString(), measure.CaughtOf(item.Change).Count) { Caught = measure.CaughtOf(item.Change).Share, Precision = item.Of.Precision, Recall = item.Of.Recall, F1 = item.Of.F1 }));
        rows.AddRange(Enum.GetValues<Paraphrase>().Select(kind => new Row(kind.ToString(), measure.AlarmsOf(kind).Count) { FalseAlarms = measure.AlarmsOf(kind).Share }));
        rows.Add(new Row("answers of six claims", pairs.Count / 6) { P95Ms = P95(check, pairs) });
        arguments.Print(rows);
        Show(measure, int.Parse(arguments.Value("--fails") ?? "0"));
    }

    /// <summary>Milliseconds for six claims on six passages; the first tenth only warms up.</summary>
    private static double P95(CitationCheck check, IReadOnlyList<ClaimPair> pairs)
    {
        var times = new List<double>();
        foreach (var six in pairs.Chunk(6))
        {
            var found = new SearchResult
            {
                Passages = [.. six.Select(pair => new ScoredPassage(pair.Evidence.Passage, 1, new Dictionary<string, double>()))], References = [], Sufficiency = 1,
            };
            var draft = new Draft { Verdict = DraftVerdict.Answer, Claims = [.. six.Select(pair => new DraftClaim([new DraftEvidence(pair.Evidence.Passage.Id, pair.Evidence.Sentences)], pair.True))] };
            var started = Stopwatch.GetTimestamp();
            check.ProveAsync(six[0].Question, draft, found, Today).AsTask().GetAwaiter().GetResult();
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }
        var warm = times.Skip(times.Count / 10).Order().ToList();
        return Math.Round(warm[(int)(warm.Count * 0.95)], 3);
    }

    private static void Show(PairMeasure measure, int most)
    {
        foreach (var group in measure.Results.Where(result => result.FalseFault is null).GroupBy(result => result.Pair.Change))
            foreach (var (pair, _, _) in group.Take(most)) Console.Error.WriteLine($"MISSED {group.Key} {pair.Evidence.Passage.Id}\n  {pair.Evidence.Quote}\n  {pair.False}");
        foreach (var group in measure.Results.Where(result => result.TrueFault is not null).GroupBy(result => result.Pair.Paraphrase))
            foreach (var (pair, fault, _) in group.Take(most)) Console.Error.WriteLine($"ALARM {group.Key} {pair.Evidence.Passage.Id} {fault}\n  {pair.Evidence.Quote}\n  {pair.True}");
    }

    private sealed record Row(string What, int Count)
    {
        public double? Caught { get; init; }

        public double? FalseAlarms { get; init; }

        public double? Precision { get; init; }

        public double? Recall { get; init; }

        public double? F1 { get; init; }

        public double? P95Ms { get; init; }
    }
}
