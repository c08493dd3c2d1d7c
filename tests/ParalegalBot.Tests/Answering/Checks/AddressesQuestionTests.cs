using ParalegalBot.Answering;
using ParalegalBot.Answering.Checks;
using ParalegalBot.Retrieval;
using ParalegalBot.Statutes;

namespace ParalegalBot.Tests.Answering.Checks;

public sealed class AddressesQuestionTests
{
    private static readonly Passage Cited = ClaimSamples.Passage("El tejedor avisará con quince días de anticipación.");
    private static readonly Passage Other = ClaimSamples.Passage("El maestro guardará la rueca.", "8");

    [Theory]
    [InlineData("¿Cuándo avisa el tejedor?", 1)] // a length of time answers when
    [InlineData("¿Cuánto paga el tejedor?", 1)] // any amount answers how much
    [InlineData("¿Qué es el tejedor?", 0)]
    [InlineData("¿Avisa el tejedor?", 0.5)] // no form is asked for
    public void A_figure_is_the_form_of_how_much_and_when(string question, double expected) =>
        Assert.Equal(expected, Features(question, (Cited, 0.5))[AnswerFeatures.Form]);

    [Fact]
    public void That_it_is_forbidden_answers_how_much() =>
        Assert.Equal(1, AddressesQuestion.Of("¿Cuánto me descuenta el maestro?", Found((Cited, 0.5)), [new ClaimVerdict("Quedan prohibidos los descuentos.", [new Citation(Cited, [1])], 1, null)])[AnswerFeatures.Form]);

    [Fact]
    public void An_article_counts_once_with_its_best_passage() =>
        Assert.Equal(Math.Log(0.6 / 0.4), Features("¿Avisa el tejedor?", (Cited, 0.6), (Cited, 0.5), (Other, 0.3))[AnswerFeatures.Articles], 6);

    [Fact]
    public void An_answer_on_an_improbable_article_has_low_odds() =>
        Assert.True(Features("¿Avisa el tejedor?", (Other, 0.9), (Cited, 0.1))[AnswerFeatures.Articles] < -2);

    [Fact]
    public void No_answer_is_surer_than_a_thousand_to_one() =>
        Assert.Equal(7, Features("¿Avisa el tejedor?", (Cited, 1))[AnswerFeatures.Articles]);

    [Fact]
    public void An_answer_without_a_proved_claim_is_as_improbable_as_can_be() =>
        Assert.Equal(-7, AddressesQuestion.Of("¿Avisa el tejedor?", Found((Cited, 0.9)), [])[AnswerFeatures.Articles]);

    [Fact]
    public void An_answer_may_end_before_a_further_article_that_is_far_less_probable() =>
        Assert.Equal([1, 2], AddressesQuestion.Cuts(Found((Cited, 0.8), (Other, 0.1)), [Claim(Cited), Claim(Other)]));

    [Fact]
    public void An_article_nearly_as_probable_as_the_first_belongs_into_the_answer() =>
        Assert.Equal([2], AddressesQuestion.Cuts(Found((Cited, 0.5), (Other, 0.3)), [Claim(Cited), Claim(Other)]));

    [Fact]
    public void Further_claims_on_a_cited_article_stay_with_it() =>
        Assert.Equal([2, 3], AddressesQuestion.Cuts(Found((Cited, 0.8), (Other, 0.1)), [Claim(Cited), Claim(Cited), Claim(Other)]));

    private static ClaimVerdict Claim(Passage passage) => new(passage.Text, [new Citation(passage, [1])], 1, null);

    private static IReadOnlyDictionary<string, double> Features(string question, params (Passage Passage, double Score)[] ranked) =>
        AddressesQuestion.Of(question, Found(ranked), [Claim(Cited)]);

    private static SearchResult Found(params (Passage Passage, double Score)[] ranked) => new()
    {
        Passages = [.. ranked.Select(item => new ScoredPassage(item.Passage, item.Score, new Dictionary<string, double>()))],
        References = [],
        Sufficiency = 0.5,
    };
}
