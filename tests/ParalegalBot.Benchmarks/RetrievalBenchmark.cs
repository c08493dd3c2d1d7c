using System.Diagnostics;
using ParalegalBot.Evaluation;
using ParalegalBot.Inference.StaticEmbeddings;
using ParalegalBot.Ingestion;
using ParalegalBot.Retrieval;
using ParalegalBot.Statutes;

namespace ParalegalBot.Benchmarks;

/// <summary>
/// Stop 4 over a store: what a question costs with all routes and reranking, how that grows with the number of passages, and how often the
/// right article is found, beside two plain BM25 engines, by each route alone and by all but one. <c>--store FILE</c> (made with
/// <c>paralegal ingest</c>), <c>--cases FILE</c> (the held-out questions by default), <c>--peers N</c> (cases that the peers are asked, 300),
/// <c>--no-growth</c>, <c>--no-quality</c>; <c>--plot FILE.svg</c> draws the growth, <c>--entries FILE.tsv</c> writes what each entry of the thesaurus changes.
/// </summary>
internal sealed class RetrievalBenchmark : IDisposable
{
    private static readonly DateOnly Today = new(2025, 7, 20);
    private static readonly int[] Sizes = [10_000, 30_000, 100_000, 300_000];

    private readonly BenchmarkArguments arguments;
    private readonly StatuteStore store;
    private readonly StaticEncoder encoder;
    private readonly StaticEmbeddingGenerator generator;
    private readonly Vocabulary vocabulary;
    private readonly LawDirectory laws;
    private readonly WrittenQuestions written;
    private readonly FusionWeights weights;
    private readonly List<EvaluationCase> cases;
    private readonly Dictionary<string, string> titles;
    private readonly IReadOnlyDictionary<long, sbyte[]> vectors;

    private RetrievalBenchmark(BenchmarkArguments arguments)
    {
        this.arguments = arguments;
        var manifests = Path.Combine(BenchmarkArguments.Repository, "manifests");
        store = StatuteStore.Open(arguments.Value("--store") ?? throw new ArgumentException("Give --store FILE, made with «paralegal ingest ../shared/corpus/docx --store FILE»."));
        encoder = StaticEncoder.Load(Path.Combine(manifests, "models", "encoder.bin"));
        generator = new StaticEmbeddingGenerator(encoder);
        vocabulary = Vocabulary.Load(Path.Combine(manifests, "vocabulary", "thesaurus"));
        laws = new LawDirectory(store, StatuteCatalogue.Load().Names);
        written = new WrittenQuestions(WrittenQuestions.Read(Path.Combine(manifests, "training", "questions.jsonl")), vocabulary, Encode);
        weights = FusionWeights.Load(Path.Combine(manifests, "models", "fusion.json"));
        titles = store.Statutes().ToDictionary(statute => statute.Abbreviation, statute => statute.Title);
        new PassageEmbedder(store, generator).EmbedMissingAsync().GetAwaiter().GetResult();
        vectors = store.Vectors();
        cases = [.. EvaluationCase.Load(arguments.Value("--cases") ?? Path.Combine(manifests, "evaluation", "held-out.jsonl"))
            .Where(one => one.Expected == "answer" && one.Gold.All(gold => titles.ContainsKey(gold.Law)))];
    }

    public static void Run(BenchmarkArguments arguments)
    {
        using var benchmark = new RetrievalBenchmark(arguments);
        arguments.Print(benchmark.Rows().ToList());
    }

    public void Dispose()
    {
        generator.Dispose();
        store.Dispose();
    }

    private IEnumerable<Row> Rows()
    {
        var source = store.ReadForIndex().ToList();
        yield return Latency("all routes and reranking", source);
        if (!arguments.Has("--no-growth"))
        {
            var growth = Sizes.Select(size => Latency("growth", [.. Enumerable.Range(0, size).Select(i => i < source.Count ? source[i] : Copy(source[i % source.Count], i / source.Count))])).ToList();
            if (arguments.Value("--plot") is { } plot)
                File.WriteAllText(plot, GrowthPlot.Draw([.. growth.Select(row => new GrowthPoint(row.Passages ?? 0, row.P50Ms ?? 0, row.P95Ms ?? 0, row.MemoryMb ?? 0))]));
            foreach (var row in growth) yield return row;
        }
        if (arguments.Value("--entries") is { } entries) File.WriteAllLines(entries, EntryEffects.Measure(cases, vocabulary, Search(source), Today));
        if (arguments.Has("--no-quality")) yield break;

        var ranked = Rank(source);
        foreach (var row in Quality("fused", ranked, features => features.Sum(feature => feature.Value * weights.Fusion.GetValueOrDefault(feature.Key)))) yield return row;
        foreach (var name in weights.Fusion.Keys)
            foreach (var row in Quality("only " + name, ranked, features => features[name])) yield return row;
        foreach (var name in weights.Fusion.Keys)
            foreach (var row in Quality("without " + name, ranked, features => features.Sum(feature => feature.Key == name ? 0 : feature.Value * weights.Fusion.GetValueOrDefault(feature.Key))))
                yield return row;
        var asked = cases.Where((_, i) => i % Math.Max(1, cases.Count / int.Parse(arguments.Value("--peers") ?? "300")) == 0).ToList();
        foreach (var (name, search) in new (string, Func<string, IReadOnlyList<ArticleAddress>>)[] { ("SQLite FTS5 bm25", new Fts5Peer(source).Search), ("Lucene.NET BM25, Spanish", new LucenePeer(source).Search) })
            foreach (var row in Summed(name, [.. asked.Select(one => (one, search(one.Question)))])) yield return row;
    }

