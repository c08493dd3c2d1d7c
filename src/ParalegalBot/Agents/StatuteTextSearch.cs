using System.Diagnostics.CodeAnalysis;
using Microsoft.SemanticKernel.Data;
using ParalegalBot.Answering.Screen;
using ParalegalBot.Retrieval;
using ParalegalBot.Statutes;

namespace ParalegalBot.Agents;

/// <summary>
/// Stop 4 as Semantic Kernel's text search, for agents that are not ours: passages in force today, best first, without those that try to
/// instruct whoever reads them. What such an agent then says is not proved by anybody.
/// </summary>
public sealed class StatuteTextSearch(PassageSearch search, PlantedInstructions planted, TimeProvider time) : ITextSearch<Passage>
{
    /// <summary>A filter chooses among so many of the best.</summary>
    private const int MostPassages = 100;

    /// <summary>The passages, best first.</summary>
    /// <param name="query">A question or words, in Spanish.</param>
    /// <param name="asOf">The date on which the law is asked for; null: today.</param>
    /// <param name="top">At most so many.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<IReadOnlyList<ScoredPassage>> FindAsync(string query, DateOnly? asOf, int top, CancellationToken cancellationToken)
    {
        var found = await search.SearchAsync(new SearchRequest(query, asOf ?? DateOnly.FromDateTime(time.GetLocalNow().DateTime), top), cancellationToken).ConfigureAwait(false);
        return planted.Without(found.Passages);
    }

    /// <inheritdoc />
    [RequiresDynamicCode("Filters are compiled.")]
    public async Task<KernelSearchResults<string>> SearchAsync(string query, TextSearchOptions<Passage>? searchOptions = null, CancellationToken cancellationToken = default) =>
        Results(await FilteredAsync(query, searchOptions, cancellationToken).ConfigureAwait(false), searchOptions, passage => passage.Text);

    /// <inheritdoc />
    [RequiresDynamicCode("Filters are compiled.")]
    public async Task<KernelSearchResults<TextSearchResult>> GetTextSearchResultsAsync(string query, TextSearchOptions<Passage>? searchOptions = null, CancellationToken cancellationToken = default) =>
        Results(await FilteredAsync(query, searchOptions, cancellationToken).ConfigureAwait(false), searchOptions,
            passage => new TextSearchResult(passage.Text) { Name = passage.PrintedCitation, Link = passage.Url });

    /// <inheritdoc />
    [RequiresDynamicCode("Filters are compiled.")]
    public async Task<KernelSearchResults<Passage>> GetSearchResultsAsync(string query, TextSearchOptions<Passage>? searchOptions = null, CancellationToken cancellationToken = default) =>
        Results(await FilteredAsync(query, searchOptions, cancellationToken).ConfigureAwait(false), searchOptions, passage => passage);

    private async Task<IReadOnlyList<Passage>> FilteredAsync(string query, TextSearchOptions<Passage>? options, CancellationToken cancellationToken)
    {
        var passages = (await FindAsync(query, null, MostPassages, cancellationToken).ConfigureAwait(false)).Select(scored => scored.Passage);
        return [.. options?.Filter is { } filter ? passages.Where(filter.Compile()) : passages];
    }

    private static KernelSearchResults<T> Results<T>(IReadOnlyList<Passage> passages, TextSearchOptions<Passage>? options, Func<Passage, T> shape)
    {
        options ??= new TextSearchOptions<Passage>();
        return new KernelSearchResults<T>(passages.Skip(options.Skip).Take(options.Top).Select(shape).ToAsyncEnumerable(), options.IncludeTotalCount ? passages.Count : null);
    }
}
