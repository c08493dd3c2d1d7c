using System.Text.RegularExpressions;
using ParalegalBot.Statutes;

namespace ParalegalBot.Answering.Screen;

/// <summary>
/// Whether a question asks for the law of another country, or for a state's own law. Living in a state, or being from another country,
/// is not asking for its law: the person is answered with federal law and told where the state's law decides.
/// </summary>
public sealed partial class ForeignLaw(ScreenVocabulary vocabulary)
{
    /// <summary>The country whose law is asked for; null where none is.</summary>
    internal string? Country(string read)
    {
        read = read.Replace("estados unidos mexicanos ", "", StringComparison.Ordinal);
        var mexico = vocabulary.Matches("here", read);
        foreach (var (name, place, demonym) in vocabulary.Countries)
        {
            foreach (Match match in place.Matches(read))
            {
                var before = read[..match.Index];
                if (LawOf().IsMatch(before) || (!mexico && LivesIn().IsMatch(before) && !ComesFrom().IsMatch(before))) return name;
            }
            if (demonym?.Matches(read).Any(match => LawBefore().IsMatch(read[..match.Index])) == true) return name;
        }
        return null;
    }

    /// <summary>The state whose own law is asked for; null where none is.</summary>
    internal static string? State(string read)
    {
        foreach (var state in States.Names.OrderByDescending(name => name.Length))
            foreach (Match match in Regex.Matches(read, $"(?<=[ ¶])(?:{Regex.Escape(FoldedText.Of(state))}{(state == "Ciudad de México" ? "|cdmx|distrito federal" : "")}) "))
            {
                if (StateLawBefore().IsMatch(read[..match.Index]) || StateLawAfter().IsMatch(read[(match.Index + match.Length)..])) return state;
            }
        return StateLaw().IsMatch(read) ? "su estado" : null;
    }

    [GeneratedRegex(@"(?:ley|leyes|codigo|derecho|legislacion|constitucion|estatuto|tribunales|corte|normas?|jurisprudencia)(?: (?!mexic)[^ ¶]+){0,5} (?:de|en|del|para) (?:el |la |los )?$")]
    private static partial Regex LawOf();

    [GeneratedRegex(@"(?:^|[ ¶])(?:en|segun|dentro de) (?:el |la |los )?$")]
    private static partial Regex LivesIn();

    [GeneratedRegex(@"(?:compr\w*|naci\w*|nacid\w*|fabricad\w*|hech\w*|estudi\w*|cas\w*|titulad\w*|me case|viaje|cuenta|propiedad|familia|papa|mama|hij\w*|hermano)(?: [^ ¶]+){0,3} en (?:el |la |los )?$")]
    private static partial Regex ComesFrom();

    [GeneratedRegex(@"(?:ley|leyes|codigo(?: civil| penal| laboral| de trabajo| del trabajo)?|derecho|legislacion|constitucion|estatuto|sistema legal) (?:laboral |civil |penal |federal )?$")]
    private static partial Regex LawBefore();

    [GeneratedRegex(@"(?:codigo(?:s)?(?: [^ ¶]+){0,6}|ley(?:es)?(?: (?!federal)[^ ¶]+){0,10}|legislacion|constitucion|reglamento(?: [^ ¶]+){0,5}|normatividad|leyes locales|ley local|bando|congreso) (?:vigente )?(?:del?|en|para|aplicable en) (?:el |la )?(?:estado (?:libre y soberano )?de )?$")]
    private static partial Regex StateLawBefore();

    [GeneratedRegex(@"^(?:que|como)? ?(?:dice|establece|preve|marca|senala) (?:el codigo|la ley|su codigo|su ley) (?:local|estatal|civil local|penal local)")]
    private static partial Regex StateLawAfter();

    [GeneratedRegex(@"(?:ley|leyes|codigo|constitucion|legislacion|reglamento)(?: [^ ¶]+){0,3} (?:estatal(?:es)?|local(?:es)?|municipal(?:es)?|de mi estado|de mi municipio|del estado|del municipio) ")]
    private static partial Regex StateLaw();
}
