using ParalegalBot.Retrieval;

namespace ParalegalBot.Tests.Retrieval;

public sealed class SpanishAnalysisTests
{
    [Theory]
    [InlineData("vacaciones", "vacación")]
    [InlineData("despidió", "despidio")] // people leave the accent out
    [InlineData("indemnización", "indemnizaciones")]
    [InlineData("INDEMNIZACION", "indemnización")]
    [InlineData("patrón", "patrones")]
    [InlineData("trabajador", "trabajadora")]
    [InlineData("trabajadores", "trabajador")]
    [InlineData("art.", "artículo")]
    [InlineData("niños", "niño")]
    [InlineData("arrendamientos", "arrendamiento")]
    [InlineData("acción", "acciones")]
    [InlineData("pensión", "pension")]
    [InlineData("pensiones", "pensión")]
    [InlineData("alimentos", "alimento")]
    public void Two_spellings_of_a_word_are_one_term(string one, string other) =>
        Assert.Equal(SpanishAnalysis.Terms(one), SpanishAnalysis.Terms(other));

    [Theory]
    [InlineData("año", "ano")]
    [InlineData("renta", "renuncia")]
    public void Different_words_stay_different_terms(string one, string other) =>
        Assert.NotEqual(SpanishAnalysis.Terms(one), SpanishAnalysis.Terms(other));

    [Fact]
    public void Function_words_and_courtesies_are_dropped_and_figures_are_kept() =>
        Assert.Equal(["dia", "1000", "pes"], SpanishAnalysis.Terms("Oiga, buenas tardes: ¿cuántos días son $1,000 pesos?"));

    [Fact]
    public void A_text_without_content_words_has_no_terms() => Assert.Empty(SpanishAnalysis.Terms("¿y eso qué? \" * ( ) ¡!"));
}
