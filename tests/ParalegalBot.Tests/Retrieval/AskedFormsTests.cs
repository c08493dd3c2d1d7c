using ParalegalBot.Retrieval;

namespace ParalegalBot.Tests.Retrieval;

public sealed class AskedFormsTests
{
    [Theory]
    [InlineData("cuántos días tengo para reclamar", AskedForm.Time)]
    [InlineData("cuánto me tienen que pagar", AskedForm.Amount)]
    [InlineData("qué es un testaferro", AskedForm.Definition)]
    [InlineData("me pueden meter a la carcel por eso", AskedForm.Penalty)]
    [InlineData("qué papeles llevo", AskedForm.Requirement)]
    [InlineData("ante quién me quejo, quién decide", AskedForm.Authority)]
    [InlineData("desde qué edad puede firmar", AskedForm.Age)]
    [InlineData("me dejaron sin nada", AskedForm.None)]
    public void A_question_shows_what_it_asks_for(string question, AskedForm form) => Assert.Equal(form, AskedForms.OfQuestion(question));

    [Theory]
    [InlineData("El aviso se dará dentro de los quince días siguientes.", AskedForm.Time)]
    [InlineData("Se entiende por gremio la unión de los oficiales.", AskedForm.Definition)]
    [InlineData("Se impondrá prisión al que lo altere.", AskedForm.Penalty)]
    [InlineData("La solicitud contendrá el nombre del oficial.", AskedForm.Requirement)]
    [InlineData("Podrán firmar quienes tengan dieciséis años de edad.", AskedForm.Age)]
    public void A_text_shows_what_it_offers(string text, AskedForm form) => Assert.True(AskedForms.OfText(text).HasFlag(form));

    [Fact]
    public void A_number_that_counts_nothing_is_no_time() => Assert.Equal(AskedForm.None, AskedForms.OfText("Los dos oficiales guardarán la rueca."));
}
