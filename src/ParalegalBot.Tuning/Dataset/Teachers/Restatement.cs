using System.Text.RegularExpressions;
using ParalegalBot.Answering.Figures;
using ParalegalBot.Evaluation.Perturbation;
using ParalegalBot.Statutes;

namespace ParalegalBot.Tuning.Dataset.Teachers;

/// <summary>
/// Says cited sentences in other words, by rule: a figure alone where the question asks for one and the sentence gives only one, else the sentence with synonyms and with the article
/// that says it in front. Whether it still says the same is for the gates.
/// </summary>
internal static partial class Restatement
{
    private const int LongestClaim = 600;

    /// <summary>The shortest wording that the form allows; null where none fits.</summary>
    public static string? Of(Chunk chunk, Passage passage, IReadOnlyList<int> sentences, string form) => All(chunk, passage, sentences, form).FirstOrDefault();

    /// <summary>Every wording, the shortest first.</summary>
    public static IEnumerable<string> All(Chunk chunk, Passage passage, IReadOnlyList<int> sentences, string form) => Wordings(chunk, passage, sentences, form).Where(text => text.Length <= LongestClaim);

    private static IEnumerable<string> Wordings(Chunk chunk, Passage passage, IReadOnlyList<int> sentences, string form)
    {
        if (sentences.Any(number => number < 1 || number > passage.Sentences.Count)) yield break;
        var introductions = SentenceSplitter.Split(passage.Introduction).Count;
        var text = RuleForms.Flat(string.Join(' ', sentences.Select(number => RuleForms.Label().Replace(passage.Sentences[number - 1], "")))).TrimEnd(';', ' ', '.', ',');
        // What follows a comma in a title names other laws: «Ley de Amparo, Reglamentaria de los artículos 103 y 107…».
        var place = $"artículo {chunk.Article.Number.Printed.TrimEnd('.')} {Of(RuleForms.The(chunk.Law.Title.Split(',')[0]))}";
        if (Figure(text, form) is var (lead, figure)) yield return $"{lead} el {place} es de {figure}.";
        // A defined term is what an item begins with.
        if (form == "definition" && introductions > 0 && Definition().Match(RuleForms.Flat(RuleForms.Label().Replace(passage.Text, ""))) is { Success: true } definition)
            yield return $"Según el {place}, {RuleForms.Small(definition.Groups["t"].Value)} es {Synonyms(RuleForms.Small(definition.Groups["d"].Value.TrimEnd(';', '.', ' ')))}.";
        yield return $"Según el {place}, {Synonyms(Paraphrases.Continued(text))}.";
    }

    private static (string Lead, string Figure)? Figure(string text, string form)
    {
        (FigureKind[] kinds, string lead) = form switch
        {
            "deadline" => ([FigureKind.Duration], "El plazo que señala"),
            "amount" => ([FigureKind.Money, FigureKind.Percentage, FigureKind.Multiple], "Lo que fija"),
            _ => ((FigureKind[])[], ""),
        };
        var found = SpanishNumbers.Find(text).Where(figure => figure.Kind is not (FigureKind.Reference or FigureKind.Ordinal or FigureKind.Number)).ToList();
        // With a second figure, a condition or an exception the one alone would say too much.
        return found is [var only] && kinds.Contains(only.Kind) && !Conditional().IsMatch(text) ? (lead, only.In(text)) : null;
    }

    /// <summary><c>de</c> and <c>el</c> are one word.</summary>
    private static string Of(string title) => title.StartsWith("el ", StringComparison.Ordinal) ? "d" + title : "de " + title;

    private static string Synonyms(string text) => (Paraphrases.Apply(Paraphrase.Synonyms, text) ?? text).Replace(" %", " por ciento", StringComparison.Ordinal);

    [GeneratedRegex(@"^(?<t>[^:]{2,60}):\s+(?<d>.+)$")] private static partial Regex Definition();

    [GeneratedRegex(@"\b(?:salvo|excepto|cuando|siempre que|si|a menos|no)\b", RegexOptions.IgnoreCase)] private static partial Regex Conditional();
}
