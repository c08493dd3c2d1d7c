using ParalegalBot.Ingestion;
using ParalegalBot.Statutes;

namespace ParalegalBot.Tests.Ingestion;

public sealed class StatuteCatalogueTests
{
    private static readonly StatuteCatalogue Catalogue = StatuteCatalogue.Load();

    [Fact]
    public void Every_entry_is_complete_and_every_name_means_one_law()
    {
        Assert.All(Catalogue.Entries, entry =>
        {
            Assert.True(entry.Title.Length > 5 && entry.Matter is not null && entry.Entity is not null, entry.Law);
            Assert.True(Enum.TryParse<LegalOrder>(entry.Order, ignoreCase: true, out _), entry.Law);
            Assert.True(Uri.TryCreate(entry.Url, UriKind.Absolute, out _), entry.Law);
        });
        var nicknames = Catalogue.Entries.SelectMany(entry => entry.Nicknames).Select(StatuteText.TitleKey).ToList();
        Assert.Equal(nicknames.Count, nicknames.Distinct().Count());
        Assert.True(Catalogue.Entries.Count(entry => entry.Nicknames.Count > 0) >= 60);
    }

    [Theory]
    [InlineData("LEY FEDERAL DEL TRABAJO", "1970-04-01", "LFT")]
    [InlineData("Código Civil Federal", "1928-05-26", "CCF")] // published in four parts: another day of the same year
    [InlineData("Ley Federal de Protección de Datos Personales en Posesión de los Particulares", "2010-07-05", "LFPDPPP_2010")]
    [InlineData("Ley Federal de Protección de Datos Personales en Posesión de los Particulares", "2025-03-20", "LFPDPPP")]
    [InlineData("Ley Federal de Protección de Datos Personales en Posesión de los Particulares", null, null)]
    [InlineData("Ley Federal del Trabajo", "1931-08-28", null)]
    [InlineData("LEY DE MINERÍA (Antes “Ley Minera”)", "1992-06-26", "LMin")]
    [InlineData("Ley de Tianguis", null, null)]
    public void A_title_and_its_publication_name_the_law(string title, string? published, string? law) =>
        Assert.Equal(law, Catalogue.Match(title, published is null ? null : DateOnly.Parse(published))?.Law);

    [Theory]
    [InlineData("¿Qué dice el artículo 14 constitucional?", "14")]
    [InlineData("q dice el articulo 123 constitucional apartado a fraccion 22", "123")]
    [InlineData("art. 16 de la constitución", "16")]
    public void The_Constitution_is_known_by_its_adjective(string text, string article)
    {
        var reference = Assert.Single(new StatuteReferenceParser(new LawNames(Catalogue.Names)).Parse(text));

        Assert.Equal(("CPEUM", article), (reference.Law, reference.Article));
    }
}
