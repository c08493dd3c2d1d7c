using ParalegalBot.Answering.Checks;
using ParalegalBot.Retrieval;
using ParalegalBot.Statutes;

namespace ParalegalBot.Answering;

/// <summary>
/// Stop 7: every claim of a draft is proved against the sentences that it points at, cheap checks first, or dropped with the check that
/// failed and the words on which it failed. It knows neither engine nor channel, and it never repairs a claim.
/// </summary>
public sealed class CitationCheck(IReadOnlyList<IClaimCheck> checks, ClaimSupport support, AnswerThresholds thresholds)
{
    /// <summary>At most so many claims make an answer; more are passed over.</summary>
    public const int MostClaims = 6;

    /// <summary>Verdicts of all claims, and how sure the answers are that the proved ones can make.</summary>
    public async ValueTask<AnswerTrace> ProveAsync(string question, Draft draft, SearchResult found, DateOnly asOf, CancellationToken cancellationToken = default)
    {
        var retrieved = found.Passages.Select(scored => scored.Passage).DistinctBy(passage => passage.Id).ToDictionary(passage => passage.Id, StringComparer.Ordinal);
        var verdicts = new List<ClaimVerdict>();
        foreach (var claim in draft.Claims.Take(MostClaims)) verdicts.Add(await ProveAsync(question, claim, retrieved, asOf, cancellationToken).ConfigureAwait(false));
        var proved = verdicts.Where(verdict => verdict.Proved).ToList();
        var proposals = AddressesQuestion.Cuts(found, proved).Select(claims => (claims, features: AddressesQuestion.Of(question, found, [.. proved.Take(claims)])))
            .Select(cut => new AnswerProposal(cut.claims, cut.features, thresholds.Confidence(cut.features))).ToList();
        return new AnswerTrace(verdicts, proposals, proposals.Find(proposal => proposal.Confidence >= thresholds.Answer) ?? proposals.LastOrDefault());
    }

    private async ValueTask<ClaimVerdict> ProveAsync(string question, DraftClaim claim, IReadOnlyDictionary<string, Passage> retrieved, DateOnly asOf, CancellationToken cancellationToken)
    {
        if ((PassageExistsCheck.Look(claim, retrieved) ?? SentencesExistCheck.Look(claim, retrieved)) is { } unfounded)
            return new ClaimVerdict(claim.Text, [], 0, unfounded);

        var citations = claim.Evidence.GroupBy(evidence => evidence.Passage)
            .Select(group => new Citation(retrieved[group.Key], [.. group.SelectMany(evidence => evidence.Sentences).Distinct().Order()])).ToList();
        var read = new ClaimUnderCheck(question, claim.Text, citations, asOf);
        if (checks.Select(check => check.Look(read)).FirstOrDefault(finding => finding is not null) is { } fault)
            return new ClaimVerdict(claim.Text, citations, 0, fault);

        var (score, unsupported) = await support.LookAsync(read, cancellationToken).ConfigureAwait(false);
        return new ClaimVerdict(claim.Text, citations, score, unsupported);
    }
}
