using System.Text.Json;
using ParalegalBot.Inference.StaticEmbeddings;
using ParalegalBot.Ingestion;
using ParalegalBot.Retrieval;
using ParalegalBot.Statutes;
using ParalegalBot.Tests.Statutes;

namespace ParalegalBot.Tests.Retrieval.Qdrant;

/// <summary>Over real laws and real questions, Qdrant finds what the embedded index finds.</summary>
public sealed class QdrantEqualityTests
{
    /// <summary>More than there are passages: within a limit, equal scores at the end of a list fall either way.</summary>
    private const int NoLimit = 20_000;

    private static readonly string[] Laws = ["LFT", "LFPC"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_same_questions_find_the_same_articles_with_the_same_scores()
    {
        using var folder = new ScratchFolder();
        using var store = StatuteStore.Open(folder["statutes.db"]);
        foreach (var law in Laws)
        {
            var document = StatuteParser.Parse(SourceReader.Read(Shared.Need($"corpus/docx/{law}.docx"), IngestionLimits.Default), law);
            store.Write(StoreSamples.Statute(law, document.Title), document, StoreSamples.Source(law));
        }
        using var encoder = new StaticEmbeddingGenerator(StaticEncoder.Load(Path.Combine(AppContext.BaseDirectory, "manifests", "models", "encoder.bin")));
        var embedder = new PassageEmbedder(store, encoder);
        await using var setting = await QdrantSetting.StartAsync();
        await setting.Builds.PublishAsync(store, embedder, cancellationToken: Stop);
        var vocabulary = Vocabulary.Load(Path.Combine(AppContext.BaseDirectory, "manifests", "vocabulary", "thesaurus"));
        var weights = FusionWeights.Load(Path.Combine(AppContext.BaseDirectory, "manifests", "models", "fusion.json"));
        var (embedded, remote) = (new SqlitePassageIndex(store, embedder), setting.Index(embedder));
        PassageSearch Search(IPassageIndex index) => new(store, index, new LawDirectory(store, []), vocabulary, WrittenQuestions.None, encoder, weights);

        var overlaps = new List<double>();
        foreach (var (question, gold) in Questions())
        {
            var request = new SearchRequest(question, new DateOnly(2026, 1, 1));
            var (here, there) = (await Articles(Search(embedded), request), await Articles(Search(remote), request));
            overlaps.Add(here.Count == 0 ? 1 : (double)here.Intersect(there).Count() / here.Count);

            if (overlaps.Count % 10 != 1) continue;
            var read = SearchQuery.Read(question, vocabulary);
            var query = new PassageQuery
            {
                Terms = read.Terms, Expansion = read.Expansion, AsOf = request.AsOf, Include = gold, Limit = NoLimit,
                Vector = (await encoder.GenerateAsync([read.Text], cancellationToken: Stop))[0].Vector,
            };
            Same(await embedded.SearchAsync(query, Stop), await remote.SearchAsync(query, Stop));
            Assert.All(read.Terms, term => Assert.Equal(embedded.Idf(term.Term), remote.Idf(term.Term), 1e-4f));
        }

        Assert.True(overlaps.Count >= 40);
        Assert.InRange(overlaps.Average(), .9, 1);
        TestContext.Current.TestOutputHelper!.WriteLine($"{overlaps.Count} questions, overlap@10 {overlaps.Average():0.0000}, least {overlaps.Min():0.00}");
    }

    /// <summary>The same candidates, with the same scores on every route.</summary>
    private static void Same(IReadOnlyList<PassageCandidate> here, IReadOnlyList<PassageCandidate> there)
    {
        var other = there.ToDictionary(candidate => candidate.Row);
        Assert.Equal(here.Select(candidate => candidate.Row).Order(), other.Keys.Order());
        foreach (var candidate in here)
        {
            var twin = other[candidate.Row];
            Assert.Equal((candidate.Law, candidate.ArticleKey, candidate.Transitory), (twin.Law, twin.ArticleKey, twin.Transitory));
            Assert.All(Scores(candidate.Routes).Zip(Scores(twin.Routes)), pair => Assert.Equal(pair.First, pair.Second, 1e-3f));
        }
    }

    private static float[] Scores(RouteScores routes) =>
        [routes.Lexical, routes.Vocabulary, routes.Article, routes.ArticleVocabulary, routes.Hierarchy, routes.Semantic, routes.ArticleSemantic];

    private static async Task<List<ArticleAddress>> Articles(PassageSearch search, SearchRequest request) =>
        [.. (await search.RankAsync(request, 60, null, Stop)).Select(ranked => ranked.Candidate.Address).Distinct().Take(10)];

    private static IEnumerable<(string Question, IReadOnlyCollection<ArticleAddress> Gold)> Questions()
    {
        foreach (var line in File.ReadLines(Shared.Need("questions/dev.jsonl")))
        {
            using var json = JsonDocument.Parse(line);
            var gold = json.RootElement.GetProperty("gold").EnumerateArray()
                .Select(article => new ArticleAddress(article.GetProperty("law").GetString()!, ArticleNumber.KeyOf(article.GetProperty("article").GetString()!))).ToList();
            if (gold.Count > 0 && gold.TrueForAll(article => Laws.Contains(article.Law))) yield return (json.RootElement.GetProperty("question").GetString()!, gold);
        }
    }
}
