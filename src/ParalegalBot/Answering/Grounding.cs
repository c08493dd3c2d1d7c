using ParalegalBot.Retrieval;

namespace ParalegalBot.Answering;

/// <summary>
/// What an engine is given beside the words of the prompt: the question and the very passages, under <see cref="Key"/> in the chat options.
/// An engine that reads text may ignore it; one that points at sentences needs no parsing.
/// </summary>
/// <param name="Question">The question, follow-ups resolved.</param>
/// <param name="Passages">The passages of the prompt, best first.</param>
public sealed record Grounding(string Question, IReadOnlyList<ScoredPassage> Passages)
{
    /// <summary>Key in <c>ChatOptions.AdditionalProperties</c>.</summary>
    public const string Key = "paralegal.grounding";
}
