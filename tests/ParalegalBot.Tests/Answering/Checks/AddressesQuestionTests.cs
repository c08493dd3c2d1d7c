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
    [InlineData("¿Cuándo avisa el tejedor?", AnswerFeatures.Form, 1)] // a length of time answers when
    [InlineData("¿Cuánto paga el tejedor?", AnswerFeatures.Form, 1)] // any amount answers how much
    [InlineData("¿Qué es el tejedor?", AnswerFeatures.Form, 0)]
    [InlineData("¿Avisa el tejedor?", AnswerFeatures.Form, 0.5)] // no form is asked for
    [InlineData("¿Avisa el tejedor?", AnswerFeatures.Coverage, 1)]
    [InlineData("¿Vuela la luna?", AnswerFeatures.Coverage, 0)]
    [InlineData("¿Avisa la luna?", AnswerFeatures.Coverage, 0.5)]
    [InlineData("¿Avisa el tejedor?", AnswerFeatures.Rarest, 1)]
    [InlineData("¿Avisa la constelación?", AnswerFeatures.Rarest, 0)] // the longest word is the rarest here
    public void A_feature_says_how_the_answer_meets_the_question(string question, string feature, double expected)
    {
        double Rarity(string term) => feature == AnswerFeatures.Rarest ? term.Length : 1;

        Assert.Equal(expected, Features(question, Rarity, first: Cited)[feature], 3);
    }

    [Fact]
    public void An_article_that_was_not_ranked_first_has_a_lower_rank_and_a_negative_margin()
    {
        var features = Features("¿Avisa el tejedor?", _ => 1, first: Other);

        Assert.Equal(0.5, features[AnswerFeatures.Rank]);
        Assert.True(features[AnswerFeatures.Margin] < 0);
        Assert.True(Features("¿Avisa el tejedor?", _ => 1, first: Cited)[AnswerFeatures.Margin] > 0);
    }

    [Fact]
    public void An_answer_without_a_proved_claim_has_no_support() =>
        Assert.Equal(0, new AddressesQuestion(_ => 1, Vocabulary.Empty, _ => "").Of("¿Avisa el tejedor?", Found(Cited), [])[AnswerFeatures.Support]);

    private static IReadOnlyDictionary<string, double> Features(string question, Func<string, double> idf, Passage first) =>
        new AddressesQuestion(idf, Vocabulary.Empty, _ => "").Of(question, Found(first), [new ClaimVerdict(Cited.Text, [new Citation(Cited, [1])], 1, null)]);

    private static SearchResult Found(Passage first) => new()
    {
        Passages = [new ScoredPassage(first, 2, new Dictionary<string, double>()), new ScoredPassage(first == Cited ? Other : Cited, 1, new Dictionary<string, double>())],
        References = [],
        Sufficiency = 0.5,
    };
}
