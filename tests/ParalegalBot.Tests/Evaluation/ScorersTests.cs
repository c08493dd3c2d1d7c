using ParalegalBot.Answering;
using ParalegalBot.Evaluation;
using ParalegalBot.Evaluation.Scorers;
using ParalegalBot.Statutes;

namespace ParalegalBot.Tests.Evaluation;

public sealed class ScorersTests
{
    private static readonly Passage Right = new() { Id = "LX/76/p1", Law = "LX", Article = "76", Text = "Serán 15 días." };
    private static readonly Passage Wrong = new() { Id = "LX/77/p1", Law = "LX", Article = "77", Text = "Otra cosa." };

    [Theory]
    [InlineData("answer", "right", "15 días", "", Verdict.Accurate)]
    [InlineData("answer", "right", "5 días", "", Verdict.Partial)] // 5 is not in 15
    [InlineData("answer", "right", "15 días", "serán 15", Verdict.Hallucinated)]
    [InlineData("answer", "wrong", "", "", Verdict.Hallucinated)]
    [InlineData("answer", "refused", "", "", Verdict.Incomplete)]
    [InlineData("refuse", "right", "", "", Verdict.Hallucinated)]
    [InlineData("refuse", "refused", "", "", Verdict.Accurate)]
    [InlineData("clarify", "refused", "", "", Verdict.Incomplete)]
    public void A_case_gets_its_verdict(string expected, string given, string fact, string forbidden, Verdict verdict)
    {
        var one = new EvaluationCase
        {
            Id = "1", Question = "¿?", Expected = expected, Gold = [new GoldArticle("lx", "76.")],
            Facts = fact.Length == 0 ? [] : [[fact]], Forbidden = forbidden.Length == 0 ? [] : [forbidden],
        };

        Assert.Equal(verdict, CaseVerdict.Of(Result(one, given)));
    }

    [Fact]
    public void Retrieval_counts_articles_and_not_passages()
    {
        var one = new EvaluationCase { Id = "1", Question = "¿?", Expected = "answer", Gold = [new GoldArticle("LX", "76")] };
        var result = Result(one, "right", [Wrong, Wrong with { Id = "LX/77/p2" }, Right]);

        Assert.Equal(0, RetrievalRank.Recall(result, 1));
        Assert.Equal(1, RetrievalRank.Recall(result, 2));
        Assert.Equal(0.5, RetrievalRank.ReciprocalRank(result));
    }

    [Fact]
    public void The_interval_of_nothing_wrong_in_two_hundred_still_reaches_two_percent()
    {
        var (low, high) = new Wilson(0, 200).Interval;

        Assert.Equal(0, low, 3);
        Assert.InRange(high, 0.018, 0.020);
    }

    [Fact]
    public void The_limit_is_the_lowest_confidence_within_the_risk()
    {
        (double, bool)[][] answers = [[(0.9, true)], [(0.8, true)], [(0.7, false)], [(0.6, true)], [(0.5, false)]];

        Assert.Equal(0.8, Calibration.Limit(answers, 0));
        Assert.Equal(0.6, Calibration.Limit(answers, 0.25));
        Assert.Equal(1, Calibration.Limit([[(0.9, false)]], 0.05));
    }

    [Fact]
    public void The_shortest_answer_that_reaches_the_limit_counts_and_not_a_longer_one()
    {
        (double, bool)[][] answers = [[(0.6, false), (0.9, true)], [(0.8, true)]];

        Assert.Equal(0.8, Calibration.Limit(answers, 0));
        Assert.Equal(0.6, Calibration.Limit(answers, 0.5));
    }

    [Fact]
    public void Logistic_regression_learns_which_feature_tells()
    {
        var samples = Enumerable.Range(0, 40).Select(i => (
            (IReadOnlyDictionary<string, double>)new Dictionary<string, double> { ["tells"] = i % 2, ["noise"] = i % 3 / 2.0 }, i % 2 == 1)).ToList();

        var weights = LogisticRegression.Fit(samples, ["tells", "noise"]);

        Assert.True(LogisticRegression.Predict(weights, samples[1].Item1) > 0.8 && LogisticRegression.Predict(weights, samples[0].Item1) < 0.2);
    }

    [Fact]
    public void A_case_without_gold_is_answered_and_not_scored()
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, """{"id":"a","question":"¿algo?"}""" + "\n\n");

        var one = Assert.Single(EvaluationCase.Load(path));
        Assert.Equal(Verdict.Unscored, CaseVerdict.Of(Result(one, "refused")));
        File.Delete(path);
    }

    private static CaseResult Result(EvaluationCase one, string given, IReadOnlyList<Passage>? retrieved = null)
    {
        var passage = given == "wrong" ? Wrong : Right;
        Answer answer = given == "refused"
            ? new Answer.Refused { Text = "No.", Reason = RefusalReason.NotFound }
            : new Answer.Cited { Text = passage.Text, Claims = [new Claim(passage.Text, [new Citation(passage, [1])], 1)] };
        answer = answer with { Retrieved = retrieved ?? [] };
        return new CaseResult(one, answer, AnswerRow.From(one.Id, answer, 1));
    }
}
