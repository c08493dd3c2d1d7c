using ParalegalBot.Answering;
using ParalegalBot.Answering.Checks;
using ParalegalBot.Statutes;

namespace ParalegalBot.Tests.Answering.Checks;

public sealed class EvidenceChecksTests
{
    private static readonly Passage Held = ClaimSamples.Passage("Primera oración del artículo. Segunda oración del artículo.");
    private static readonly Dictionary<string, Passage> Retrieved = new() { [Held.Id] = Held };

    [Theory]
    [InlineData("LX/7/II", true)]
    [InlineData("LX/8/II", false)]
    public void A_claim_stands_on_passages_that_were_retrieved(string id, bool passes) =>
        Assert.Equal(passes, PassageExistsCheck.Look(Draft(id, 1), Retrieved) is null);

    [Fact]
    public void A_claim_without_evidence_is_unfounded() =>
        Assert.Equal("passage_exists", PassageExistsCheck.Look(new DraftClaim([], "Algo."), Retrieved)?.Check);

    [Fact]
    public void A_claim_on_more_than_three_passages_is_unfounded() =>
        Assert.NotNull(PassageExistsCheck.Look(new DraftClaim([.. Enumerable.Repeat(new DraftEvidence(Held.Id, [1]), 4)], "Algo."), Retrieved));

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    [InlineData(0, false)]
    [InlineData(-1, false)]
    public void A_sentence_number_names_a_sentence(int number, bool passes) =>
        Assert.Equal(passes, SentencesExistCheck.Look(Draft(Held.Id, number), Retrieved) is null);

    [Fact]
    public void Words_that_only_introduce_a_list_prove_nothing()
    {
        var introduction = Held with { Text = "Son causas de rescisión:", Introductory = true };

        Assert.NotNull(SentencesExistCheck.Look(Draft(introduction.Id, 1), new Dictionary<string, Passage> { [introduction.Id] = introduction }));
    }

    [Theory]
    [InlineData("2020-01-01", null, true)]
    [InlineData("2020-01-01", "2025-12-31", false)]
    [InlineData("2027-01-01", null, false)] // newer than the date asked for
    public void A_cited_text_is_in_force_on_the_date(string from, string? to, bool passes)
    {
        var passage = Held with { Validity = new Validity(DateOnly.Parse(from), to is null ? null : DateOnly.Parse(to)) };
        var claim = new ClaimUnderCheck("¿?", "Primera oración.", [new Citation(passage, [1])], ClaimSamples.Today);

        Assert.Equal(passes, new InForceCheck(_ => null).Look(claim) is null);
    }

    [Fact]
    public void No_text_of_an_abrogated_law_is_claimed_as_law_in_force()
    {
        var law = new Statute { Abbreviation = "LX", Title = "Ley X", Validity = new Validity(null, new DateOnly(2025, 3, 20), ValidityReason.Abrogated) };

        Assert.Equal("in_force", new InForceCheck(_ => law).Look(ClaimSamples.Claim("Primera oración.", "Primera oración."))?.Check);
    }

    private static DraftClaim Draft(string id, int sentence) => new([new DraftEvidence(id, [sentence])], "Algo.");

    [Fact]
    public void A_fraccion_is_proved_with_the_sentence_that_introduces_it_and_quoted_without()
    {
        var passage = ClaimSamples.Passage("II. Ocho años, cuando se trate de telares.") with { Introduction = "El plazo es de quince días, salvo:" };
        var citation = new Citation(passage, [1, 2]);
        var claim = new ClaimUnderCheck("¿Cuál es el plazo?", "El plazo es de quince días, salvo: II. Ocho años, cuando se trate de telares.", [citation], ClaimSamples.Today);

        Assert.Null(new FiguresCheck(_ => null).Look(claim));
        Assert.True(claim.Verbatim);
        Assert.Equal(passage.Text, citation.Quote);
    }
}
