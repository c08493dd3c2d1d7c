using ParalegalBot.Answering;
using ParalegalBot.Statutes;

namespace ParalegalBot.Conversations;

/// <summary>
/// An answer as every channel shows it: claims with numbered citations, each citation with what the law's record says about its text.
/// It knows nothing of HTML, cards or messages, and it is plain data, so that a conversation can keep it.
/// </summary>
public sealed record Reply
{
    /// <summary>Id of the answer in the audit log.</summary>
    public required string Id { get; init; }

    /// <summary><c>cited</c>, <c>sources</c>, <c>clarify</c> or <c>refused</c>.</summary>
    public required string Outcome { get; init; }

    /// <summary>Why it was refused, in snake_case; null for the other outcomes.</summary>
    public string? Reason { get; init; }

    /// <summary>What became of the question, in a few plain words.</summary>
    public string Headline => ReplyHeadline.Of(Outcome, Reason);

    /// <summary>The whole answer as the assistant wrote it; earlier turns of a conversation are remembered by it.</summary>
    public required string Text { get; init; }

    /// <summary>What is read first, one paragraph a line: that only federal law is cited, and where there are no claims, the message.</summary>
    public IReadOnlyList<string> Opening { get; init; } = [];

    /// <summary>The line that tells an answer of the starter set from one on official texts; null for the latter.</summary>
    public string? Demonstration { get; init; }

    /// <summary>That this is no legal advice, and who answers for it; null after the first turn of a conversation.</summary>
    public string? NotAdvice { get; init; }

    /// <summary>The claims, in the order shown.</summary>
    public IReadOnlyList<ReplyClaim> Claims { get; init; } = [];

    /// <summary>What the claims stand on, numbered from 1.</summary>
    public IReadOnlyList<ReplySource> Citations { get; init; } = [];

    /// <summary>Shown beside or instead of an answer; not numbered.</summary>
    public IReadOnlyList<ReplySource> Sources { get; init; } = [];

    /// <summary>What would help; null where nothing is to be said.</summary>
    public string? Help { get; init; }

    /// <summary>What the person may choose from.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>How each claim of the draft was checked, shown or dropped; empty where no engine was asked.</summary>
    public IReadOnlyList<ReplyVerdict> Verdicts { get; init; } = [];

    /// <summary>The date for which the law was asked.</summary>
    public DateOnly AsOf { get; init; }

    /// <summary>Renders an answer; <paramref name="statute"/> gives a law by its abbreviation, or null.</summary>
    public static Reply From(Answer answer, Func<string, Statute?> statute)
    {
        var json = AnswerJson.From(answer);
        var numbered = new List<Citation>();
        var claims = ((answer as Answer.Cited)?.Claims ?? [])
            .Select(claim => new ReplyClaim(claim.Text, [.. claim.Citations.Select(citation => NumberOf(citation, numbered))]))
            .ToList();
        return new Reply
        {
            Id = answer.Id,
            Outcome = json.Outcome,
            Reason = json.Reason,
            Text = answer.Text,
            Opening = [.. Notices(answer, NoticeKind.Jurisdiction), .. answer is Answer.Cited ? [] : answer.Message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)],
            Demonstration = Notices(answer, NoticeKind.Demonstration).FirstOrDefault(),
            NotAdvice = Notices(answer, NoticeKind.NotAdvice).FirstOrDefault(),
            Claims = claims,
            Citations = [.. numbered.Select((citation, index) => ReplySource.From(citation.Passage, citation.Quote, index + 1, statute))],
            Sources = [.. answer.Sources.Select(passage => ReplySource.From(passage, passage.Text, null, statute))],
            Help = answer.Help,
            Choices = json.Choices,
            Verdicts = [.. (answer.Trace?.Verdicts ?? []).Select(ReplyVerdict.From)],
            AsOf = answer.AsOf,
        };
    }

    private static IEnumerable<string> Notices(Answer answer, NoticeKind kind) => answer.Notices.Where(notice => notice.Kind == kind).Select(notice => notice.Text);

    private static int NumberOf(Citation citation, List<Citation> numbered)
    {
        var index = numbered.FindIndex(known => known.Passage.Id == citation.Passage.Id && known.Sentences.SequenceEqual(citation.Sentences));
        if (index < 0)
        {
            numbered.Add(citation);
            index = numbered.Count - 1;
        }
        return index + 1;
    }
}

/// <summary>A proved statement and the numbers of the citations that it stands on.</summary>
/// <param name="Text">The statement.</param>
/// <param name="Citations">Numbers into <see cref="Reply.Citations"/>, from 1.</param>
public sealed record ReplyClaim(string Text, IReadOnlyList<int> Citations);
