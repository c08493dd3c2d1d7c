using ParalegalBot.Ingestion.Parsing;

namespace ParalegalBot.Tests.Ingestion;

public sealed class ArticleHeadingTests
{
    [Theory]
    [InlineData("Artículo 1o.- La ley obliga.", "1o", "La ley obliga.")]
    [InlineData("Artículo 1º.- La ley obliga.", "1º", "La ley obliga.")]
    [InlineData("ARTICULO 1/o BIS. La ley obliga.", "1/o BIS", "La ley obliga.")]
    [InlineData("Artículo 1,000.- La ley obliga.", "1,000", "La ley obliga.")] // a thousands comma
    [InlineData("Artículo 3o. Bis.- La ley obliga.", "3o. Bis", "La ley obliga.")]
    [InlineData("Artículo 353-Ñ.- La ley obliga.", "353-Ñ", "La ley obliga.")] // not N
    [InlineData("Artículo 199 Sextus.- La ley obliga.", "199 Sextus", "La ley obliga.")]
    [InlineData("Artículo 69 C Bis. La ley obliga.", "69 C Bis", "La ley obliga.")]
    [InlineData("Artículo 195-Z-11 Bis.- La ley obliga.", "195-Z-11 Bis", "La ley obliga.")]
    [InlineData("Artículo 228 a bis.- La ley obliga.", "228 a bis", "La ley obliga.")] // a letter, not an ordinal
    [InlineData("Artículo 2o.-A.- La ley obliga.", "2o.-A", "La ley obliga.")]
    [InlineData("Artículo 153-O.- La ley obliga.", "153-O", "La ley obliga.")]
    [InlineData("Artículo 58-12. La ley obliga.", "58-12", "La ley obliga.")]
    [InlineData("Artículo 45 Bis 2.- La ley obliga.", "45 Bis 2", "La ley obliga.")]
    [InlineData("Artículo 30 Séptimus.- La ley obliga.", "30 Séptimus", "La ley obliga.")]
    [InlineData("Artículo 82-D. A quien falte se le multará.", "82-D", "A quien falte se le multará.")] // "A" begins the sentence
    [InlineData("Artículo 15.- A fin de cumplir.", "15", "A fin de cumplir.")] // "A" is no suffix
    [InlineData("Artículo 15 (Se deroga)", "15", "(Se deroga)")]
    [InlineData("Artículo 7", "7", "")] // a heading alone on its line
    [InlineData("[Artículo 3 Bis.- Suprimido]", "3 Bis", "[Suprimido]")]
    [InlineData("ARTÍCULO DÉCIMO PRIMERO.- La ley obliga.", "Décimo Primero", "La ley obliga.")]
    public void A_heading_yields_its_number_and_what_follows(string line, string number, string rest)
    {
        var heading = ArticleHeading.Of(line);

        Assert.NotNull(heading);
        Assert.Equal((number, rest), (heading.Number, heading.Rest));
    }

    [Theory]
    [InlineData("artículo 136.")] // a line that goes on in mid-sentence
    [InlineData("Artículo 47, fracción II, de esta Ley.")]
    [InlineData("Artículo 50. fracción primera")] // lower case goes on with the sentence
    [InlineData("Artículo 12 de la Ley anterior.")]
    [InlineData("\"Artículo 5.- Texto citado.\"")]
    [InlineData("Artículos 4 y 5 de la Ley.")]
    [InlineData("Articulado de la Ley.")]
    public void A_sentence_about_an_article_is_no_heading(string line) => Assert.Null(ArticleHeading.Of(line));

    [Fact]
    public void A_range_of_derogated_articles_names_its_ends()
    {
        var heading = ArticleHeading.Of("Artículos 60 al 68.- Se derogan.");

        Assert.Equal((60, 68), (heading?.Value, heading?.RangeEnd));
    }

    [Theory]
    [InlineData("Primero", 1)]
    [InlineData("VIGÉSIMO QUINTO", 25)]
    [InlineData("Decimosegundo", 12)]
    [InlineData("Centésimo Trigésimo Octavo", 138)]
    [InlineData("Único", 1)]
    [InlineData("Segundo Primero", 2)] // the second word begins something else
    public void Ordinals_in_words_have_their_value(string words, int value) => Assert.Equal(value, NumberWords.Read(words, out _));
}
