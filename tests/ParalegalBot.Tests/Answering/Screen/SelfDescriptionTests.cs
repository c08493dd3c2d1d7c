using ParalegalBot.Answering.Screen;

namespace ParalegalBot.Tests.Answering.Screen;

public sealed class SelfDescriptionTests
{
    private static readonly SelfDescription Described = new(ScreenVocabulary.Load(Path.Combine(Shared.Repository, "manifests")));

    [Theory]
    [InlineData("Soy maya, ¿de cuánto es mi aguinaldo?", "¿de cuánto es mi aguinaldo?")]
    [InlineData("soy una persona sorda. ¿Cómo se pagan las horas extra?", "¿Cómo se pagan las horas extra?")]
    [InlineData("Me llamo [nombre], ¿de cuánto es mi aguinaldo?", "¿de cuánto es mi aguinaldo?")]
    [InlineData("Soy mujer, ¿qué derechos tengo?", "Soy mujer, ¿qué derechos tengo?")] // nothing else is asked about
    [InlineData("Soy mujer embarazada, ¿cuánto descanso me toca antes del parto?", "Soy mujer embarazada, ¿cuánto descanso me toca antes del parto?")]
    [InlineData("Soy extranjero, ¿puedo comprar una casa en la playa?", "Soy extranjero, ¿puedo comprar una casa en la playa?")]
    [InlineData("Soy trabajadora del hogar, ¿me toca aguinaldo?", "Soy trabajadora del hogar, ¿me toca aguinaldo?")]
    [InlineData("¿Una persona sorda puede ser testigo?", "¿Una persona sorda puede ser testigo?")]
    public void Who_somebody_is_is_set_aside_where_the_law_treats_all_alike(string question, string searched) => Assert.Equal(searched, Described.Without(question));
}
