namespace ParalegalBot.Evaluation;

/// <summary>Two runs over the same cases, paired: only the cases on which they differ tell.</summary>
/// <param name="OnlyOurs">Cases that only this run has right.</param>
/// <param name="OnlyTheirs">Cases that only the other has right.</param>
public readonly record struct McNemar(int OnlyOurs, int OnlyTheirs)
{
    /// <summary>Exact two-sided probability of a split at least as uneven by chance; 1 where they never differ.</summary>
    public double P
    {
        get
        {
            var differing = OnlyOurs + OnlyTheirs;
            double term = Math.Pow(0.5, differing), tail = 0;
            for (var k = 0; k <= Math.Min(OnlyOurs, OnlyTheirs); k++)
            {
                tail += term;
                term *= (double)(differing - k) / (k + 1);
            }
            return Math.Min(1, 2 * tail);
        }
    }

    /// <summary>Pairs both runs case by case.</summary>
    public static McNemar Of(IEnumerable<(bool Ours, bool Theirs)> cases)
    {
        var pairs = cases.ToList();
        return new McNemar(pairs.Count(pair => pair.Ours && !pair.Theirs), pairs.Count(pair => pair.Theirs && !pair.Ours));
    }
}
