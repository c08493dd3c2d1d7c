using ParalegalBot.Evaluation.Scorers;

namespace ParalegalBot.Evaluation;

/// <summary>This run beside another one over the same cases: the other's shares, and whether the difference can be chance.</summary>
/// <param name="Name">What the other run is called.</param>
/// <param name="Shares">Its shares by name, over the cases that both have.</param>
/// <param name="Accurate">Who has which case accurate.</param>
/// <param name="Hallucinated">Who avoids a hallucination in which case.</param>
public sealed record Comparison(string Name, IReadOnlyDictionary<string, Wilson> Shares, McNemar Accurate, McNemar Hallucinated)
{
    /// <summary>Compares with the rows of another run.</summary>
    /// <exception cref="ParalegalBotException">The other run has none of these cases.</exception>
    public static Comparison Of(string name, IReadOnlyList<CaseResult> ours, IReadOnlyList<AnswerRow> theirs)
    {
        var known = theirs.ToDictionary(row => row.Id, StringComparer.Ordinal);
        var pairs = ours.Where(result => known.ContainsKey(result.Case.Id)).Select(result => (Ours: (CaseRow)result, Theirs: new CaseRow(result.Case, known[result.Case.Id])))
            .Where(pair => CaseVerdict.Of(pair.Ours) is not Verdict.Unscored).ToList();
        if (pairs.Count == 0) throw new ParalegalBotException($"«{name}» no trae ninguno de estos casos; compare corridas del mismo archivo.");
        McNemar Paired(Func<Verdict, bool> good) => McNemar.Of(pairs.Select(pair => (good(CaseVerdict.Of(pair.Ours)), good(CaseVerdict.Of(pair.Theirs)))));
        return new Comparison(
            name, ShareMeasures.Of([.. pairs.Select(pair => pair.Theirs)]).ToDictionary(share => share.Name, share => share.Value),
            Paired(verdict => verdict is Verdict.Accurate), Paired(verdict => verdict is not Verdict.Hallucinated));
    }
}
