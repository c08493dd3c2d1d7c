using ParalegalBot.Answering;
using ParalegalBot.Retrieval;

namespace ParalegalBot.Evaluation.Perturbation;

/// <summary>What the check makes of pairs: false claims caught, true claims dropped.</summary>
public sealed class PairMeasure
{
    private readonly List<(ClaimPair Pair, string? TrueFault, string? FalseFault)> results = [];

    /// <summary>Every pair with the checks that spoke against each of its claims; null where none did.</summary>
    public IReadOnlyList<(ClaimPair Pair, string? TrueFault, string? FalseFault)> Results => results;

    /// <summary>Share of false claims that were caught.</summary>
    public Wilson Caught => new(results.Count(result => result.FalseFault is not null), results.Count);

    /// <summary>Share of true claims that were dropped.</summary>
    public Wilson FalseAlarms => new(results.Count(result => result.TrueFault is not null), results.Count);

    /// <summary>Precision, recall and F1 of «this claim is false» over all pairs of a kind of change; over all where null.</summary>
    public (double Precision, double Recall, double F1) Of(Change? change)
    {
        var of = results.Where(result => change is null || result.Pair.Change == change).ToList();
        double caught = of.Count(result => result.FalseFault is not null), alarms = of.Count(result => result.TrueFault is not null);
        var (precision, recall) = (caught / Math.Max(1, caught + alarms), caught / Math.Max(1, of.Count));
        return (precision, recall, caught == 0 ? 0 : 2 * precision * recall / (precision + recall));
    }

    /// <summary>The false claims of a kind that were caught.</summary>
    public Wilson CaughtOf(Change change) => new(results.Count(result => result.Pair.Change == change && result.FalseFault is not null), results.Count(result => result.Pair.Change == change));

    /// <summary>The paraphrases of a kind that were dropped.</summary>
    public Wilson AlarmsOf(Paraphrase kind) => new(results.Count(result => result.Pair.Paraphrase == kind && result.TrueFault is not null), results.Count(result => result.Pair.Paraphrase == kind));

    /// <summary>Lets the check prove both claims of a pair.</summary>
    public async ValueTask AddAsync(CitationCheck check, ClaimPair pair, DateOnly asOf) =>
        results.Add((pair, await FaultAsync(check, pair, pair.True, asOf).ConfigureAwait(false), await FaultAsync(check, pair, pair.False, asOf).ConfigureAwait(false)));

    private static async ValueTask<string?> FaultAsync(CitationCheck check, ClaimPair pair, string text, DateOnly asOf)
    {
        var passage = pair.Evidence.Passage;
        var found = new SearchResult { Passages = [new ScoredPassage(passage, 1, new Dictionary<string, double>())], References = [], Sufficiency = 1 };
        var draft = new Draft { Verdict = DraftVerdict.Answer, Claims = [new DraftClaim([new DraftEvidence(passage.Id, pair.Evidence.Sentences)], text)] };
        return (await check.ProveAsync(pair.Question, draft, found, asOf).ConfigureAwait(false)).Verdicts[0].Finding is { } finding ? $"{finding.Check}: {finding.Words}" : null;
    }
}
