using System.Diagnostics;
using Microsoft.Extensions.Options;
using ParalegalBot.Evaluation;
using ParalegalBot.Inference.StaticEmbeddings;
using ParalegalBot.Retrieval;
using ParalegalBot.Retrieval.Qdrant;
using ParalegalBot.Statutes;
using ParalegalBot.Tests.Retrieval.Qdrant;

namespace ParalegalBot.Benchmarks;

/// <summary>
/// The client of Qdrant: how fast a build is written, what a search costs here and in all, memory of this process, and how alike the first ten
/// articles are to the embedded index's. The server is the one that <c>PARALEGAL_QDRANT_URL</c> names, else the tests' stand-in in a process of its own:
/// then the client's figures count, the server's say nothing of Qdrant. <c>--store FILE</c>, <c>--cases FILE</c>, <c>--passages N</c> (300,000;
/// synthetic beyond the store's), <c>--queries N</c> (100), <c>--no-equality</c>.
/// </summary>
internal sealed class QdrantBenchmark : IDisposable
{
    private static readonly DateOnly Today = new(2025, 7, 20);

    private readonly BenchmarkArguments arguments;
    private readonly StatuteStore store;
    private readonly StaticEmbeddingGenerator encoder;
    private readonly PassageEmbedder embedder;
    private readonly Vocabulary vocabulary;
    private readonly IReadOnlyList<string> questions;
    private readonly Process? standIn;
    private readonly QdrantConnection connection;
    private readonly QdrantBuilds builds;
    private readonly QdrantPassageIndex index;
    private readonly string manifests = Path.Combine(BenchmarkArguments.Repository, "manifests");

    private QdrantBenchmark(BenchmarkArguments arguments)
    {
        this.arguments = arguments;
        store = StatuteStore.Open(arguments.Value("--store") ?? throw new ArgumentException("Give --store FILE, made with «paralegal ingest ../shared/corpus/docx --store FILE»."));
        encoder = new StaticEmbeddingGenerator(StaticEncoder.Load(Path.Combine(manifests, "models", "encoder.bin")));
        embedder = new PassageEmbedder(store, encoder);
        embedder.EmbedMissingAsync().GetAwaiter().GetResult();
        vocabulary = Vocabulary.Load(Path.Combine(manifests, "vocabulary", "thesaurus"));
        questions = [.. EvaluationCase.Load(arguments.Value("--cases") ?? Path.Combine(BenchmarkArguments.Shared, "questions", "dev.jsonl"))
            .Where(one => one.Expected == "answer").Select(one => one.Question)];
        var url = Environment.GetEnvironmentVariable("PARALEGAL_QDRANT_URL");
        if (string.IsNullOrEmpty(url))
        {
            standIn = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["stand-in"]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
            url = standIn.StandardOutput.ReadLine()!;
        }
        var options = Options.Create(new QdrantOptions { Url = url, Alias = "benchmark", TimeoutSeconds = 60 });
        connection = new QdrantConnection(options, TimeProvider.System);
        builds = new QdrantBuilds(connection, options, TimeProvider.System);
        index = new QdrantPassageIndex(connection, options, TimeProvider.System, embedder);
    }

    public static void Run(BenchmarkArguments arguments)
    {
        using var benchmark = new QdrantBenchmark(arguments);
        arguments.Print(benchmark.RunAsync().GetAwaiter().GetResult());
    }

