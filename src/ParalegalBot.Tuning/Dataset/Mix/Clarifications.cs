using ParalegalBot.Answering;
using ParalegalBot.Tuning.Dataset.Teachers;

namespace ParalegalBot.Tuning.Dataset.Mix;

/// <summary>Questions that several articles of a law answer differently, so that one must be asked back: each is made of three examples of one form.</summary>
internal static class Clarifications
{
    private const int Choices = 3;

    private static readonly Dictionary<string, (string[] Formal, string[] Lay)> Asked = new(StringComparer.Ordinal)
    {
        ["deadline"] = (["¿Cuál es el plazo que fija {0}?", "¿De cuánto tiempo se dispone conforme a {0}?"], ["cuanto tiempo tengo segun {0}", "que plazo me dan en {0}", "hasta cuando puedo segun {0}"]),
        ["amount"] = (["¿Cuál es el monto que establece {0}?", "¿Qué cantidad corresponde conforme a {0}?"], ["cuanto es segun {0}", "de cuanto estamos hablando en {0}"]),
        ["sanction"] = (["¿Qué sanción impone {0}?", "¿Cuál es la pena prevista en {0}?"], ["que castigo me toca segun {0}", "de cuanto es la multa en {0}", "que pasa si no cumplo con {0}"]),
        ["requirement"] = (["¿Qué requisitos exige {0}?", "¿Qué debe acreditarse conforme a {0}?"], ["que papeles me piden en {0}", "que necesito segun {0}"]),
        ["competence"] = (["¿Qué autoridad es competente conforme a {0}?", "¿A quién corresponde resolver según {0}?"], ["a donde voy segun {0}", "quien ve eso en {0}"]),
        ["exception"] = (["¿Qué excepción prevé {0}?", "¿En qué caso no aplica lo que dispone {0}?"], ["hay excepciones en {0}?", "cuando no aplica {0}"]),
        ["right"] = (["¿Qué se puede hacer conforme a {0}?", "¿Qué permite {0}?"], ["puedo hacerlo segun {0}", "se puede segun {0}"]),
        ["duty"] = (["¿Quién está obligado conforme a {0}?", "¿Qué obligación impone {0}?"], ["que me toca hacer segun {0}", "quien tiene que hacerlo segun {0}"]),
        ["definition"] = (["¿Cuál es la definición que da {0}?", "¿Qué se entiende por ello en {0}?"], ["que significa eso en {0}", "que es eso en {0}"]),
    };

    /// <summary>At most <paramref name="most"/>, each question once, from the examples of one split.</summary>
    /// <param name="examples">In a random order.</param>
    /// <param name="title">A law's title by its abbreviation.</param>
    /// <param name="most">How many.</param>
    public static IEnumerable<(DatasetExample Example, IReadOnlyList<DatasetExample> Choices)> Of(IReadOnlyList<DatasetExample> examples, Func<string, string> title, int most)
    {
        var made = 0;
        var groups = examples.Where(example => Asked.ContainsKey(example.Form) && example.Style == "formal").GroupBy(example => (example.Law, example.Form))
            .Select(group => (group.Key, Choices: group.DistinctBy(example => example.Article).ToList())).Where(group => group.Choices.Count >= Choices).ToList();
        for (var round = 0; groups.Count > 0 && made < most && round < 5; round++)
            foreach (var ((law, form), choices) in groups)
            {
                var (formal, lay) = Asked[form];
                if (made == most || choices.Count < (round + 1) * Choices || round >= formal.Length + lay.Length) continue;
                var asked = round % 2 == 0 ? lay[round / 2 % lay.Length] : formal[round / 2 % formal.Length];
                var three = choices.Skip(round * Choices).Take(Choices).ToList();
                var name = RuleForms.The(title(law));
                made++;
                yield return (three[0] with
                {
                    Id = $"{three[0].Id}-c{round}", Kind = ExampleKind.Clarify, Style = round % 2 == 0 ? "lay" : "formal",
                    Question = string.Format(System.Globalization.CultureInfo.InvariantCulture, asked, round % 2 == 0 ? Retrieval.SpanishAnalysis.Fold(name) : name),
                    Draft = new Draft { Verdict = DraftVerdict.Clarify, Clarification = $"¿A qué se refiere? Por ejemplo: {string.Join(" ", three.Take(2).Select(choice => choice.Question))}" },
                }, three);
            }
    }
}
