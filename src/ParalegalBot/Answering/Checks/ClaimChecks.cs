using ParalegalBot.Statutes;

namespace ParalegalBot.Answering.Checks;

/// <summary>The checks of stop 7 in their order, cheap ones first; the support score comes after them.</summary>
public static class ClaimChecks
{
    /// <summary>All of them; <paramref name="findLaw"/> finds a law that is held by its abbreviation.</summary>
    public static IReadOnlyList<IClaimCheck> All(Func<string, Statute?> findLaw, PartyVocabulary parties, OppositesCheck opposites) =>
    [
        new InForceCheck(findLaw), new FiguresCheck(findLaw), new LawNameCheck(findLaw), new NegationCheck(), new ModalityCheck(), new PartyCheck(parties), new ComparisonCheck(), opposites,
        new ConditionCheck(),
    ];
}
