namespace ParalegalBot.Ingestion.Parsing;

/// <summary>
/// Decides which paragraphs that look like an article's heading are one: the number must plausibly follow the one before.
/// A paragraph that quotes another law's article breaks the sequence and stays text.
/// </summary>
internal static class ArticleSequence
{
    private const int Ahead = 4;

    /// <summary>Headings by paragraph index, up to the first heading of transitorios.</summary>
    public static IReadOnlyDictionary<int, ArticleHeading> Select(IReadOnlyList<SourceParagraph> paragraphs, int end)
    {
        var candidates = new List<(int Index, ArticleHeading Heading)>();
        for (var i = 0; i < end; i++)
            if (!paragraphs[i].TableRow && !paragraphs[i].RightAligned && ArticleHeading.Of(paragraphs[i].Text) is { } heading) candidates.Add((i, heading));
        var digits = candidates.Where(candidate => !candidate.Heading.InWords).ToList();
        var words = candidates.Where(candidate => candidate.Heading.InWords).ToList();
        if (digits.Count < 2 && Quoted(paragraphs, end) is { Count: > 2 } quoted) return Chain(quoted);
        return Chain(digits.Count >= 2 || digits.Count >= words.Count ? digits : words);
    }

    /// <summary>Old decrees print the law that they issue between quotation marks.</summary>
    private static List<(int Index, ArticleHeading Heading)> Quoted(IReadOnlyList<SourceParagraph> paragraphs, int end) =>
        [.. Enumerable.Range(0, end).Where(i => paragraphs[i].Text[0] is '"' or '“')
            .Select(i => (i, ArticleHeading.Of(paragraphs[i].Text.TrimStart('"', '“', ' '))))
            .Where(candidate => candidate.Item2 is { InWords: false }).Select(candidate => (candidate.i, candidate.Item2!))];

    private static Dictionary<int, ArticleHeading> Chain(List<(int Index, ArticleHeading Heading)> candidates)
    {
        var chain = new List<(int Index, ArticleHeading Heading)>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var k = 0; k < candidates.Count; k++)
        {
            var heading = candidates[k].Heading;
            if (seen.Contains(heading.Key)) continue;
            if (chain.Count >= 2 && IsIntruder(chain[^1].Heading, chain[^2].Heading, heading))
            {
                seen.Remove(chain[^1].Heading.Key);
                chain.RemoveAt(chain.Count - 1);
            }
            if (!Follows(chain.Count > 0 ? chain[^1].Heading : null, candidates, k)) continue;
            chain.Add(candidates[k]);
            seen.Add(heading.Key);
        }
        return chain.ToDictionary(link => link.Index, link => link.Heading);
    }

    /// <summary>The last one jumped ahead and this one takes up where the sequence stood before it.</summary>
    private static bool IsIntruder(ArticleHeading last, ArticleHeading before, ArticleHeading next) =>
        last.Value > Last(before) + 1 && next.Value < last.Value && next.Value == Last(before) + 1;

    private static bool Follows(ArticleHeading? last, List<(int Index, ArticleHeading Heading)> candidates, int k)
    {
        var next = candidates[k].Heading;
        var coming = candidates.Skip(k + 1).Take(Ahead).Select(candidate => candidate.Heading);
        if (last is null) return next.Value <= 1 || !coming.Any(other => other.Value < next.Value);
        if (next.Value == Last(last) + 1) return true;
        if (next.Value == Last(last) || next.Value == last.Value) return next.Suffixed;
        if (next.Weak || next.Value < Last(last)) return false;
        if (coming.Any(other => other.Value == Last(last) + 1)) return false;
        return !coming.Any() ? next.Value - Last(last) <= 5 : coming.Any(other => other.Value == next.Value || other.Value == Last(next) + 1) || next.Value - Last(last) <= 3;
    }

    private static int Last(ArticleHeading heading) => heading.RangeEnd ?? heading.Value;
}
