using ParalegalBot.Answering.Figures;

namespace ParalegalBot.Answering.Checks;

/// <summary>One claim with the sentences that it stands on, read once for all checks.</summary>
/// <param name="Question">The question as asked, follow-ups resolved.</param>
/// <param name="Text">The claim's wording.</param>
/// <param name="Evidence">The cited passages and sentences; they exist.</param>
/// <param name="AsOf">The date for which the law was asked.</param>
public sealed record ClaimUnderCheck(string Question, string Text, IReadOnlyList<Citation> Evidence, DateOnly AsOf)
{
    /// <summary>The cited sentences as one text.</summary>
    public string EvidenceText => field ??= string.Join('\n', Evidence.Select(citation => citation.Evidence));

    /// <summary>Figures of the claim.</summary>
    public IReadOnlyList<Figure> ClaimFigures => field ??= SpanishNumbers.Find(Text);

    /// <summary>Figures of the cited sentences.</summary>
    public IReadOnlyList<Figure> EvidenceFigures => field ??= SpanishNumbers.Find(EvidenceText);

    /// <summary>Figures of the question.</summary>
    public IReadOnlyList<Figure> AskedFigures => field ??= SpanishNumbers.Find(Question);

    /// <summary>Words of the claim, folded.</summary>
    internal Clauses ClaimClauses => field ??= Clauses.Of(Text);

    /// <summary>Words of the cited sentences, folded.</summary>
    internal Clauses EvidenceClauses => field ??= Clauses.Of(EvidenceText);

    /// <summary>Each cited sentence by itself.</summary>
    internal IReadOnlyList<Clauses> EvidenceSentences => field ??=
        [.. Evidence.SelectMany(citation => citation.Sentences.Select(number => Clauses.Of(citation.Passage.Sentences[number - 1])))];

    /// <summary>The claim beside the cited sentences.</summary>
    internal Alignment Alignment => field ??= Alignment.Of(EvidenceClauses, ClaimClauses);

    /// <summary>
    /// Whether the claim repeats whole cited sentences and nothing else; then it says what they say. A part of a sentence does not: what is left out may
    /// deny it, except from it, or set a condition.
    /// </summary>
    public bool Verbatim => verbatim ??= IsVerbatim();

    private bool? verbatim;

    private bool IsVerbatim()
    {
        var said = ClaimClauses.Spoken;
        for (var first = 0; first < EvidenceSentences.Count; first++)
        {
            if (!said.StartsWith(EvidenceSentences[first].Spoken, StringComparison.Ordinal)) continue;
            var together = "";
            foreach (var sentence in EvidenceSentences.Skip(first))
            {
                together += together.Length == 0 ? sentence.Spoken : sentence.Spoken[1..];
                if (together == said) return true;
                if (!said.StartsWith(together, StringComparison.Ordinal)) break;
            }
        }
        return false;
    }
}

/// <summary>Why a claim was not proved.</summary>
/// <param name="Check">Name of the check: <c>figures</c>, <c>negation</c>…</param>
/// <param name="Words">The words of the claim (or the id) on which it failed.</param>
/// <param name="Explanation">What is wrong, in Spanish, for the log and the page.</param>
public sealed record CheckFinding(string Check, string Words, string Explanation);

/// <summary>One way in which a claim may say what its sentences do not.</summary>
public interface IClaimCheck
{
    /// <summary>The first fault found; null where the claim passes.</summary>
    CheckFinding? Look(ClaimUnderCheck claim);
}
