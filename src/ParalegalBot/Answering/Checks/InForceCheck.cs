using ParalegalBot.Statutes;

namespace ParalegalBot.Answering.Checks;

/// <summary>Every cited text, and its law, is in force on the date of the question. Where a condition decides it, the text passes and the answer prints the condition.</summary>
public sealed class InForceCheck(Func<string, Statute?> findLaw) : IClaimCheck
{
    /// <inheritdoc />
    public CheckFinding? Look(ClaimUnderCheck claim)
    {
        foreach (var passage in claim.Evidence.Select(citation => citation.Passage))
        {
            if (passage.Validity.InForceOn(claim.AsOf) is false)
                return new("in_force", passage.Id, $"Ese texto no estaba vigente el {claim.AsOf:dd-MM-yyyy}.");
            if (findLaw(passage.Law)?.Validity.InForceOn(claim.AsOf) is false)
                return new("in_force", passage.Law, $"La ley {passage.Law} no estaba vigente el {claim.AsOf:dd-MM-yyyy}.");
        }
        return null;
    }
}
