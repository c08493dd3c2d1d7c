using ParalegalBot.Statutes;

namespace ParalegalBot.Ingestion.Parsing;

/// <summary>What an operator should look at before trusting the text; Spanish, one sentence each.</summary>
internal static class ParserWarnings
{
    public static IReadOnlyList<string> Of(DocumentHead head, IReadOnlyList<Article> articles)
    {
        var warnings = new List<string>();
        if (head.Published is null) warnings.Add("No se halló la fecha de publicación.");
        if (Missing(articles) is { Count: > 0 } missing)
            warnings.Add($"Faltan artículos en la serie: {string.Join(", ", missing.Take(10))}{(missing.Count > 10 ? "…" : "")}.");
        if (head.Validity.Reason is ValidityReason.Abrogated or ValidityReason.DeclaredInvalid)
            warnings.Add("El propio documento dice que la ley fue abrogada o declarada inválida.");
        return warnings;
    }

    private static List<int> Missing(IReadOnlyList<Article> articles)
    {
        var numbers = articles.Where(article => !article.Transitory).Select(article => article.Number.Value).OfType<int>().ToHashSet();
        return numbers.Count == 0 ? [] : [.. Enumerable.Range(1, numbers.Max()).Where(number => !numbers.Contains(number))];
    }
}
