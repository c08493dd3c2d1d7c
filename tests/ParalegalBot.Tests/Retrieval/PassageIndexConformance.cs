using ParalegalBot.Retrieval;
using ParalegalBot.Statutes;
using ParalegalBot.Tests.Statutes;

namespace ParalegalBot.Tests.Retrieval;

/// <summary>What every <see cref="IPassageIndex"/> must do. One subclass per implementation, see <c>PassageIndexSuites</c>.</summary>
public abstract class PassageIndexConformance : IDisposable
{
    private static readonly DateOnly Today = new(2026, 1, 1);
    private readonly ScratchFolder folder = new();
    private readonly StatuteStore store;

    protected PassageIndexConformance() => store = StatuteStore.Open(folder["statutes.db"]);

    /// <summary>An index over everything that the store holds now.</summary>
    private protected abstract ValueTask<IPassageIndex> IndexAsync(StatuteStore store);

    [Theory]
    [InlineData("vacaciones")]
    [InlineData("VACACIÓN")]
    [InlineData("vacacion")]
    public async Task A_passage_is_found_by_its_words_however_they_are_written(string word)
    {
        Write("LX", null, ("1", "El trabajador disfrutará de vacaciones."), ("2", "El patrón pagará la renta."));

        Assert.Equal(["1"], await Articles(word));
    }

    [Fact]
    public async Task Rare_words_weigh_more_than_common_ones()
    {
        Write("LX", null, ("1", "persona persona persona contrato"), ("2", "persona contrato aguinaldo"), ("3", "persona contrato"), ("4", "persona"));

        var candidates = await Search("persona aguinaldo");

        Assert.Equal("2", candidates.MaxBy(candidate => candidate.Routes.Lexical)!.ArticleKey);
    }

    [Fact]
    public async Task The_story_told_over_several_passages_scores_on_the_whole_article()
    {
        Write("LX", null, ("1", "Aviso por escrito al patrón.|Plazo de treinta jornadas."), ("2", "Aviso por escrito."), ("3", "Treinta jornadas."));

        var candidates = await Search("aviso jornadas");

        Assert.Equal("1", candidates.MaxBy(candidate => candidate.Routes.Article)!.ArticleKey);
    }

    [Fact]
    public async Task The_vocabularys_words_are_a_route_of_their_own()
    {
        Write("LX", null, ("1", "rescisión"), ("2", "corrieron"));
        var index = await IndexAsync(store);

        var candidates = await index.SearchAsync(Query("corrieron") with { Expansion = Terms("rescisión") }, TestContext.Current.CancellationToken);

        var expanded = Assert.Single(candidates, candidate => candidate.ArticleKey == "1");
        Assert.True(expanded.Routes is { Vocabulary: > 0, Lexical: 0 });
        Assert.True(Assert.Single(candidates, candidate => candidate.ArticleKey == "2").Routes is { Vocabulary: 0, Lexical: > 0 });
    }

    [Fact]
    public async Task Only_the_version_in_force_on_the_date_is_a_candidate()
    {
        Write("LX", "2010-01-01", ("1", "seis días de vacaciones"));
        store.Write(StoreSamples.Statute("LX"), StoreSamples.Document("LX", "2023-01-01") with
        {
            Articles = [StoreSamples.Article("LX", "1", "doce días de vacaciones").Noted("2023-01-01")],
        }, StoreSamples.Source("bb"));

        Assert.Equal(["doce días de vacaciones"], await Texts("vacaciones", new DateOnly(2024, 1, 1)));
        Assert.Equal(["seis días de vacaciones"], await Texts("vacaciones", new DateOnly(2012, 1, 1)));
    }

    [Fact]
    public async Task Text_whose_validity_is_unknown_stays_a_candidate()
    {
        Write("LX", null, ("1", "vacaciones"));
        var conditional = StoreSamples.Article("LY", "1", "vacaciones") with { Validity = new Validity(Condition: "según declaratoria") };
        store.Write(StoreSamples.Statute("LY"), StoreSamples.Document("LY", null) with { Articles = [conditional] }, StoreSamples.Source("cc"));

        Assert.Equal(2, (await Search("vacaciones")).Count);
    }

    [Fact]
    public async Task A_paragraph_that_only_introduces_a_list_is_no_candidate()
    {
        var article = StoreSamples.Article("LX", "1", "Son vacaciones:|Las primeras vacaciones.");
        article = article with { Passages = [article.Passages[0] with { Introductory = true }, article.Passages[1]] };
        store.Write(StoreSamples.Statute("LX"), StoreSamples.Document("LX", null) with { Articles = [article] }, StoreSamples.Source("aa"));

        Assert.Equal(["Las primeras vacaciones."], await Texts("vacaciones", Today));
    }

    [Fact]
    public async Task Only_the_laws_asked_for_are_searched()
    {
        Write("LX", null, ("1", "vacaciones"));
        Write("LY", null, ("1", "vacaciones"));
        var index = await IndexAsync(store);

        var candidates = await index.SearchAsync(Query("vacaciones") with { Laws = new HashSet<string> { "LY" } }, TestContext.Current.CancellationToken);

        Assert.Equal(["LY"], candidates.Select(candidate => candidate.Law));
    }

    [Fact]
    public async Task Headings_above_an_article_are_a_route_of_their_own()
    {
        Write("LX", null, ("1", "Texto sin relación."));

        var candidate = Assert.Single(await Search("pruebas texto"));

        Assert.True(candidate.Routes.Hierarchy > 0);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\" * NEAR( -- ' ; DROP TABLE")]
    [InlineData("palabrainexistente")]
    public async Task Nothing_to_look_for_finds_nothing(string text)
    {
        Write("LX", null, ("1", "vacaciones"));

        Assert.Empty(await Search(text));
    }

    [Fact]
    public async Task An_empty_store_finds_nothing() => Assert.Empty(await Search("vacaciones"));

    [Fact]
    public async Task The_limit_bounds_every_route()
    {
        Write("LX", null, [.. Enumerable.Range(1, 50).Select(i => ($"{i}", "vacaciones"))]);
        var index = await IndexAsync(store);

        var candidates = await index.SearchAsync(Query("vacaciones") with { Limit = 10 }, TestContext.Current.CancellationToken);

        Assert.InRange(candidates.Count, 1, 20);
    }

    public void Dispose()
    {
        store.Dispose();
        folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private void Write(string law, string? reform, params (string Number, string Text)[] articles) =>
        store.Write(StoreSamples.Statute(law), StoreSamples.Document(law, reform, articles), StoreSamples.Source(law + reform));

    private async Task<IReadOnlyList<PassageCandidate>> Search(string text, DateOnly? asOf = null) =>
        await (await IndexAsync(store)).SearchAsync(Query(text) with { AsOf = asOf ?? Today }, TestContext.Current.CancellationToken);

    private async Task<IEnumerable<string>> Articles(string text) => (await Search(text)).Select(candidate => candidate.ArticleKey);

    private async Task<IEnumerable<string>> Texts(string text, DateOnly asOf)
    {
        var rows = (await Search(text, asOf)).Select(candidate => candidate.Row).ToList();
        return store.Passages(rows).Values.Select(passage => passage.Text);
    }

    private static PassageQuery Query(string text) => new() { Terms = Terms(text), AsOf = Today };

    private static IReadOnlyList<WeightedTerm> Terms(string text) => [.. SpanishAnalysis.Terms(text).Select(term => new WeightedTerm(term, 1))];
}
