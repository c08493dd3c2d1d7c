using ParalegalBot.Statutes;

namespace ParalegalBot.Answering.Checks;

/// <summary>A claim may stand only on one to three passages that were retrieved for this very question.</summary>
public static class PassageExistsCheck
{
    /// <summary>At most so many passages may carry one claim.</summary>
    public const int MostPassages = 3;

    /// <summary>The fault; null where every passage named was retrieved.</summary>
    public static CheckFinding? Look(DraftClaim claim, IReadOnlyDictionary<string, Passage> retrieved)
    {
        if (claim.Evidence.Count == 0) return new("passage_exists", claim.Text, "La afirmación no señala ningún pasaje.");
        if (claim.Evidence.Count > MostPassages) return new("passage_exists", claim.Text, "La afirmación señala más de tres pasajes.");
        return claim.Evidence.FirstOrDefault(evidence => !retrieved.ContainsKey(evidence.Passage)) is { } unknown
            ? new("passage_exists", unknown.Passage, "El pasaje señalado no se recuperó para esta pregunta.")
            : null;
    }
}
