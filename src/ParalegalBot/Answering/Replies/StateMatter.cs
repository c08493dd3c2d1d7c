using ParalegalBot.Answering.Screen;
using ParalegalBot.Retrieval;
using ParalegalBot.Statutes;

namespace ParalegalBot.Answering.Replies;

/// <summary>Federal codes on matters that the states govern (family, leases, common crimes): which matter, where it is one.</summary>
public sealed class StateMatter(ScreenVocabulary vocabulary)
{
    /// <summary><c>family</c>, <c>lease</c>, <c>civil</c>, <c>crime</c>, <c>procedure</c>; null where federal law is everyone's law.</summary>
    internal string? Of(string question, IReadOnlyList<Passage> cited)
    {
        var said = SpanishAnalysis.Terms(question).Concat(cited.SelectMany(passage => SpanishAnalysis.Terms(string.Join(' ', passage.Sentences)))).ToHashSet();
        return vocabulary.StateMatters
            .Where(row => cited.Any(passage => passage.Law.Equals(row.Law, StringComparison.OrdinalIgnoreCase)))
            .OrderBy(row => row.Words == "*")
            .FirstOrDefault(row => row.Words == "*" || row.Words.Split(' ').Any(words => words.Split('+').All(word => said.Contains(SpanishAnalysis.Stem(word))))).Matter;
    }
}
