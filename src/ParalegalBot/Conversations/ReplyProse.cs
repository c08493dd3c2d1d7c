using ParalegalBot.Answering;

namespace ParalegalBot.Conversations;

/// <summary>
/// The sentences of an answer's text that are neither claims nor the list of sources: a reply shows those two in its own form and must
/// still say the rest, such as that federal law does not decide the matter.
/// </summary>
internal sealed record ReplyProse(IReadOnlyList<string> Opening, IReadOnlyList<string> Closing, string? Demonstration)
{
    public static ReplyProse Of(Answer answer)
    {
        var cited = answer as Answer.Cited;
        var passages = (cited?.Claims ?? []).SelectMany(claim => claim.Citations).Select(citation => citation.Passage).Concat(answer.Sources).ToList();
        var printed = passages.Select(passage => passage.PrintedCitation).ToHashSet();
        var opening = new List<string>();
        var closing = new List<string>();
        var claimsSeen = cited is null;
        foreach (var paragraph in answer.Text.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var isClaims = cited is not null && cited.Claims.Any(claim => paragraph.Contains(claim.Text.Trim(), StringComparison.Ordinal));
            var lines = paragraph.Split('\n').Where(line => !printed.Any(citation => line.Contains(citation, StringComparison.Ordinal))).ToList();
            var isList = cited is not null && lines.Count < paragraph.Split('\n').Length;
            if (!isClaims && !isList) (cited is not null && claimsSeen ? closing : opening).AddRange(lines);
            claimsSeen |= isClaims;
        }
        var demonstration = passages.Any(passage => !passage.Official)
            ? opening.Concat(closing).FirstOrDefault(line => line.StartsWith("Demostración", StringComparison.Ordinal))
            : null;
        return new ReplyProse([.. opening.Where(line => line != demonstration)], [.. closing.Where(line => line != demonstration)], demonstration);
    }
}
