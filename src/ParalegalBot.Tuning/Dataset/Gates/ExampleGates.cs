using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using ParalegalBot.Answering;
using ParalegalBot.Answering.Checks;
using ParalegalBot.Answering.Screen;
using ParalegalBot.Retrieval;
using ParalegalBot.Statutes;

namespace ParalegalBot.Tuning.Dataset.Gates;

/// <summary>The gates that an example passes by itself, in their order; the first that it fails drops it and counts it.</summary>
internal sealed partial class ExampleGates(CitationCheck check, LawDirectory laws, StatuteStore store, QuestionScreen screen, DateOnly asOf)
{
    private const int ShortestQuestion = 12, LongestQuestion = 320, ShortestClaim = 20, LongestClaim = 700, LongestShared = 12, ScreenAttempts = 50;

    private readonly ReferenceResolver resolver = new(store);
    private readonly ConcurrentDictionary<(string?, string, string?, string?), bool> known = new();

    /// <summary>Names in order.</summary>
    public static IReadOnlyList<string> Names { get; } = ["form", "quote", "figures", "proof", "citation", "giveaway", "language", "length", "safety"];

    /// <summary>Whether our own check proves every claim of a draft.</summary>
    public async ValueTask<bool> ProvesAsync(Chunk chunk, string question, Draft draft, CancellationToken cancellationToken) =>
        (await VerdictsAsync(chunk, question, draft, cancellationToken).ConfigureAwait(false)).All(verdict => verdict.Proved);

    /// <summary>The gate that drops it; null where it passes all.</summary>
    public async ValueTask<string?> FailedAsync(Chunk chunk, DatasetExample example, CancellationToken cancellationToken)
    {
        var passages = chunk.Article.Passages.ToDictionary(passage => passage.Id, StringComparer.Ordinal);
        var (question, claims) = (example.Question, example.Draft.Claims);
        if (!HasForm(example.Draft, question)) return "form";
        if (claims.Any(claim => !Quotes(claim, passages))) return "quote";
        var verdicts = await VerdictsAsync(chunk, question, example.Draft, cancellationToken).ConfigureAwait(false);
        if (verdicts.Any(verdict => verdict.Finding?.Check == "figures")) return "figures";
        if (verdicts.Any(verdict => !verdict.Proved)) return "proof";
        if (claims.Select(claim => claim.Text).Append(question).Any(text => !ReferencesExist(text, chunk))) return "citation";
        if (GivesAway(question, chunk, passages, claims)) return "giveaway";
        if (claims.Select(claim => claim.Text).Append(question).Any(text => !IsSpanish(text))) return "language";
        if (question.Length is < ShortestQuestion or > LongestQuestion || claims.Any(claim => claim.Text.Length is < ShortestClaim or > LongestClaim)) return "length";
        return IsSafe(question, claims) ? null : "safety";
    }

    private async ValueTask<IReadOnlyList<ClaimVerdict>> VerdictsAsync(Chunk chunk, string question, Draft draft, CancellationToken cancellationToken)
    {
        var found = new SearchResult { Passages = [.. chunk.Article.Passages.Select(passage => new ScoredPassage(passage, 1, new Dictionary<string, double>()))], References = [], Sufficiency = 1 };
        return (await check.ProveAsync(question, draft, found, asOf, cancellationToken).ConfigureAwait(false)).Verdicts;
    }

    private static bool HasForm(Draft draft, string question) =>
        question.Any(char.IsLetter) && !question.Contains('\n', StringComparison.Ordinal) && draft is { Verdict: DraftVerdict.Answer, Claims.Count: >= 1 and <= CitationCheck.MostClaims }
        && draft.Claims.All(claim => claim.Evidence.Count is >= 1 and <= 3 && claim.Evidence.All(evidence => evidence.Sentences.Count > 0) && claim.Text.Trim().EndsWith('.'));

    /// <summary>What a claim points at is there, and what it puts between quotation marks stands there letter by letter.</summary>
    private static bool Quotes(DraftClaim claim, Dictionary<string, Passage> passages) =>
        claim.Evidence.All(evidence => passages.TryGetValue(evidence.Passage, out var passage) && evidence.Sentences.All(number => number >= 1 && number <= passage.Sentences.Count))
        && Quoted().Matches(claim.Text).All(quote => claim.Evidence.Any(evidence => evidence.Sentences.Any(number => RulesText(passages[evidence.Passage].Sentences[number - 1]).Contains(RulesText(quote.Groups[1].Value), StringComparison.Ordinal))));

    private static string RulesText(string text) => Teachers.RuleForms.Flat(text);

    private bool ReferencesExist(string text, Chunk chunk) => laws.Parse(text).Where(reference => reference.Article is not null).All(reference =>
        known.GetOrAdd((reference.LawAsWritten is null ? chunk.Law.Abbreviation : reference.Law, reference.Article!, reference.Apartado, reference.Fraccion), _ =>
            resolver.Resolve(reference.LawAsWritten is null ? reference with { Law = chunk.Law.Abbreviation } : reference, asOf) is { Status: ReferenceStatus.Found }));

    /// <summary>A question that names its article, or repeats a dozen words of it, needs no search and no reading.</summary>
    private bool GivesAway(string question, Chunk chunk, Dictionary<string, Passage> passages, IReadOnlyList<DraftClaim> claims) =>
        laws.Parse(question).Any(reference => reference.Article is { } number && ArticleNumber.KeyOf(number) == chunk.Article.Number.Key)
        || claims.SelectMany(claim => claim.Evidence).Any(evidence => SharedRun.Longest(question, string.Join(' ', passages[evidence.Passage].Sentences)) >= LongestShared);

    /// <summary>English words and letters that no Spanish text has; the small words tell.</summary>
    private static bool IsSpanish(string text)
    {
        var words = SpanishAnalysis.Words(text).ToList();
        return words.Count > 0 && !words.Any(word => word.Any(c => char.IsLetter(c) && c > 'ɏ')) && words.Count(SmallWords.Contains) * 12 >= words.Count;
    }

    private bool IsSafe(string question, IReadOnlyList<DraftClaim> claims) =>
        Look(question) is { Reason: null } looked && looked.Question.Text == question.Trim()
        && claims.All(claim => PersonalData.Mask(claim.Text) == claim.Text);

    /// <summary>The screen's patterns have a time limit against hostile questions; on a machine that does much else, a thread that waits for its turn runs into it too.</summary>
    private ScreenResult Look(string question)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return screen.Look(new Question { Text = question, Channel = "dataset" });
            }
            catch (RegexMatchTimeoutException) when (attempt < ScreenAttempts)
            {
                Thread.Sleep(attempt);
            }
        }
    }

    private static readonly HashSet<string> SmallWords =
        [.. "de la el los las un una que en por para con se al del es son lo su a y o u no si qué que quién quien cómo como cuál cual cuándo cuando cuánto cuanto cuánta cuanta qué me mi te tu le les puede pueden debe hay según".Split(' ')];

    [GeneratedRegex("[«“\"]([^»”\"]{8,})[»”\"]")] private static partial Regex Quoted();
}
