using System.Globalization;

namespace ParalegalBot.Answering.Checks;

/// <summary>
/// Whether the cited sentences support a claim: by the entailment model where one is configured, else by the lexical-semantic score; a judge is asked only where
/// the score lies close to the limit. Whatever cannot run leaves the claim unsupported.
/// </summary>
public sealed class ClaimSupport(SupportScore lexical, AnswerThresholds thresholds, IEntailmentModel? entailment = null, ClaimJudge? judge = null)
{
    /// <summary>So near to the limit, on either side, a score is uncertain.</summary>
    public const double UncertainBand = 0.1;

    /// <summary>The score, 0 to 1, and the fault; null where the claim is supported.</summary>
    public async ValueTask<(double Score, CheckFinding? Finding)> LookAsync(ClaimUnderCheck claim, CancellationToken cancellationToken = default)
    {
        var (score, unsupported) = lexical.Of(claim);
        var words = string.Join(' ', unsupported.Take(5));
        var limit = thresholds.Support;
        if (entailment is not null && !claim.Verbatim)
        {
            try
            {
                (score, limit) = (entailment.Score(claim.EvidenceText, claim.Text), entailment.Limit);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                return (0, new CheckFinding("support", words, "El modelo que compara la afirmación con las oraciones no pudo ejecutarse."));
            }
        }
        var supported = score >= limit && score > 0;
        if (judge is not null && score > 0 && !claim.Verbatim && Math.Abs(score - limit) <= UncertainBand) supported = await judge.SupportsAsync(claim, cancellationToken).ConfigureAwait(false);
        return (score, supported ? null : new CheckFinding("support", words, string.Create(CultureInfo.InvariantCulture, $"Las oraciones citadas sólo sostienen {score:P0} de la afirmación.")));
    }
}
