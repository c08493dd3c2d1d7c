namespace ParalegalBot.Retrieval;

/// <summary>A question as search terms: the person's words, the vocabulary's, and the laws that the wording points to.</summary>
/// <param name="Text">The question with known misspellings written out.</param>
/// <param name="Terms">Distinct stems of the person's words.</param>
/// <param name="Expansion">Distinct stems that the vocabulary adds; the first legal term of an entry counts most.</param>
/// <param name="LawHints">How strongly the wording points to a law: the number of matched entries that name it.</param>
public sealed record SearchQuery(string Text, IReadOnlyList<WeightedTerm> Terms, IReadOnlyList<WeightedTerm> Expansion, IReadOnlyDictionary<string, int> LawHints)
{
    /// <summary>Reads a question with the vocabulary.</summary>
    public static SearchQuery Read(string text, Vocabulary vocabulary)
    {
        var corrected = vocabulary.Correct(text);
        var terms = SpanishAnalysis.Terms(corrected).Distinct().ToList();
        var entries = vocabulary.Match(corrected);
        var expansion = new Dictionary<string, float>(StringComparer.Ordinal);
        foreach (var entry in entries)
            for (var i = 0; i < entry.Legal.Count; i++)
                foreach (var term in SpanishAnalysis.Terms(entry.Legal[i]))
                    expansion[term] = Math.Max(expansion.GetValueOrDefault(term), 1f / (1 + i));
        return new SearchQuery(
            corrected,
            [.. terms.Select(term => new WeightedTerm(term, 1))],
            [.. expansion.Where(pair => !terms.Contains(pair.Key)).Select(pair => new WeightedTerm(pair.Key, pair.Value))],
            entries.SelectMany(entry => entry.Laws).GroupBy(law => law).ToDictionary(group => group.Key, group => group.Count()));
    }
}
