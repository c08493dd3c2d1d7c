using System.Text.RegularExpressions;
using ParalegalBot.Retrieval;

namespace ParalegalBot.Answering.Screen;

/// <summary>
/// An opening that only says who somebody is (<c>soy maya, ¿…?</c>). Searched for, such words lead to other passages for other people; so they are set aside, unless
/// the question says too little without them. It reads the opening alone: what is said of the person later in the question stays.
/// </summary>
public sealed partial class SelfDescription(ScreenVocabulary vocabulary)
{
    /// <summary>The question without such an opening.</summary>
    internal string Without(string question)
    {
        var opening = Opening().Match(question);
        if (!opening.Success) return question;
        var rest = question[opening.Length..];
        return SpanishAnalysis.Terms(opening.Value).All(term => vocabulary.TraitStems.Contains(term)) && !SpanishAnalysis.Terms(rest).All(vocabulary.GenericStems.Contains) ? rest : question;
    }

    [GeneratedRegex(@"^\s*(?:soy|somos|me llamo|mi nombre es|vengo|nací|uso|no tengo|tengo una)\s[^,.;:¿?!]{2,60}[,.;:]\s*(?=\S)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Opening();
}
