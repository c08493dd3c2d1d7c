using ParalegalBot.Answering.Checks;

namespace ParalegalBot.Conversations;

/// <summary>What the check said of one claim of the draft. A dropped claim's own wording is not repeated: only the words on which it failed.</summary>
/// <param name="Proved">Whether every check passed.</param>
/// <param name="Check">The check that failed, as people call it; null where none did.</param>
/// <param name="Words">The words on which it failed.</param>
/// <param name="Explanation">What is wrong with them.</param>
public sealed record ReplyVerdict(bool Proved, string? Check = null, string? Words = null, string? Explanation = null)
{
    private const int MostWords = 12;

    internal static ReplyVerdict From(ClaimVerdict verdict) => verdict.Finding is not { } finding ? new ReplyVerdict(true) : new ReplyVerdict(
        false, TitleOf(finding.Check), finding.Words.Split(' ') is { Length: > MostWords } many ? string.Join(' ', many.Take(MostWords)) + "…" : finding.Words, finding.Explanation);

    private static string TitleOf(string check) => check switch
    {
        "passage_exists" => "Pasaje citado",
        "sentences_exist" => "Oraciones citadas",
        "in_force" => "Vigencia",
        "figures" => "Cifras",
        "law" => "Ley nombrada",
        "negation" => "Negación y excepción",
        "modality" => "Poder y deber",
        "party" => "Quién debe a quién",
        "comparison" => "Mínimos y máximos",
        "opposites" => "Palabras opuestas",
        "condition" => "Condiciones",
        "support" => "Sustento",
        _ => check,
    };
}
