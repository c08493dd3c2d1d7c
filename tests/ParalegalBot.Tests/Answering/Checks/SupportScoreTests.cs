using ParalegalBot.Answering.Checks;

namespace ParalegalBot.Tests.Answering.Checks;

public sealed class SupportScoreTests
{
    private const string Deposit = "Al terminar el arrendamiento, el depósito se devuelve.";

    [Theory]
    [InlineData("El depósito se devuelve al terminar el arrendamiento.", 1, 1)]
    [InlineData("El artículo 7 de la ley dispone que el depósito se devuelve.", 1, 1)] // who says it counts neither way
    [InlineData("Según la Ley de Pruebas, el depósito se devuelve.", 1, 1)] // the title of the cited law
    [InlineData("El depósito se dona a una escuela.", 0.2, 0.6)]
    [InlineData("La luna gira alrededor del planeta.", 0, 0)]
    [InlineData("El artículo 7 de la ley.", 0, 0)] // says nothing
    public void Support_is_the_share_of_the_claim_that_the_sentences_say(string claim, double atLeast, double atMost) =>
        Assert.InRange(Score(claim).Score, atLeast, atMost);

    [Fact]
    public void What_nothing_supports_is_named_the_rarest_first()
    {
        var (_, unsupported) = new SupportScore(term => term.Length, _ => null).Of(ClaimSamples.Claim(Deposit, "El depósito se dona a una escuela."));

        Assert.Equal(["escuel", "don"], unsupported);
    }

    [Fact]
    public void Repeating_the_question_is_half_a_support() =>
        Assert.Equal(0.75, new SupportScore(_ => 1, _ => null).Of(ClaimSamples.Claim(Deposit, "El depósito se paga.", "¿Se paga algo?")).Score);

    private static (double Score, IReadOnlyList<string> Unsupported) Score(string claim) => new SupportScore(_ => 1, _ => ClaimSamples.Law).Of(ClaimSamples.Claim(Deposit, claim));
}