    /// <summary>Serves the stand-in until standard input closes.</summary>
    public static void StandIn(BenchmarkArguments arguments)
    {
        var description = new OpenApiDescription(Path.Combine(BenchmarkArguments.Shared, "qdrant-openapi.json"));
        var server = QdrantStandIn.StartAsync(description).GetAwaiter().GetResult();
        Console.WriteLine(server.Url);
        Console.In.ReadToEnd();
        server.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    public void Dispose()
    {
        index.Dispose();
        connection.Dispose();
        encoder.Dispose();
        store.Dispose();
        if (standIn is null) return;
        standIn.StandardInput.Close();
        standIn.WaitForExit();
        standIn.Dispose();
    }

    private async Task<IReadOnlyList<Row>> RunAsync()
    {
        var rows = new List<Row>();
        if (!arguments.Has("--no-equality")) rows.Add(await EqualityAsync());
        rows.Add(await WriteAsync(int.Parse(arguments.Value("--passages") ?? "300000")));
        rows.Add(await SearchAsync(rows[^1].Passages));
        foreach (var build in await builds.ListAsync()) await connection.ChangeAsync<bool>(HttpMethod.Delete, $"collections/{build.Collection}", null, default);
        return rows;
    }

    private async Task<Row> EqualityAsync()
    {
        await builds.PublishAsync(store, embedder);
        var weights = FusionWeights.Load(Path.Combine(manifests, "models", "fusion.json"));
        PassageSearch Search(IPassageIndex from) => new(store, from, new LawDirectory(store, []), vocabulary, WrittenQuestions.None, encoder, weights);
        var (embedded, remote) = (Search(new SqlitePassageIndex(store, embedder)), Search(index));
        var overlaps = new List<double>();
        foreach (var question in questions)
        {
            var (here, there) = (await FirstAsync(embedded, question), await FirstAsync(remote, question));
            overlaps.Add(here.Count == 0 ? 1 : (double)here.Intersect(there).Count() / here.Count);
        }
        return new Row("overlap@10 with the embedded index", Server, store.Statutes().Sum(statute => statute.Passages)) { Queries = overlaps.Count, Overlap = Math.Round(overlaps.Average(), 4), LeastOverlap = overlaps.Min() };
    }

    private static async Task<IReadOnlyList<ArticleAddress>> FirstAsync(PassageSearch search, string question) =>
        [.. (await search.RankAsync(new SearchRequest(question, Today), 60, null, default)).Select(ranked => ranked.Candidate.Address).Distinct().Take(10)];

    private async Task<Row> WriteAsync(int passages)
    {
        var span = store.ReadForIndex().Max(item => Math.Max(item.Row, item.ArticleRow)) + 1;
        IEnumerable<IndexedPassage> Grown() => Enumerable.Range(0, int.MaxValue).SelectMany(copy => store.ReadForIndex().Select(item => Copy(item, copy, span))).Take(passages);
        var vectors = store.Vectors();
        var grown = Grown().ToDictionary(item => item.Row, item => vectors[item.Row % span]);
        var titles = store.Statutes().ToDictionary(statute => statute.Abbreviation, statute => statute.Title);
        var started = Stopwatch.GetTimestamp();
        var corpus = new QdrantCorpus(store.Generation, titles, Grown, embedder.Encoder, grown);
        var most = 0.0;
        await builds.PublishAsync(corpus, () => corpus.Facts.Generation, (_, _) => most = Math.Max(most, Environment.WorkingSet / 1e6), default);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        return new Row("build written", Server, passages)
        {
            Points = corpus.Facts.Points, Seconds = Math.Round(seconds), PointsPerSecond = Math.Round(corpus.Facts.Points / seconds), PeakMb = Math.Round(most),
        };
    }

    /// <summary>A statute that does not exist: the same words under another law and other rows.</summary>
    private static IndexedPassage Copy(IndexedPassage item, int copy, long span) => copy == 0 ? item
        : item with { Row = item.Row + copy * span, ArticleRow = item.ArticleRow + copy * span, Passage = item.Passage with { Law = $"{item.Passage.Law}~{copy}" } };

    private async Task<Row> SearchAsync(int passages)
    {
        await index.SearchAsync(new PassageQuery { Terms = [], AsOf = Today }); // loads the build
        var times = new List<double>();
        var (own, process) = (TimeSpan.Zero, Process.GetCurrentProcess());
        foreach (var question in questions.Take(int.Parse(arguments.Value("--queries") ?? "100")))
        {
            var read = SearchQuery.Read(question, vocabulary);
            var query = new PassageQuery { Terms = read.Terms, Expansion = read.Expansion, AsOf = Today, Vector = (await encoder.GenerateAsync([read.Text]))[0].Vector };
            process.Refresh();
            var (busy, started) = (process.TotalProcessorTime, Stopwatch.GetTimestamp());
            await index.SearchAsync(query);
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            process.Refresh();
            own += process.TotalProcessorTime - busy;
        }
        times.Sort();
        return new Row("searches", Server, passages)
        {
            Queries = times.Count, P50Ms = Math.Round(times[times.Count / 2], 1), P95Ms = Math.Round(times[(int)(times.Count * .95)], 1),
            ClientCpuMs = Math.Round(own.TotalMilliseconds / times.Count, 2), PeakMb = Math.Round(Environment.WorkingSet / 1e6),
        };
    }

    private string Server => standIn is null ? "Qdrant" : "stand-in";

    /// <summary>One measurement; what does not apply stays null. <c>PeakMb</c> is this process at its largest, the int8 vectors of all passages included.</summary>
    private sealed record Row(string What, string Server, int Passages)
    {
        public long? Points { get; init; }

        public double? Seconds { get; init; }

        public double? PointsPerSecond { get; init; }

        public int? Queries { get; init; }

        public double? P50Ms { get; init; }

        public double? P95Ms { get; init; }

        public double? ClientCpuMs { get; init; }

        public double? PeakMb { get; init; }

        public double? Overlap { get; init; }

        public double? LeastOverlap { get; init; }
    }
}
