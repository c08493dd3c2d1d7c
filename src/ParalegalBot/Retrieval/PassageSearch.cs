using Microsoft.Extensions.AI;
using ParalegalBot.Statutes;

namespace ParalegalBot.Retrieval;

/// <summary>Stop 4: exact references first, then hybrid search among what is in force on the date, fused and reranked once for every index.</summary>
public sealed class PassageSearch(
    StatuteStore store, IPassageIndex index, LawDirectory laws, Vocabulary vocabulary, WrittenQuestions written,
    IEmbeddingGenerator<string, Embedding<float>>? encoder, FusionWeights weights)
{
    /// <summary>No article takes more than this many places, so that a long one does not push the right one out.</summary>
    private const int PassagesPerArticle = 3;

    /// <summary>So many articles with a similar written question are candidates whatever the index says.</summary>
    private const int NearestArticles = 40;

    private readonly ReferenceResolver resolver = new(store);

    private StoreView<ArticleWords> Words { get; init; } = new(store, () => ArticleWords.LoadAsync(store, encoder));

    /// <summary>Loads what the reranker keeps in memory, so that the first question does not wait for it.</summary>
    public async Task OpenAsync(CancellationToken cancellationToken = default) => await Words.GetAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>Finds what could answer the text.</summary>
    public async ValueTask<SearchResult> SearchAsync(SearchRequest request, CancellationToken cancellationToken = default)
    {
        var references = laws.Parse(request.Text);
        var resolved = references.Select(reference => resolver.Resolve(reference, request.AsOf)).OfType<ResolvedReference>().ToList();
        var named = resolved.Where(reference => reference.Status is ReferenceStatus.Found).SelectMany(reference => reference.Passages)
            .DistinctBy(passage => passage.Id).ToList();

        var ranked = await RankAsync(request, references, request.Top + named.Count, null, cancellationToken).ConfigureAwait(false);
        var passages = store.Passages([.. ranked.Select(item => item.Candidate.Row)]);
        var found = named.Select(passage => new ScoredPassage(passage, 1, new Dictionary<string, double> { ["exact"] = 1 }))
            .Concat(ranked.Where(item => passages.ContainsKey(item.Candidate.Row)).Select(item => new ScoredPassage(passages[item.Candidate.Row], item.Score, item.Features)))
            .DistinctBy(scored => scored.Passage.Id)
            .Take(Math.Max(request.Top, named.Count)).ToList();
        return new SearchResult { Passages = found, References = resolved, Sufficiency = named.Count > 0 ? 1 : Sufficiency(ranked) };
    }

    /// <summary>The same search with another vocabulary, to measure what that changes; what is in memory is shared.</summary>
    internal PassageSearch With(Vocabulary other) => new(store, index, laws, other, written, encoder, weights) { Words = Words };

    /// <summary>
    /// The fused ranking with every candidate's features; the fit of the weights reads it too, with <paramref name="skip"/> leaving out what would give the answer away.
    /// </summary>
    internal ValueTask<IReadOnlyList<Ranked>> RankAsync(SearchRequest request, int top, Func<WrittenQuestion, bool>? skip, CancellationToken cancellationToken) =>
        RankAsync(request, laws.Parse(request.Text), top, skip, cancellationToken);

    private async ValueTask<IReadOnlyList<Ranked>> RankAsync(
        SearchRequest request, IReadOnlyList<StatuteReference> references, int top, Func<WrittenQuestion, bool>? skip, CancellationToken cancellationToken)
    {
        var query = SearchQuery.Read(WithoutLawNames(request.Text, references), vocabulary);
        var vector = encoder is null ? default : (await encoder.GenerateAsync([query.Text], cancellationToken: cancellationToken).ConfigureAwait(false))[0].Vector;
        var asked = written.Compare(query.Terms, vector.Span, skip);
        var words = await Words.GetAsync(cancellationToken).ConfigureAwait(false);
        var nearest = asked.Nearest(NearestArticles, address => words.Has(address) && request.Laws?.Contains(address.Law) != false);
        var candidates = await index.SearchAsync(
            new PassageQuery { Terms = query.Terms, Expansion = query.Expansion, Vector = vector, Include = nearest, AsOf = request.AsOf, Laws = request.Laws },
            cancellationToken).ConfigureAwait(false);
        var taken = new Dictionary<ArticleAddress, int>();
        using var reading = await words.ReadAsync(query.Text, index.Idf, encoder, cancellationToken).ConfigureAwait(false);
        var scored = CandidateFeatures.Of(candidates, query, [.. references.Select(reference => reference.Law).OfType<string>()], asked, reading, index.Idf)
            .Select(item => item with { Score = item.Features.Sum(feature => feature.Value * weights.Fusion.GetValueOrDefault(feature.Key)) })
            .OrderByDescending(item => item.Score).ThenBy(item => item.Candidate.Row).ToList();
        // The sum was fitted as the logit of a choice among articles, so its softmax over them is a probability: 1 is as sure as an exact reference.
        var best = scored.Count == 0 ? 0 : scored[0].Score;
        var total = scored.DistinctBy(item => item.Candidate.Address).Sum(item => Math.Exp(item.Score - best));
        return [.. scored
            .Select(item => item with { Score = Math.Exp(item.Score - best) / total })
            .Where(item => (taken[item.Candidate.Address] = taken.GetValueOrDefault(item.Candidate.Address) + 1) <= PassagesPerArticle)
            .Take(top)];
    }

    /// <summary>The words of a law's name say which law and not what about: they would find the articles that mention it.</summary>
    private static string WithoutLawNames(string text, IReadOnlyList<StatuteReference> references)
    {
        var rest = references.Where(reference => reference is { Law: not null, Article: null }).OrderByDescending(reference => reference.Start)
            .Aggregate(text, (shorter, reference) => shorter.Remove(reference.Start, reference.Length));
        return SpanishAnalysis.Terms(rest).Count > 0 ? rest : text;
    }

    private double Sufficiency(IReadOnlyList<Ranked> ranked)
    {
        if (ranked.Count == 0) return 0;
        var logit = weights.Sufficiency.GetValueOrDefault("bias") + weights.Sufficiency.GetValueOrDefault("score") * ranked[0].Score;
        foreach (var (name, value) in ranked[0].Features) logit += weights.Sufficiency.GetValueOrDefault(name) * value;
        return 1 / (1 + Math.Exp(-logit));
    }
}

