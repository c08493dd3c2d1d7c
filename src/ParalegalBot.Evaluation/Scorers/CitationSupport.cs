using ParalegalBot.Answering;
using ParalegalBot.Answering.Figures;
using ParalegalBot.Retrieval;
using ParalegalBot.Statutes;

namespace ParalegalBot.Evaluation.Scorers;

/// <summary>
/// Citation recall and precision after ALCE, without a model as judge: a text supports a sentence where it says all of its figures and most of its content
/// words. It is another yardstick than stop 7, and a coarser one, so that baselines without our check can be measured with it.
/// </summary>
/// <param name="Recall">Sentences that their citations together support; one without citations counts as unsupported.</param>
/// <param name="Precision">Citations that support alone, or without which the rest does not support.</param>
public sealed record CitationSupport(Wilson Recall, Wilson Precision)
{
    /// <summary>A sentence is said from this share of its content words on.</summary>
    private const double Said = 0.8;

    /// <summary>Over all answers that were shown.</summary>
    public static CitationSupport Of(IEnumerable<CaseResult> results)
    {
        int sentences = 0, supported = 0, citations = 0, needed = 0;
        foreach (var answer in results.Select(result => result.Answer).OfType<Answer.Cited>())
        {
            if (answer.Claims.Count == 0) sentences += SentenceSplitter.Split(answer.Text).Count;
            foreach (var claim in answer.Claims)
            {
                foreach (var sentence in SentenceSplitter.Split(claim.Text))
                {
                    sentences++;
                    if (Support(sentence, claim.Citations)) supported++;
                }
                citations += claim.Citations.Count;
                needed += claim.Citations.Count(citation => IsNeeded(claim, citation));
            }
        }
        return new CitationSupport(new Wilson(supported, sentences), new Wilson(needed, citations));
    }

    /// <summary>What claim and citation are to each other is asked of the claim's sentences: a citation may carry one of them.</summary>
    private static bool IsNeeded(Claim claim, Citation citation)
    {
        List<Citation> rest = [.. claim.Citations.Where(other => other != citation)];
        return SentenceSplitter.Split(claim.Text).Any(sentence => Support(sentence, [citation]) || (Support(sentence, claim.Citations) && !Support(sentence, rest)));
    }

    private static bool Support(string sentence, IReadOnlyList<Citation> citations)
    {
        if (citations.Count == 0) return false;
        var evidence = string.Join('\n', citations.Select(citation => citation.Evidence));
        var figures = SpanishNumbers.Find(evidence);
        var articles = citations.Select(citation => ArticleNumber.KeyOf(citation.Passage.Article)).ToHashSet();
        if (SpanishNumbers.Find(sentence).Any(figure => !figures.Any(figure.IsSaidBy) && !(figure.Kind is FigureKind.Reference && articles.Contains(figure.Label ?? "")))) return false;
        var (said, known) = (SpanishAnalysis.Terms(sentence).ToHashSet(), SpanishAnalysis.Terms(evidence).ToHashSet());
        return said.Count > 0 && said.Count(known.Contains) >= Said * said.Count;
    }
}
