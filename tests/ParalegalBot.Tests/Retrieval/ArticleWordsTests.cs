using Microsoft.Extensions.AI;
using ParalegalBot.Retrieval;
using ParalegalBot.Statutes;
using ParalegalBot.Tests.Statutes;

namespace ParalegalBot.Tests.Retrieval;

public sealed class ArticleWordsTests : IDisposable
{
    private static readonly ArticleAddress Weaver = new("LFT", "1"), Spinner = new("LFT", "2");

    private readonly ScratchFolder folder = new();
    private readonly StatuteStore store;

    public ArticleWordsTests()
    {
        store = StatuteStore.Open(folder["statutes.db"]);
        store.Write(StoreSamples.Statute("LFT"), StoreSamples.Document("LFT", null,
            ("1", "El tejedor avisará al taller con anticipación."),
            ("2", "El hilandero guardará la rueca del maestro, y el aprendiz limpiará el taller cada tarde.")), StoreSamples.Source("a"));
    }

    [Fact]
    public async Task Without_an_encoder_a_word_is_close_to_its_own_inflections()
    {
        using var reading = await Read("tejedores", null);

        Assert.Equal(1, reading.Of(Weaver).Closeness, 3);
        Assert.Equal(0, reading.Of(Spinner).Closeness, 3);
    }

    [Fact]
    public async Task With_an_encoder_a_word_is_close_to_what_means_the_same()
    {
        using var encoder = new Meanings(("telarista", 0), ("tejedor", 0), ("rueca", 1));
        using var reading = await Read("telarista", encoder);

        Assert.True(reading.Of(Weaver).Closeness > 0.9);
        Assert.True(reading.Of(Spinner).Closeness < 0.1);
    }

    [Fact]
    public async Task Rare_words_count_more_than_common_ones()
    {
        var words = await ArticleWords.LoadAsync(store, null);
        using var reading = await words.ReadAsync("rueca taller", term => term.StartsWith("ruec", StringComparison.Ordinal) ? 9 : 1, null, TestContext.Current.CancellationToken);

        Assert.Equal(0.1, reading.Of(Weaver).Closeness, 3); // "taller" alone
        Assert.Equal(1, reading.Of(Spinner).Closeness, 3);
    }

    [Fact]
    public async Task Neighbouring_words_of_the_question_count_where_they_are_neighbours_in_either_order()
    {
        Assert.Equal(1, (await Read("taller avisará", null)).Of(Weaver).Pairs, 3);
        Assert.Equal(0, (await Read("taller tejedor", null)).Of(Weaver).Pairs, 3);
        Assert.Equal(0.5, (await Read("avisará taller dragón", null)).Of(Weaver).Pairs, 3); // no statute prints the second pair
    }

    [Fact]
    public async Task A_longer_article_is_told_apart_and_an_unknown_one_scores_nothing()
    {
        using var reading = await Read("taller", null);

        Assert.True(reading.Of(Spinner).Length > reading.Of(Weaver).Length);
        Assert.Equal(ArticleReading.Unknown, reading.Of(new ArticleAddress("LFT", "99")));
        Assert.Equal(0, reading.Closeness(-1));
    }

    [Fact]
    public async Task The_articles_beside_it_and_its_first_words_speak_for_an_article()
    {
        using var reading = await Read("hilandero guardará rueca", null);

        Assert.Equal(reading.Of(Spinner).Closeness / 2, reading.Of(Weaver).Neighbours, 3);
        Assert.True(reading.Of(Spinner).LeadAsked > reading.Of(Weaver).LeadAsked);
    }

    public void Dispose()
    {
        store.Dispose();
        folder.Dispose();
    }

    private async Task<ArticleWords.Reading> Read(string question, IEmbeddingGenerator<string, Embedding<float>>? encoder) =>
        await (await ArticleWords.LoadAsync(store, encoder)).ReadAsync(question, _ => 1, encoder, TestContext.Current.CancellationToken);

    /// <summary>A unit vector per meaning; unknown words mean nothing.</summary>
    private sealed class Meanings(params (string Word, int Meaning)[] known) : IEmbeddingGenerator<string, Embedding<float>>
    {
        public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(values.Select(value =>
            {
                var vector = new float[64];
                foreach (var (word, meaning) in known) if (word == value) vector[meaning] = 1;
                return new Embedding<float>(vector);
            })));

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose() { }
    }
}
