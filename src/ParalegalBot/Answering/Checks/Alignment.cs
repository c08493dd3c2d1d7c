namespace ParalegalBot.Answering.Checks;

/// <summary>
/// A claim laid beside its evidence word by word: the longest common run of words, and the gaps between, in which one says something else than the
/// other or one says nothing. A claim in other words has hardly any common run, and then the gaps say nothing either.
/// </summary>
internal sealed class Alignment
{
    /// <summary>Longer gaps are other wordings, not other words; at the ends only the nearest words belong to what is common.</summary>
    private const int WidestGap = 8, End = 3;

    private Alignment(IReadOnlyList<(Range Evidence, Range Claim)> gaps) => Gaps = gaps;

    /// <summary>Places in the evidence and in the claim; either may be empty, both are at most eight words.</summary>
    public IReadOnlyList<(Range Evidence, Range Claim)> Gaps { get; }

    /// <summary>The whole claim, and what it says after each colon: words of the question in front would else be taken for the statement itself.</summary>
    public static Alignment Of(Clauses evidence, Clauses claim)
    {
        var gaps = new List<(Range, Range)>();
        var (left, right) = (Places(evidence, 0), Places(claim, 0));
        Add(gaps, evidence, claim, left, right, whole: true);
        for (var at = 0; at < claim.Words.Count; at++)
            if (claim.Words[at].Text == ":") Add(gaps, evidence, claim, left, Places(claim, at + 1), whole: false);
        return new Alignment(gaps);
    }

    private static void Add(List<(Range, Range)> gaps, Clauses evidence, Clauses claim, List<int> left, List<int> right, bool whole)
    {
        var (ours, theirs) = Numbered(evidence, left, claim, right);
        var width = theirs.Length + 1;
        var common = new ushort[(ours.Length + 1) * width];
        for (var i = ours.Length - 1; i >= 0; i--)
            for (var j = theirs.Length - 1; j >= 0; j--)
                common[(i * width) + j] = ours[i] == theirs[j] ? (ushort)(common[((i + 1) * width) + j + 1] + 1) : Math.Max(common[((i + 1) * width) + j], common[(i * width) + j + 1]);

        int fromLeft = 0, fromRight = 0, a = 0, b = 0;
        var began = false;
        while (a < ours.Length && b < theirs.Length)
        {
            if (ours[a] == theirs[b])
            {
                if (began) Close(fromLeft, a, fromRight, b);
                else if (whole || a == 0) Close(Math.Max(fromLeft, NearestClause(a)), a, fromRight, b);
                began = true;
                (fromLeft, fromRight) = (++a, ++b);
            }
            else if (common[((a + 1) * width) + b] >= common[(a * width) + b + 1]) a++;
            else b++;
        }
        if (began && fromRight < right.Count) Close(fromLeft, EndOfClause(fromLeft), fromRight, right.Count);

        void Close(int fromLeft, int toLeft, int fromRight, int toRight)
        {
            if ((toLeft == fromLeft && toRight == fromRight) || toLeft - fromLeft > WidestGap || toRight - fromRight > WidestGap) return;
            gaps.Add((Between(left, fromLeft, toLeft), Between(right, fromRight, toRight)));
        }

        int NearestClause(int to)
        {
            var from = to;
            while (from > 0 && to - from < End && left[from] - left[from - 1] == 1) from--;
            return from;
        }

        int EndOfClause(int from)
        {
            var to = from;
            while (to < left.Count && to - from < End && (to == from || left[to] - left[to - 1] == 1)) to++;
            return to;
        }
    }

    private static List<int> Places(Clauses clauses, int from) => [.. Enumerable.Range(from, clauses.Words.Count - from).Where(place => !clauses.Words[place].ClauseEnd)];

    /// <summary>The same number for the same stem.</summary>
    private static (int[] Evidence, int[] Claim) Numbered(Clauses evidence, List<int> left, Clauses claim, List<int> right)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        int Number(Clauses.Word word) => numbers.TryGetValue(word.Stem ?? word.Text, out var known) ? known : numbers[word.Stem ?? word.Text] = numbers.Count;
        return ([.. left.Select(place => Number(evidence.Words[place]))], [.. right.Select(place => Number(claim.Words[place]))]);
    }

    private static Range Between(List<int> places, int from, int to) => from == to ? 0..0 : places[from]..(places[to - 1] + 1);
}
