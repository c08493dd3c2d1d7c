using ParalegalBot.Statutes;

namespace ParalegalBot.Tests.Statutes;

public sealed class ReferenceResolverTests : IDisposable
{
    private readonly ScratchFolder folder = new();
    private readonly StatuteStore store;
    private readonly ReferenceResolver resolver;

    public ReferenceResolverTests()
    {
        store = StatuteStore.Open(folder["statutes.db"]);
        string[] units = ["A/I", "A/II", "A/II/a", "A/II/b", "B/II", "p9"];
        var article = StoreSamples.Article("LTej", "7", "") with
        {
            Passages = [.. units.Select(unit => new Passage { Id = $"LTej/7/{unit}", Law = "LTej", Article = "7", Text = $"Texto de {unit}." })],
        };
        store.Write(StoreSamples.Statute("LTej"), StoreSamples.Document("LTej", null) with { Articles = [article] }, StoreSamples.Source("a"));
        resolver = new ReferenceResolver(store);
    }

    [Theory]
    [InlineData("A", "II", null, "A/II A/II/a A/II/b")]
    [InlineData("A", "II", "b", "A/II/b")]
    [InlineData(null, "II", null, "A/II A/II/a A/II/b B/II")] // the apartado is left out: either may be meant
    [InlineData(null, "II", "a", "A/II/a")]
    [InlineData("B", null, null, "B/II")]
    [InlineData("B", "II", "a", "")] // another apartado's inciso is never put in its place
    [InlineData(null, "III", null, "")]
    public void Only_the_named_unit_is_found(string? apartado, string? fraccion, string? inciso, string expected)
    {
        var resolved = resolver.Resolve(new StatuteReference(0, 1, "LTej", "LTej", "7", apartado, fraccion, inciso), new DateOnly(2026, 1, 1))!;

        Assert.Equal(expected, string.Join(' ', resolved.Passages.Select(passage => passage.Id["LTej/7/".Length..])));
        Assert.Equal(expected.Length > 0 ? ReferenceStatus.Found : ReferenceStatus.NoSuchUnit, resolved.Status);
    }

    [Fact]
    public void A_paragraph_and_a_whole_article_are_found_too()
    {
        Assert.Equal("LTej/7/p9", Assert.Single(Passages(9)).Id);
        Assert.Equal(6, Passages(null).Count);

        IReadOnlyList<Passage> Passages(int? parrafo) => resolver.Resolve(new StatuteReference(0, 1, "LTej", "LTej", "7", Parrafo: parrafo), new DateOnly(2026, 1, 1))!.Passages;
    }

    public void Dispose()
    {
        store.Dispose();
        folder.Dispose();
    }
}
