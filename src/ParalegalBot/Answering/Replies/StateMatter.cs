using ParalegalBot.Answering.Screen;
using ParalegalBot.Statutes;

namespace ParalegalBot.Answering.Replies;

/// <summary>Federal codes on matters that the states govern (family, leases, common crimes): which matter, where an article is of one.</summary>
public sealed class StateMatter(ScreenVocabulary vocabulary)
{
    /// <summary><c>family</c>, <c>lease</c>, <c>civil</c>, <c>crime</c>, <c>procedure</c>; null where federal law is everyone's law.</summary>
    internal string? Of(IReadOnlyList<Passage> cited) => cited.Select(Of).FirstOrDefault(matter => matter is not null);

    private string? Of(Passage passage) => new ArticleNumber(passage.Article).Value is { } number
        ? vocabulary.StateMatters.FirstOrDefault(row => row.Law.Equals(passage.Law, StringComparison.OrdinalIgnoreCase) && number >= row.From && number <= row.To).Matter
        : null;
}
