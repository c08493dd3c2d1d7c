namespace ParalegalBot.Statutes;

/// <summary>Looks references up in the store. A missing article is missing: another one is never returned in its place.</summary>
public sealed class ReferenceResolver(StatuteStore store)
{
    private const int NearestArticles = 4;

    /// <summary>Says what became of a reference on the date; null for a reference that names a held law and no article.</summary>
    public ResolvedReference? Resolve(StatuteReference reference, DateOnly asOf)
    {
        if (reference.LawAsWritten is not null && (reference.Law is null || store.Find(reference.Law) is null))
            return new ResolvedReference(reference, ReferenceStatus.LawNotLoaded, null, [], []);
        if (reference.Article is null) return null;
        if ((reference.Law ?? OnlyLaw()) is not { } law) return new ResolvedReference(reference, ReferenceStatus.LawMissing, null, [], []);

        foreach (var candidate in Readings(reference with { Law = law }))
        {
            var versions = store.Versions(law, candidate.Article!);
            if (versions.Count > 0) return ResolveUnit(candidate, versions, asOf);
        }
        return new ResolvedReference(reference with { Law = law }, ReferenceStatus.NoSuchArticle, null, [], Nearest(law, reference.Article, asOf));
    }

    private string? OnlyLaw() => store.Statutes() is [var only] ? only.Abbreviation : null;

    /// <summary>
    /// <c>15 A</c> is an article of one law and <c>123 A</c> is apartado A of an article in another: the number with its letter first.
    /// A number in words is also tried in digits, and the other way round.
    /// </summary>
    private static IEnumerable<StatuteReference> Readings(StatuteReference reference)
    {
        yield return reference;
        var key = ArticleNumber.KeyOf(reference.Article!);
        if (key.Split(' ') is [var number, [var letter]] && reference.Apartado is null && char.IsLetter(letter))
            yield return reference with { Article = number, Apartado = char.ToUpperInvariant(letter).ToString() };
        string[] words = ["unico", "primero", "segundo", "tercero", "cuarto", "quinto", "sexto", "septimo", "octavo", "noveno", "decimo"];
        if (Array.IndexOf(words, key) is > 0 and var value) yield return reference with { Article = value.ToString(System.Globalization.CultureInfo.InvariantCulture) };
        else if (int.TryParse(key, System.Globalization.CultureInfo.InvariantCulture, out var digits) && digits is > 0 and <= 10)
            yield return reference with { Article = words[digits] };
    }

    private ResolvedReference ResolveUnit(StatuteReference reference, IReadOnlyList<Article> versions, DateOnly asOf)
    {
        var article = versions.LastOrDefault(version => version.Validity.InForceOn(asOf) ?? true);
        if (article is null)
        {
            var last = versions[^1];
            return new ResolvedReference(reference, last.Derogated ? ReferenceStatus.Derogated : ReferenceStatus.NotInForce, last, [], []);
        }
        if (article.Derogated) return new ResolvedReference(reference, ReferenceStatus.Derogated, article, [], []);
        if (store.Find(article.Law)?.Validity is { } law && law.InForceOn(asOf) == false)
            return new ResolvedReference(reference, ReferenceStatus.NotInForce, article, [], []);

        var passages = Unit(reference, article);
        return passages.Count > 0
            ? new ResolvedReference(reference, ReferenceStatus.Found, article, passages, [])
            : new ResolvedReference(reference, ReferenceStatus.NoSuchUnit, article, [], [article]);
    }

    /// <summary>
    /// The passages that apartado, fracción, inciso and párrafo select; the whole article where none is named. What stands between the units that
    /// were named may be left out: <c>123, fracción XXII</c> is that fracción of either apartado.
    /// </summary>
    private static List<Passage> Unit(StatuteReference reference, Article article)
    {
        var prefix = $"{article.Law}/{ArticleNumber.Slug(article.Number.Printed)}/";
        var named = new[] { reference.Apartado, reference.Fraccion, reference.Inciso }.OfType<string>().ToHashSet(StringComparer.Ordinal);
        if (named.Count == 0)
            return reference.Parrafo is { } number ? [.. article.Passages.Where(passage => passage.Id == $"{prefix}p{number}")] : [.. article.Passages];
        var units = article.Passages.Where(passage => passage.Id.StartsWith(prefix, StringComparison.Ordinal))
            .Select(passage => (Passage: passage, Steps: passage.Id[prefix.Length..].Split('/'))).ToList();
        var found = units.Where(unit => named.SetEquals(unit.Steps.Take(named.Count))).ToList();
        return [.. (found.Count > 0 ? found : units.Where(unit => named.IsSubsetOf(unit.Steps))).Select(unit => unit.Passage)];
    }

    private IReadOnlyList<Article> Nearest(string law, string article, DateOnly asOf)
    {
        if (new ArticleNumber(article).Value is not { } value) return [];
        return [.. store.Articles(law, asOf)
            .Where(candidate => !candidate.Derogated && candidate.Number.Value is not null)
            .OrderBy(candidate => Math.Abs(candidate.Number.Value!.Value - value))
            .ThenBy(candidate => candidate.Number.Value)
            .Take(NearestArticles)];
    }
}
