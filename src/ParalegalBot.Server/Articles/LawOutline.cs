using System.Collections.Concurrent;
using ParalegalBot.Statutes;

namespace ParalegalBot.Server.Articles;

/// <summary>The order of a law's articles without their text: what the table of contents and "previous / next" need.</summary>
public sealed record LawOutline(IReadOnlyList<OutlineEntry> Entries)
{
    /// <summary>Characters of an article's first words in the table of contents.</summary>
    private const int OpeningLength = 110;

    private readonly Dictionary<string, int> _positions = Entries.Index()
        .GroupBy(pair => pair.Item.Number.Key).ToDictionary(group => group.Key, group => group.First().Index);

    public static LawOutline Of(IEnumerable<Article> articles) => new([.. articles.Select(article => new OutlineEntry(
        article.Number, article.Heading, OpeningOf(article), article.Place, article.Derogated, article.Transitory, article.Decree))]);

    /// <summary>The entries beside an article; null at the ends and for an article that is not in the current text.</summary>
    public (OutlineEntry? Previous, OutlineEntry? Next) Beside(ArticleNumber number) => _positions.TryGetValue(number.Key, out var position)
        ? (position > 0 ? Entries[position - 1] : null, position + 1 < Entries.Count ? Entries[position + 1] : null)
        : (null, null);

    /// <summary>Real articles whose number is near to what was written; empty where nothing was a number.</summary>
    public IReadOnlyList<OutlineEntry> Nearest(string written, int count = 5)
    {
        if (new ArticleNumber(written).Value is not { } wanted) return [];
        return [.. Entries.Where(entry => entry is { Transitory: false, Number.Value: not null })
            .OrderBy(entry => Math.Abs((long)entry.Number.Value!.Value - wanted)).Take(count)
            .OrderBy(entry => _positions[entry.Number.Key])];
    }

    private static string OpeningOf(Article article)
    {
        var text = article.Passages.Count == 0 ? "" : article.Passages[0].Text.ReplaceLineEndings(" ");
        if (text.Length <= OpeningLength) return text;
        var end = text.LastIndexOf(' ', OpeningLength);
        return text[..(end > 0 ? end : OpeningLength)].TrimEnd(',', ';', ' ') + "…";
    }
}

/// <summary>One article in the outline.</summary>
public sealed record OutlineEntry(
    ArticleNumber Number, string? Heading, string Opening, IReadOnlyList<Division> Place, bool Derogated, bool Transitory, DateOnly? Decree);

/// <summary>Outlines are read once for each state of the store.</summary>
public sealed class LawOutlines(StatuteStore store)
{
    private readonly ConcurrentDictionary<string, (long Generation, LawOutline Outline)> _known = new();

    public LawOutline Of(string law)
    {
        var generation = store.Generation;
        if (_known.TryGetValue(law, out var known) && known.Generation == generation) return known.Outline;
        var outline = LawOutline.Of(store.Articles(law, transitorios: true));
        _known[law] = (generation, outline);
        return outline;
    }
}
