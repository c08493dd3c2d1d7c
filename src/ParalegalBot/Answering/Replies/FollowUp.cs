using System.Text.RegularExpressions;
using ParalegalBot.Retrieval;

namespace ParalegalBot.Answering.Replies;

/// <summary>Makes a follow-up stand alone before anything is searched: <c>¿y si llevo 5 años?</c> takes up the last question of the conversation.</summary>
internal static partial class FollowUp
{
    /// <summary>The question by itself, or with the words of the person's last question before it.</summary>
    public static string Resolve(Question question)
    {
        var before = question.History.Where(turn => turn.Role == "user").Select(turn => turn.Text).ToList();
        if (before.Count == 0 || !LeansBack(question.Text)) return question.Text;
        var last = LeansBack(before[^1]) && before.Count > 1 ? before[^2] + " " + before[^1] : before[^1];
        return $"{last} {question.Text}";
    }

    /// <summary>Whether the text is a follow-up: it begins as one, points back, or is too short to stand alone.</summary>
    public static bool LeansBack(string text) =>
        Beginning().IsMatch(FoldedText.Of(text)) || PointsBack().IsMatch(FoldedText.Of(text)) || SpanishAnalysis.Terms(text).Count <= 3;

    [GeneratedRegex(@"^\W*(?:ok|bueno|oye|pues|entonces|gracias|ah)?\W*(?:y|e|o|entonces|pero|tambien|ademas|and|but|then)\b")]
    private static partial Regex Beginning();

    [GeneratedRegex(@"\b(?:eso|esa|ese|esto|ahi|lo mismo|en ese caso|en tal caso|al respecto|anterior|that|it)\b")]
    private static partial Regex PointsBack();
}
