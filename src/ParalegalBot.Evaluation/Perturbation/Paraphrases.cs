using System.Text.RegularExpressions;

namespace ParalegalBot.Evaluation.Perturbation;

/// <summary>Says a sentence otherwise without changing what it says.</summary>
internal static partial class Paraphrases
{
    private static readonly WordSwap Synonyms = new(
    [
        ("no podrá", "no puede"), ("no podrán", "no pueden"), ("podrá", "puede"), ("podrán", "pueden"), ("deberá", "debe"), ("deberán", "tienen que"), ("será", "es"), ("serán", "son"),
        ("tendrá", "tiene"), ("tendrán", "tienen"), ("estará", "está"), ("estarán", "están"), ("salvo", "excepto"), ("excepto", "salvo"), ("siempre que", "siempre y cuando"), ("por lo menos", "al menos"),
        ("cuando menos", "al menos"), ("por ciento", "%"), ("conforme a", "de acuerdo con"), ("mediante", "por medio de"), ("patrón", "empleador"), ("arrendatario", "inquilino"),
        ("únicamente", "sólo"), ("asimismo", "además"), ("se entiende por", "se llama"), ("en los términos de", "según"), ("dicho", "ese"), ("dicha", "esa"), ("a efecto de", "para"),
        ("queda prohibido", "está prohibido"), ("no excederá de", "no puede exceder de"), ("con motivo de", "por"), ("por conducto de", "a través de"), ("con anterioridad a", "antes de"),
    ]);

    /// <summary>The paraphrase; null where the kind does not apply. Prefix and question need more than the sentence (<see cref="PairGenerator"/>).</summary>
    public static string? Apply(Paraphrase kind, string text) => kind switch
    {
        Paraphrase.Figures => NumberSwap.Rewrite(text),
        Paraphrase.Order => Reordered(text),
        Paraphrase.Parenthesis => Brackets().Replace(text, "") is var without && without != text ? without : null,
        Paraphrase.Synonyms => Synonyms.All(text),
        _ => null,
    };

    /// <summary>Lower case where the sentence goes on after other words; a label in front goes.</summary>
    public static string Continued(string text)
    {
        text = Label().Replace(text, "");
        return text.Length > 1 && char.IsUpper(text[0]) && char.IsLower(text[1]) && Article().IsMatch(text) ? char.ToLowerInvariant(text[0]) + text[1..] : text;
    }

    private static string? Reordered(string text)
    {
        if (Fronted().Match(text) is { Success: true } front)
            return $"{Capital(front.Groups["main"].Value)}, {Continued(front.Groups["clause"].Value)}.";
        return Trailing().Match(text) is { Success: true } end ? $"{Capital(end.Groups["clause"].Value)}, {Continued(end.Groups["main"].Value)}." : null;
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    [GeneratedRegex(@"^(?<clause>(?:Si|Cuando|En caso de)\s[^,.;:]{10,}),\s(?<main>[^,.;:]{20,})\.$")]
    private static partial Regex Fronted();

    [GeneratedRegex(@"^(?<main>[^,.;:]{20,}),?\s(?<clause>(?:cuando|en caso de|salvo|a menos que|siempre que)\s[^,.;:]{10,})\.$")]
    private static partial Regex Trailing();

    [GeneratedRegex(@"\s*\([^()]{3,80}\)")]
    private static partial Regex Brackets();

    [GeneratedRegex(@"^(?:[IVXL]+\.|[a-zñ]\)|[A-Z]\.)\s+")]
    private static partial Regex Label();

    /// <summary>Words that are written small inside a sentence; a name keeps its capital.</summary>
    [GeneratedRegex(@"^(?:El|La|Los|Las|Un|Una|Se|Si|Cuando|En|Para|Por|Todo|Toda|Todos|Todas|No|Al|A|De|Del|Quien|Quienes|Cada|Sólo|Son|Es|Será|Serán|Salvo|Cualquier|Ningún|Ninguna|Esta|Este|Queda|Podrá|Podrán|Deberá|Deberán)\b")]
    private static partial Regex Article();
}
