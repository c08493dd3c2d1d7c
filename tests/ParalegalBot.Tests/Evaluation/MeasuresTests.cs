using ParalegalBot.Answering;
using ParalegalBot.Answering.Checks;
using ParalegalBot.Evaluation;
using ParalegalBot.Evaluation.Report;
using ParalegalBot.Evaluation.Scorers;
using ParalegalBot.Statutes;

namespace ParalegalBot.Tests.Evaluation;

public sealed class MeasuresTests
{
    private static readonly Passage Vacation = new() { Id = "LX/76/p1", Law = "LX", Article = "76", Text = "El socio disfrutará de quince días de descanso al año." };
    private static readonly Passage Other = new() { Id = "LX/77/p1", Law = "LX", Article = "77", Text = "El aviso se dará por escrito." };

    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(5, 5, 1)]
    [InlineData(6, 0, 0.03125)] // 2 · (1/2)^6
    [InlineData(1, 8, 0.0390625)] // 2 · (1 + 9) / 2^9
    public void McNemar_counts_only_the_cases_on_which_two_runs_differ(int ours, int theirs, double p) => Assert.Equal(p, new McNemar(ours, theirs).P, 6);

    [Fact]
    public void A_confidence_that_means_what_it_says_has_no_calibration_error()
    {
        var honest = Reliability.Of([.. Enumerable.Range(0, 10).Select(i => (0.8, i < 8))]);
        var boastful = Reliability.Of([.. Enumerable.Range(0, 10).Select(i => (0.95, i < 5))]);

        Assert.Equal(0, honest.Error, 6);
        Assert.Equal(0.16, honest.Brier, 6);
        Assert.Equal(0.45, boastful.Error, 6);
        Assert.Equal(10, Assert.Single(boastful.Bins).Right.Count);
    }

    [Theory]
    [InlineData("El socio disfrutará de 15 días de descanso al año.", true, 1, 1)]
    [InlineData("El socio disfrutará de 20 días de descanso al año.", true, 0, 0)] // the figure is not in the quote
    [InlineData("El patrón pagará una multa.", true, 0, 0)]
    [InlineData("El socio disfrutará de 15 días de descanso al año.", false, 0, double.NaN)] // no citation supports nothing
    public void Citations_count_only_where_they_say_what_the_sentence_says(string claim, bool cites, double recall, double precision)
    {
        var support = CitationSupport.Of([Result("answer", cites ? Cited(claim, Vacation) : new Answer.Cited { Text = claim, Claims = [] })]);

        Assert.Equal(recall, support.Recall.Share);
        Assert.Equal(precision, support.Precision.Share);
    }

    [Fact]
    public void A_citation_that_adds_nothing_costs_precision()
    {
        var claim = new Claim("El socio disfrutará de quince días de descanso al año.", [new Citation(Vacation, [1]), new Citation(Other, [1])], 1);

        Assert.Equal((1, 0.5), CitationSupport.Of([Result("answer", new Answer.Cited { Text = claim.Text, Claims = [claim] })]) is var support ? (support.Recall.Share, support.Precision.Share) : default);
    }

    [Fact]
    public void An_answer_that_was_proved_but_withheld_counts_for_the_curve()
    {
        var verdict = new ClaimVerdict("Quince días.", [new Citation(Vacation, [1])], 1, null);
        var withheld = Result("answer", new Answer.SourcesOnly { Text = "Vea:", Trace = new AnswerTrace([verdict], [], new AnswerProposal(1, new Dictionary<string, double>(), 0.3)) });
        var refused = Result("answer", new Answer.Refused { Text = "No.", Reason = RefusalReason.NotFound });

        Assert.Equal(new Proposal(0.3, Right: true, Shown: false), Proposal.Of(withheld));
        Assert.Null(Proposal.Of(refused));
        Assert.Equal(0.5, Assert.Single(MeanMeasures.Curve([withheld, refused])).Coverage);
    }

    [Fact]
    public void Another_run_is_compared_case_by_case_over_the_cases_that_both_have()
    {
        var ours = new[] { Result("answer", Cited("Quince días.", Vacation), "1"), Result("answer", Cited("Quince días.", Vacation), "2"), Result("answer", Cited("Quince días.", Vacation), "3") };
        AnswerRow[] theirs = [AnswerRow.From("1", Cited("Quince días.", Vacation), 1), AnswerRow.From("2", Cited("Por escrito.", Other), 1)];

        var comparison = Comparison.Of("before", ours, theirs);

        Assert.Equal(new McNemar(1, 0), comparison.Accurate);
        Assert.Equal(new Wilson(1, 2), comparison.Shares["accurate"]);
        Assert.Throws<ParalegalBotException>(() => Comparison.Of("others", ours, [AnswerRow.From("9", Cited("Quince días.", Vacation), 1)]));
    }

    [Fact]
    public void The_rows_of_a_run_can_be_read_back()
    {
        var path = Path.GetTempFileName();
        var row = AnswerRow.From("1", Cited("Quince días.", Vacation) with { Sources = [Other], Retrieved = [Vacation, Other] }, 12);
        File.WriteAllText(path, System.Text.Json.JsonSerializer.Serialize(row) + "\n");

        Assert.Equal(System.Text.Json.JsonSerializer.Serialize(row), System.Text.Json.JsonSerializer.Serialize(Assert.Single(AnswerRow.Load(path))));
        File.Delete(path);
    }

    [Fact]
    public void The_report_shows_each_failed_case_and_fetches_nothing()
    {
        var finding = new CheckFinding("figures", "20 días", "La cifra no aparece en las oraciones citadas.");
        var trace = new AnswerTrace([new ClaimVerdict("Son 20 días.", [new Citation(Vacation, [1])], 0, finding)], [], null);
        var failed = Result("answer", new Answer.SourcesOnly { Text = "<script>alert(1)</script>", Trace = trace, Retrieved = [Other, Vacation] }, "caso-1");

        var page = HtmlReport.Render("Prueba", [("Motor", "extractive")], [failed, Result("answer", Cited("Quince días.", Vacation), "caso-2")], [], 0.05);

        Assert.Contains("caso-1", page);
        Assert.Contains("<b class=\"bad\">figures</b> en «20 d&#237;as»", page);
        Assert.Contains("<b class=\"good\">2. LX 76</b>", page);
        Assert.DoesNotContain("<code>caso-2</code>", page);
        Assert.DoesNotContain("<script", page);
        Assert.DoesNotMatch("(?:src|href)=|url\\(|@import|https?:", page);
        Assert.Equal(4, System.Text.RegularExpressions.Regex.Count(page, "<svg "));
    }

    private static Answer.Cited Cited(string claim, Passage passage) => new() { Text = claim, Claims = [new Claim(claim, [new Citation(passage, [1])], 1)] };

    private static CaseResult Result(string expected, Answer answer, string id = "1") =>
        new(new EvaluationCase { Id = id, Question = "¿cuántos días?", Kind = "factual", Style = "lay", Expected = expected, Gold = [new GoldArticle("LX", "76")] }, answer, AnswerRow.From(id, answer, 1));
}
