using System.Text.RegularExpressions;
using ParalegalBot.Answering.Screen;
using ParalegalBot.Retrieval;
using ParalegalBot.Statutes;

namespace ParalegalBot.Answering;

/// <summary>
/// Stop 3, before anything is searched or logged: cleans and masks the question, and stops what must not or cannot be answered. The lists are data
/// (manifests/vocabulary/screen); what they do not foresee the classifier sees. It does not know whether the law answers; whoever is accused, in debt or a victim is let through.
/// </summary>
public sealed partial class QuestionScreen(ScreenVocabulary vocabulary, ScreenClassifier classifier, Func<IReadOnlyList<Statute>> laws)
{
    /// <summary>A longer question is not read, in characters.</summary>
    public const int LongestQuestion = 2_000;

    private readonly ForeignLaw foreign = new(vocabulary);
    private readonly PlantedInstructions planted = new(vocabulary);

    /// <summary>Reads the question in the order of concerns.</summary>
    public ScreenResult Look(Question question)
    {
        var text = PersonalData.Mask(WithoutControls(question.Text)).Trim();
        var masked = question with { Text = text, History = [.. question.History.Select(turn => turn with { Text = PersonalData.Mask(WithoutControls(turn.Text)) })] };
        if (!text.Any(char.IsLetterOrDigit)) return new ScreenResult(masked, "") { Reason = RefusalReason.Empty };
        if (text.Length > LongestQuestion) return new ScreenResult(masked with { Text = text[..LongestQuestion] }, "") { Reason = RefusalReason.TooLong };
        var read = vocabulary.Read(text);
        var (reason, subject) = Concern(text, read, masked.History.Count > 0);
        return new ScreenResult(masked, read) { Reason = reason, Subject = subject };
    }

    private (RefusalReason? Reason, string Subject) Concern(string text, string read, bool goesOn)
    {
        if (IsMarkup(text) || planted.In(text) || vocabulary.Matches("injection", read)) return (RefusalReason.Injection, "");
        if (vocabulary.Matches("self_harm", read)) return (RefusalReason.Emergency, "self_harm");
        if (vocabulary.Matches("violence", read)) return (RefusalReason.Emergency, "violence");
        if (vocabulary.Matches("harmful", read) && !vocabulary.Matches("rights", read)) return (RefusalReason.Harmful, "");
        if (vocabulary.IsNothingBut("greeting", read)) return (RefusalReason.OutOfScope, "greeting");
        if (!goesOn && !Word().IsMatch(text)) return (RefusalReason.Empty, "");
        if (vocabulary.Matches("identity", read) && !vocabulary.Matches("legal", WithoutIdentity(read))) return (RefusalReason.OutOfScope, "identity");
        if (foreign.Country(read) is { } country) return (RefusalReason.OtherJurisdiction, country);
        if (ForeignLaw.State(read) is { } state && !Holds(state) && (States.Names.Contains(state) || !vocabulary.Matches("held", read))) return (RefusalReason.OtherJurisdiction, state);
        var classified = Classified(text, read, goesOn);
        if (classified is { Reason: not RefusalReason.OutOfScope } stop) return stop;
        if (vocabulary.Matches("insult", read) && !vocabulary.Matches("legal", read)) return (RefusalReason.OutOfScope, "insult");
        if (vocabulary.Matches("offtopic_always", read)) return (RefusalReason.OutOfScope, "");
        if (vocabulary.Matches("offtopic", read) && !vocabulary.Matches("legal", read)) return (RefusalReason.OutOfScope, "");
        return vocabulary.Matters.FirstOrDefault(matter => matter.Pattern.IsMatch(read) && !Holds(matter.Law, matter.Title)) is { Title: { } title }
            ? (RefusalReason.LawNotLoaded, title)
            : classified ?? (null, "");
    }

    /// <summary>What the classifier makes of it. A follow-up says too little to be judged as no question of law, and words of law make one.</summary>
    private (RefusalReason? Reason, string Subject)? Classified(string text, string read, bool goesOn) => classifier.Of(text) switch
    {
        "harmful" => (RefusalReason.Harmful, ""),
        "injection" => (RefusalReason.Injection, ""),
        "self_harm" => (RefusalReason.Emergency, "self_harm"),
        "violence" => (RefusalReason.Emergency, "violence"),
        "insult" or "out_of_scope" when goesOn || vocabulary.Matches("legal", read) => null,
        "insult" => (RefusalReason.OutOfScope, "insult"),
        "out_of_scope" => (RefusalReason.OutOfScope, ""),
        _ => null,
    };

    private bool Holds(string state) => laws().Any(law => law.Order is LegalOrder.State && law.Entity is { } entity && SpanishAnalysis.Fold(entity) == SpanishAnalysis.Fold(state));

    private bool Holds(string abbreviation, string title) =>
        laws().Any(law => law.Abbreviation.Equals(abbreviation, StringComparison.OrdinalIgnoreCase) || SpanishAnalysis.Fold(law.Title) == SpanishAnalysis.Fold(title));

    /// <summary>"¿Eres abogado?" names the law without asking about it.</summary>
    private static string WithoutIdentity(string read) => read.Replace("abogad", "", StringComparison.Ordinal).Replace("lawyer", "", StringComparison.Ordinal);

    /// <summary>No question has tags; a document may.</summary>
    private static bool IsMarkup(string text) => Tag().IsMatch(text);

    private static string WithoutControls(string text) =>
        string.Concat(text.Where(c => c is '\n' or '\t' || !(char.IsControl(c) || char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.Format)));

    /// <summary>Three letters are the shortest that ask for anything: <c>¿IVA?</c>.</summary>
    [GeneratedRegex(@"\p{L}{3}")]
    private static partial Regex Word();

    [GeneratedRegex("</?[a-záéíóú_]{3,20}>", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Tag();
}
