namespace ParalegalBot.Answering.Checks;

/// <summary>
/// A claim that says the main clause of a cited sentence also says its conditions and exceptions, unless the question already set them: a fragment cut
/// out of a sentence is not what the sentence says.
/// </summary>
public sealed class ConditionCheck : IClaimCheck
{
    /// <summary>The main clause is said from this share of its content words on; a condition is lost below the other.</summary>
    private const double Said = 0.5, Kept = 0.34;

    /// <inheritdoc />
    public CheckFinding? Look(ClaimUnderCheck claim)
    {
        if (claim.Verbatim) return null;
        var known = claim.ClaimClauses.Stems;
        HashSet<string>? asked = null;
        foreach (var sentence in claim.EvidenceSentences)
        {
            foreach (var (from, to) in Parts(sentence))
            {
                var conditions = ConditionMarkers.All.In(sentence).Where(marker => marker.At >= from && marker.At < to).Select(marker => (marker.At, End: ClauseEnd(sentence, marker.At + marker.Count, to))).ToList();
                foreach (var (at, end) in conditions)
                {
                    var main = Stems(sentence, from, to, place => place < at || place >= end).ToHashSet();
                    var own = Stems(sentence, at, end, _ => true).Where(stem => !main.Contains(stem)).ToHashSet();
                    if (main.Count == 0 || own.Count == 0 || main.Count(known.Contains) < Said * main.Count) continue;
                    asked ??= [.. Clauses.Of(claim.Question).Stems];
                    // A condition is kept word for word or by its sense; a word or two left of it is not the condition.
                    if (own.Count(known.Contains) > Kept * own.Count || own.Count(asked.Contains) > Kept * own.Count) continue;
                    return new("condition", string.Join(' ', sentence.Words.Skip(at).Take(Math.Min(6, end - at)).Select(word => word.Text)), "La afirmación calla una condición o excepción de las oraciones citadas.");
                }
            }
        }
        return null;
    }

    /// <summary>A semicolon parts what one condition governs from what another does; an exception goes with what stands before it.</summary>
    private static IEnumerable<(int From, int To)> Parts(Clauses sentence)
    {
        var from = 0;
        var trailing = ConditionMarkers.Trailing.In(sentence).Select(marker => marker.At).ToHashSet();
        for (var at = 0; at < sentence.Words.Count; at++)
        {
            if (sentence.Words[at].Text != ";" || trailing.Contains(at + 1)) continue;
            yield return (from, at);
            from = at + 1;
        }
        if (from < sentence.Words.Count) yield return (from, sentence.Words.Count);
    }

    private static int ClauseEnd(Clauses sentence, int from, int most)
    {
        while (from < most && !sentence.Words[from].ClauseEnd) from++;
        return from;
    }

    private static IEnumerable<string> Stems(Clauses sentence, int from, int to, Func<int, bool> takes) =>
        Enumerable.Range(from, to - from).Where(place => takes(place) && sentence.Words[place].Stem is not null).Select(place => sentence.Words[place].Stem!);
}
