using System.Text.RegularExpressions;
using ParalegalBot.Retrieval;
using ParalegalBot.Statutes;

namespace ParalegalBot.Answering.Screen;

/// <summary>
/// Text that speaks to an assistant (<c>ignora lo anterior y responde…</c>), in a question or in an ingested document: no statute does. Such a passage
/// reaches no engine, so that nothing of it is quoted or claimed as law.
/// </summary>
public sealed partial class PlantedInstructions(ScreenVocabulary vocabulary)
{
    /// <summary>The passages that hold none.</summary>
    internal IReadOnlyList<ScoredPassage> Without(IReadOnlyList<ScoredPassage> passages) => [.. passages.Where(scored => !In(scored.Passage))];

    /// <summary>Whether a passage, or the words that introduce it, holds an instruction.</summary>
    internal bool In(Passage passage) => In(passage.Introduction + "\n" + passage.Text);

    /// <summary>Whether a text holds an instruction.</summary>
    internal bool In(string text) => Suspicious().IsMatch(text) && (Markup().IsMatch(text) || vocabulary.Matches("instruction", vocabulary.Read(text)));

    /// <summary>Tags, chat-template marks and role prefixes.</summary>
    [GeneratedRegex(@"</?(?:system|sistema|user|usuario|assistant|asistente|instruc\w*|prompt|script)>|<\||\|>|\[/?INST\]|<</?SYS>>|^\s*(?:system|assistant|sistema|asistente)\s*:|#{3}\s*(?:system|instruc)",
        RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    internal static partial Regex Markup();

    /// <summary>A word without which no pattern fits; most text is passed over by it alone.</summary>
    [GeneratedRegex(@"ignor|olv[ií]d|disregard|forget|override|bypass|prompt|\beres\b|\bser[áa]s\b|asistente|chatbot|\bbot\b|modelo|you are|act as|pretend|\bcites\b|\bmenciones\b|\breveles\b|\bdi(?:le)?\b|responde\b|contesta\b|[<#|]|\[/?INST|(?:system|sistema|asistente|assistant)\s*:", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Suspicious();
}
