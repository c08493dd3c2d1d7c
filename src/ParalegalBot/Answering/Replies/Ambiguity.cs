using ParalegalBot.Answering.Screen;
using ParalegalBot.Retrieval;

namespace ParalegalBot.Answering.Replies;

/// <summary>Sees that a question says too little to be searched (<c>¿cuántos días me tocan?</c>) and what to ask back.</summary>
public sealed class Ambiguity(ScreenVocabulary vocabulary, Vocabulary thesaurus)
{
    /// <summary>The choices to offer; null where the question says what it is about.</summary>
    internal IReadOnlyList<string>? Choices(string question)
    {
        var terms = SpanishAnalysis.Terms(thesaurus.Correct(question)).ToHashSet();
        if (question.Any(char.IsAsciiDigit) || !terms.All(vocabulary.GenericStems.Contains)) return null;
        return vocabulary.Ambiguities.First(row => row.Ask == "-" || row.Stems.Overlaps(terms)).Choices;
    }

    /// <summary>What to offer where nothing better is known.</summary>
    internal IReadOnlyList<string> General => vocabulary.Ambiguities.Single(row => row.Ask == "-").Choices;
}
