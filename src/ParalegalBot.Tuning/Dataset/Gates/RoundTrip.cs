using System.Text.Json.Serialization;
using ParalegalBot.Retrieval;
using ParalegalBot.Statutes;

namespace ParalegalBot.Tuning.Dataset.Gates;

/// <summary>What retrieval made of an example's question.</summary>
/// <param name="Id">The example.</param>
/// <param name="Rank">Place of its article among the articles found, from 1; 0 where it is not among them.</param>
/// <param name="Near">Passages of other articles that came up, best first: near misses to put beside the right one.</param>
internal sealed record Trip([property: JsonPropertyName("id")] string Id, [property: JsonPropertyName("rank")] int Rank, [property: JsonPropertyName("near")] IReadOnlyList<string> Near);

/// <summary>Asks our own retrieval, over every law of the store, whether the question leads back to its source.</summary>
internal sealed class RoundTrip(PassageSearch search, StatuteStore store, DateOnly asOf)
{
    private const int Found = 30, NearPassages = 10;

    /// <summary>Searches; a written question does not find itself.</summary>
    public async Task<Trip> GoAsync(DatasetExample example, CancellationToken cancellationToken)
    {
        var ranked = await search.RankAsync(new SearchRequest(example.Question, asOf), Found, written => written.Text == example.Question, cancellationToken).ConfigureAwait(false);
        var source = new ArticleAddress(example.Law, ArticleNumber.KeyOf(example.Article));
        var rank = ranked.Select(item => item.Candidate.Address).Distinct().ToList().IndexOf(source) + 1;
        var others = ranked.Where(item => item.Candidate.Address != source && !item.Candidate.Transitory).Select(item => item.Candidate.Row).Take(NearPassages).ToList();
        var passages = store.Passages(others);
        return new Trip(example.Id, rank, [.. others.Where(passages.ContainsKey).Select(row => passages[row]).Where(passage => passage.Official && !passage.Introductory).Select(passage => passage.Id)]);
    }
}
