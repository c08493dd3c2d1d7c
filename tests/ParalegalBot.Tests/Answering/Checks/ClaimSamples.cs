using ParalegalBot.Answering;
using ParalegalBot.Answering.Checks;
using ParalegalBot.Statutes;

namespace ParalegalBot.Tests.Answering.Checks;

/// <summary>Claims against one invented sentence.</summary>
internal static class ClaimSamples
{
    public static readonly DateOnly Today = new(2026, 3, 1);

    public static PartyVocabulary Parties { get; } = PartyVocabulary.Load(Path.Combine(Shared.Repository, "manifests/vocabulary/checks/parties.tsv"));

    public static OppositesCheck Opposites { get; } = OppositesCheck.Load(Path.Combine(Shared.Repository, "manifests/vocabulary/checks/opposites.tsv"));

    public static Statute Law { get; } = new() { Abbreviation = "LX", Title = "Ley de Pruebas" };

    public static ClaimUnderCheck Claim(string evidence, string claim, string question = "¿Qué dice la ley?") =>
        new(question, claim, [new Citation(Passage(evidence), [.. Enumerable.Range(1, Passage(evidence).Sentences.Count)])], Today);

    public static Passage Passage(string text, string article = "7", string? unit = "fr. II") =>
        new() { Id = $"LX/{article}/II", Law = "LX", Article = article, Unit = unit, Text = text };

    /// <summary>Passes or fails as expected, and a failure names words.</summary>
    public static void Expect(bool passes, IClaimCheck check, string evidence, string claim, string question = "¿Qué dice la ley?")
    {
        var finding = check.Look(Claim(evidence, claim, question));

        Assert.True(passes == finding is null, finding is null ? "the fault was not seen" : $"{finding.Check}: {finding.Words}: {finding.Explanation}");
        if (finding is not null) Assert.NotEmpty(finding.Words);
    }
}
