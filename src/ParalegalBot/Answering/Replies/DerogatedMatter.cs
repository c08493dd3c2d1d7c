using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using ParalegalBot.Retrieval;
using ParalegalBot.Statutes;

namespace ParalegalBot.Answering.Replies;

/// <summary>
/// What a question presumes and a law no longer knows: a chapter of which every article was derogated (a crime that is none any more). It is told only where the question names
/// the law and says every word of the chapter's title, and nothing that is in force in that law says them.
/// </summary>
internal sealed partial class DerogatedMatter(StatuteStore store, LawDirectory laws)
{
    private readonly ConcurrentDictionary<(string Law, long Generation, DateOnly AsOf), IReadOnlyList<Chapter>> known = new();

    /// <summary>The first derogated article of the matter; null where there is none.</summary>
    public Article? Of(string question, DateOnly asOf)
    {
        var named = laws.Parse(question).Where(reference => reference is { Law: not null, Article: null }).Select(reference => reference.Law!).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (named.Count == 0) return null;
        var said = SpanishAnalysis.Terms(question).ToHashSet();
        var generation = store.Generation;
        return named.SelectMany(law => known.GetOrAdd((law, generation, asOf), _ => Chapters(law, asOf))).FirstOrDefault(chapter => chapter.Title.IsSubsetOf(said))?.First;
    }

    private List<Chapter> Chapters(string law, DateOnly asOf)
    {
        var articles = store.Articles(law);
        var gone = articles.Where(article => article.Place.Count > 0).GroupBy(article => string.Join('/', article.Place.Select(division => division.Label)))
            .Where(chapter => chapter.All(article => article.Derogated && !(article.Validity.To >= asOf)))
            .Select(chapter => new Chapter(SpanishAnalysis.Terms(Mark().Replace(chapter.First().Place[^1].Title ?? "", "")).ToHashSet(), chapter.First())).Where(chapter => chapter.Title.Count > 0).ToList();
        if (gone.Count == 0) return gone;
        var inForce = articles.Where(article => !article.Derogated).SelectMany(article => article.Passages).Select(passage => SpanishAnalysis.Terms(passage.Text).ToHashSet()).ToList();
        return [.. gone.Where(chapter => !inForce.Exists(passage => chapter.Title.IsSubsetOf(passage)))];
    }

    [GeneratedRegex(@"\((?:se\s+)?derog\w*\)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Mark();

    private sealed record Chapter(IReadOnlySet<string> Title, Article First);
}
