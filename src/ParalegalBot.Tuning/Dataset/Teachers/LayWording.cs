using System.Text.RegularExpressions;
using ParalegalBot.Retrieval;

namespace ParalegalBot.Tuning.Dataset.Teachers;

/// <summary>Puts a formal phrase into what people write: small letters, no marks, and the vocabulary read backwards (what people say for the statutes' words).</summary>
internal sealed partial class LayWording
{
    private const int MostReplaced = 2, LongestLegalTerm = 3;

    private readonly IReadOnlyList<(Regex Legal, string Lay)> words;

    public LayWording(Vocabulary vocabulary)
    {
        // Only an entry's first term is its meaning, only a term with one lay wording of few words can be put in its place, and a single word means too many things.
        words = [.. vocabulary.Entries
            .Where(entry => entry.Note.Length == 0 && entry.Legal.Count > 0 && entry.Lay.Split(' ').Length <= 2 && entry.Legal[0].Split(' ').Length is > 1 and <= LongestLegalTerm)
            .GroupBy(entry => SpanishAnalysis.Fold(entry.Legal[0]))
            .Where(group => group.Count() == 1 && group.Key.Length > 4 && SpanishAnalysis.Fold(group.First().Lay) != group.Key)
            .OrderByDescending(group => group.Key.Length).ThenBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => (new Regex($@"(?<!\p{{L}}){Regex.Escape(group.Key)}(?!\p{{L}})", RegexOptions.CultureInvariant), SpanishAnalysis.Fold(group.First().Lay)))];
    }

    /// <summary>The lay wording of a question.</summary>
    public string Of(RuleQuestion question)
    {
        var text = Marks().Replace(SpanishAnalysis.Fold(question.LayQuestion), "");
        var replaced = 0;
        foreach (var (legal, lay) in words)
        {
            if (replaced == MostReplaced) break;
            if (!text.Contains(lay, StringComparison.Ordinal) && legal.IsMatch(text)) (text, replaced) = (legal.Replace(text, lay, 1), replaced + 1);
        }
        return text;
    }

    [GeneratedRegex("[¿?«»“”\"()]")] private static partial Regex Marks();
}