    /// <summary>A statute that does not exist: the same words under another law, so that the postings and vectors grow as with a real one.</summary>
    private static IndexedPassage Copy(IndexedPassage item, int copy) => item with { Passage = item.Passage with { Law = $"{item.Passage.Law}~{copy}" } };

    private Row Latency(string what, IReadOnlyList<IndexedPassage> source)
    {
        var before = Memory();
        var started = Stopwatch.GetTimestamp();
        var search = Search(source);
        search.OpenAsync().GetAwaiter().GetResult();
        var built = Stopwatch.GetElapsedTime(started);
        var times = new List<double>();
        foreach (var one in cases.Take(400).Concat(cases.Take(400)))
        {
            started = Stopwatch.GetTimestamp();
            search.SearchAsync(new SearchRequest(one.Question, Today)).AsTask().GetAwaiter().GetResult();
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }
        var warm = times.Skip(times.Count / 2).Order().ToList();
        return new Row(what) { Passages = source.Count, P50Ms = At(0.5), P95Ms = At(0.95), MemoryMb = Math.Round(Memory() - before), BuildS = Math.Round(built.TotalSeconds, 1) };

        double At(double share) => Math.Round(warm[(int)(warm.Count * share)], 2);
    }

    private static double Memory() => GC.GetTotalMemory(forceFullCollection: true) / 1e6;

    private PassageSearch Search(IReadOnlyList<IndexedPassage> source)
    {
        var snapshot = PassageIndexSnapshot.Build(source, law => titles.GetValueOrDefault(law.Split('~')[0]), encoder.Dimensions, item => vectors[item.Row]);
        return new PassageSearch(store, new SnapshotIndex(snapshot), laws, vocabulary, written, generator, weights);
    }

    private float[] Encode(string text)
    {
        var vector = new float[encoder.Dimensions];
        encoder.Encode(text, vector);
        return vector;
    }

    private List<(EvaluationCase Case, IReadOnlyList<Ranked> Ranked)> Rank(IReadOnlyList<IndexedPassage> source)
    {
        var search = Search(source);
        return [.. cases.Select(one => (one, search.RankAsync(new SearchRequest(one.Question, Today), int.MaxValue, null, default).AsTask().GetAwaiter().GetResult()))];
    }

    private static IEnumerable<Row> Quality(string what, List<(EvaluationCase Case, IReadOnlyList<Ranked> Ranked)> ranked, Func<IReadOnlyDictionary<string, double>, double> score) =>
        Summed(what, [.. ranked.Select(item => (item.Case, (IReadOnlyList<ArticleAddress>)[.. item.Ranked.OrderByDescending(one => score(one.Features)).ThenBy(one => one.Candidate.Row).Select(one => one.Candidate.Address).Distinct().Take(10)]))]);

    private static IEnumerable<Row> Summed(string what, IReadOnlyList<(EvaluationCase Case, IReadOnlyList<ArticleAddress> Found)> results)
    {
        foreach (var style in results.GroupBy(result => result.Case.Style))
        {
            var hits = style.Select(result => (result.Found, Gold: result.Case.Gold.Select(gold => new ArticleAddress(gold.Law, ArticleNumber.KeyOf(gold.Article))).ToList())).ToList();
            var found = hits.Count(hit => hit.Gold.Any(hit.Found.Take(5).Contains));
            var interval = new Wilson(found, hits.Count);
            yield return new Row(what)
            {
                Style = style.Key, Cases = hits.Count, HitAt5 = Math.Round(interval.Share, 3), Low = Math.Round(interval.Interval.Low, 3), High = Math.Round(interval.Interval.High, 3),
                Mrr = Math.Round(hits.Average(hit => hit.Gold.Select(gold => hit.Found.ToList().IndexOf(gold)).Where(place => place >= 0).Select(place => 1.0 / (place + 1)).DefaultIfEmpty(0).Max()), 3),
            };
        }
    }

    private sealed class SnapshotIndex(PassageIndexSnapshot snapshot) : IPassageIndex
    {
        public float Idf(string term) => snapshot.Articles.Idf(term);

        public ValueTask<IReadOnlyList<PassageCandidate>> SearchAsync(PassageQuery query, CancellationToken cancellationToken = default) => new(snapshot.Search(query));
    }

    /// <summary>One measurement; what does not apply stays null. <c>HitAt5</c> is the share of cases with a gold article among the first five, with its Wilson interval.</summary>
    private sealed record Row(string What)
    {
        public int? Passages { get; init; }

        public double? P50Ms { get; init; }

        public double? P95Ms { get; init; }

        public double? MemoryMb { get; init; }

        public double? BuildS { get; init; }

        public string? Style { get; init; }

        public int? Cases { get; init; }

        public double? HitAt5 { get; init; }

        public double? Low { get; init; }

        public double? High { get; init; }

        public double? Mrr { get; init; }
    }
}
