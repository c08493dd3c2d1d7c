using System.Globalization;
using ParalegalBot.Evaluation;
using ParalegalBot.Retrieval;
using ParalegalBot.Statutes;

namespace ParalegalBot.Benchmarks;

/// <summary>What each entry of the thesaurus changes: the mean reciprocal rank of the cases that it matches, with it and without it.</summary>
internal static class EntryEffects
{
    /// <summary>A table: entry, laws, cases matched, MRR@10 with and without, the most harmful first; entries that no case matches come last with zeros.</summary>
    public static IEnumerable<string> Measure(IReadOnlyList<EvaluationCase> cases, Vocabulary vocabulary, PassageSearch search, DateOnly today)
    {
        var matches = cases.SelectMany(one => vocabulary.Match(vocabulary.Correct(one.Question)).Select(entry => (Entry: entry, Case: one)))
            .GroupBy(match => match.Entry).ToDictionary(group => group.Key, group => group.Select(match => match.Case).ToList());
        var with = matches.Values.SelectMany(matched => matched).Distinct().ToDictionary(one => one, one => Reciprocal(search, one, today));
        var rows = vocabulary.Entries.Select(entry =>
        {
            var matched = matches.GetValueOrDefault(entry, []);
            var without = matched.Count == 0 ? null : search.With(vocabulary.Without(entry));
            return (entry, matched.Count, With: matched.Select(one => with[one]).DefaultIfEmpty(0).Average(), Without: matched.Select(one => Reciprocal(without!, one, today)).DefaultIfEmpty(0).Average());
        });
        return rows.ToList().OrderBy(row => row.Count == 0).ThenBy(row => (row.With - row.Without) * row.Count)
            .Select(row => string.Create(CultureInfo.InvariantCulture, $"{row.entry.Lay}\t{string.Join(',', row.entry.Laws)}\t{row.Count}\t{row.With:F3}\t{row.Without:F3}"))
            .Prepend("entry\tlaws\tcases\tmrr_with\tmrr_without");
    }

    private static double Reciprocal(PassageSearch search, EvaluationCase one, DateOnly today)
    {
        var ranked = search.RankAsync(new SearchRequest(one.Question, today), 200, null, default).AsTask().GetAwaiter().GetResult();
        var found = ranked.Select(item => item.Candidate.Address).Distinct().Take(10).ToList();
        return one.Gold.Select(gold => found.IndexOf(new ArticleAddress(gold.Law, ArticleNumber.KeyOf(gold.Article)))).Where(place => place >= 0).Select(place => 1.0 / (place + 1)).DefaultIfEmpty(0).Max();
    }
}
