using ParalegalBot.Answering.Checks;

namespace ParalegalBot.Tests.Answering.Checks;

public sealed class FiguresCheckTests
{
    private const string Rent = "El arrendatario que pague con retraso de quince días hábiles cubrirá un recargo del cinco por ciento, hasta por dos veces la Unidad de Medida y Actualización.";

    [Theory]
    [InlineData(true, Rent, "El recargo es de 5%.")]
    [InlineData(true, Rent, "Son 15 días de retraso.")]
    [InlineData(true, Rent, "Son 15 días hábiles de retraso.")]
    [InlineData(true, Rent, "El tope es de 2 UMA.")]
    [InlineData(true, Rent, "Lo dice el artículo 7, fracción II.")] // the cited place
    [InlineData(false, Rent, "El recargo es de 6%.")]
    [InlineData(false, Rent, "Son 15 días naturales de retraso.")]
    [InlineData(false, Rent, "Son quince meses de retraso.")]
    [InlineData(false, Rent, "El tope es de dos salarios mínimos.")]
    [InlineData(false, Rent, "Lo dice el artículo 8.")]
    [InlineData(false, Rent, "Lo dice la fracción III.")]
    [InlineData(false, Rent, "El recargo es de cinco pesos.")]
    [InlineData(false, Rent, "Vence el 5 de mayo.")]
    [InlineData(true, "La pena será de dos a siete años de prisión.", "La pena máxima es de 7 años.")]
    [InlineData(false, "La pena será de dos a siete años de prisión.", "La pena es de dos a ocho años.")]
    [InlineData(true, "Aumentará en dos días laborables, hasta llegar a veinte, por cada año.", "Llega a 20 días laborables.")] // the unit stands elsewhere in the sentence
    [InlineData(false, "Habrá doce socios.", "Serán doce meses.")]
    public void A_figure_of_the_claim_is_said_by_the_sentences(bool passes, string evidence, string claim) =>
        ClaimSamples.Expect(passes, new FiguresCheck(_ => null), evidence, claim);

    [Theory]
    [InlineData(true, "Con 3 años se tienen derechos.", "Tengo 3 años de servicio, ¿qué me toca?")] // restates the question
    [InlineData(false, "Con 4 años se tienen derechos.", "Tengo 3 años de servicio, ¿qué me toca?")]
    public void A_figure_may_restate_the_question(bool passes, string claim, string question) =>
        ClaimSamples.Expect(passes, new FiguresCheck(_ => null), "Se tienen derechos.", claim, question);

    [Theory]
    [InlineData(true, "12 + 2 + 2 = 16 días")]
    [InlineData(true, "12 × 2 = 24 días")]
    [InlineData(false, "12 + 2 + 2 = 17 días")] // wrong sum
    [InlineData(false, "12 + 3 = 15 días")] // an operand that nobody said
    [InlineData(false, "16 días")] // the sum is not shown
    public void A_computed_figure_shows_its_operands(bool passes, string claim) =>
        ClaimSamples.Expect(passes, new FiguresCheck(_ => null), "Serán doce días y aumentará en dos días por año.", claim);
}