/// <summary>A candidate with what fusion knows of it.</summary>
/// <param name="Candidate">As the index returned it.</param>
/// <param name="Features">The features of <see cref="CandidateFeatures"/> by name.</param>
/// <param name="Score">The fused score.</param>
internal sealed record Ranked(PassageCandidate Candidate, IReadOnlyDictionary<string, double> Features, double Score);

/// <summary>What to search for.</summary>
/// <param name="Text">The question, already resolved against the conversation where that was needed.</param>
/// <param name="AsOf">The date on which the law is asked for.</param>
/// <param name="Top">How many passages at most.</param>
/// <param name="Laws">Only these laws; null means all.</param>
public sealed record SearchRequest(string Text, DateOnly AsOf, int Top = 20, IReadOnlySet<string>? Laws = null);

/// <summary>What stop 4 knows.</summary>
public sealed record SearchResult
{
    /// <summary>Passages, best first.</summary>
    public required IReadOnlyList<ScoredPassage> Passages { get; init; }

    /// <summary>Explicit references in the text and what became of each.</summary>
    public required IReadOnlyList<ResolvedReference> References { get; init; }

    /// <summary>Calibrated probability, 0 to 1, that the passages can answer the question.</summary>
    public required double Sufficiency { get; init; }
}

/// <summary>A passage with its fused score and each route's own.</summary>
public sealed record ScoredPassage(Passage Passage, double Score, IReadOnlyDictionary<string, double> Routes);
