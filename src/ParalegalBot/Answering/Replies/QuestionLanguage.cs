namespace ParalegalBot.Answering.Replies;

/// <summary>English or Spanish, by the small words of the question; in doubt Spanish.</summary>
internal static class QuestionLanguage
{
    private static readonly HashSet<string> English = ["the", "what", "how", "when", "my", "is", "are", "can", "do", "does", "i", "to", "of", "in", "for", "they", "must", "if", "which", "and", "should", "who", "much", "many", "an"];
    private static readonly HashSet<string> Spanish = ["el", "la", "que", "de", "en", "los", "las", "un", "una", "por", "para", "mi", "me", "si", "cuanto", "como", "es", "y", "se", "del", "al", "con", "le", "lo"];

    public static bool IsEnglish(string text)
    {
        var words = FoldedText.Of(text).Split([' ', ',', '.', '?', '¿', '!', '¡', ';', ':'], StringSplitOptions.RemoveEmptyEntries);
        return words.Count(English.Contains) > words.Count(Spanish.Contains) + 1;
    }
}
