using ParalegalBot.Answering;
using ParalegalBot.Answering.Checks;
using ParalegalBot.Conversations;

namespace ParalegalBot.Tests.Conversations;

public sealed class ReplyVerdictTests
{
    [Fact]
    public void A_reply_says_which_check_failed_on_which_words_and_not_what_the_dropped_claim_said()
    {
        var dropped = new ClaimVerdict("El recargo es de 6 % y lo demás da igual.", [], 0, new CheckFinding("figures", "6 %", "La cifra no aparece en las oraciones citadas."));
        var foreign = new ClaimVerdict("x", [], 0, new CheckFinding("passage_exists", string.Join(' ', Enumerable.Repeat("palabra", 30)), "La afirmación no señala ningún pasaje."));
        var answer = new Answer.SourcesOnly { Text = "Vea:", Trace = new AnswerTrace([dropped, foreign, new ClaimVerdict("Bien.", [], 1, null)], [], null) };

        var verdicts = Reply.From(answer, _ => null).Verdicts;

        Assert.Equal(new ReplyVerdict(false, "Cifras", "6 %", "La cifra no aparece en las oraciones citadas."), verdicts[0]);
        Assert.EndsWith("palabra…", verdicts[1].Words);
        Assert.Equal(new ReplyVerdict(true), verdicts[2]);
        Assert.DoesNotContain("da igual", System.Text.Json.JsonSerializer.Serialize(verdicts));
    }

    [Fact]
    public void What_no_engine_wrote_has_no_verdicts() => Assert.Empty(Reply.From(new Answer.Refused { Text = "No.", Reason = RefusalReason.NotFound }, _ => null).Verdicts);
}
