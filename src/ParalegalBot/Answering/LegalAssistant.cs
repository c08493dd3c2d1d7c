using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ParalegalBot.Answering.Checks;
using ParalegalBot.Answering.Replies;
using ParalegalBot.Answering.Screen;
using ParalegalBot.Configuration;
using ParalegalBot.Records;
using ParalegalBot.Retrieval;
using ParalegalBot.Statutes;

namespace ParalegalBot.Answering;

/// <summary>Writes an answer to the audit log and gives its id; the question comes masked.</summary>
public delegate ValueTask<string> RecordAnswer(Question question, Answer answer, CancellationToken cancellationToken);

/// <summary>
/// The only orchestrator: a question in, an answer out, through stops 3 to 8. It fails closed: whatever throws on the way is a refusal or the
/// bare sources, never an unproved answer. It knows no channel, no engine and no law.
/// </summary>
public sealed class LegalAssistant(
    QuestionScreen screen, PlantedInstructions planted, SelfDescription described, EnglishWording english, Ambiguity ambiguity, PassageSearch search, DraftWriter writer, CitationCheck check, AnswerThresholds thresholds,
    RefusalWording refusals, AnswerWording wording, StatuteStore store, LawDirectory directory, RecordAnswer record, IOptions<FirmOptions> firm, TimeProvider time, ILogger<LegalAssistant> log)
{
    /// <summary>At most so many sources are shown beside or instead of an answer.</summary>
    public const int MostSources = 5;

    private const int Passages = 20;

    private readonly Neighbourhood neighbourhood = new(store);
    private readonly ReferenceReply references = new(store, directory);

    /// <summary>Answers, or refuses with a reason; throws only where the environment is broken. <paramref name="progress"/> gets short Spanish lines.</summary>
    public async Task<Answer> AnswerAsync(Question question, IProgress<string>? progress = null, CancellationToken cancellationToken = default)
    {
        var turn = new Turning(time, question.AsOf ?? DateOnly.FromDateTime(time.GetLocalNow().DateTime), QuestionLanguage.IsEnglish(question.Text));
        using var span = Stops.Begin("answer");
        var screened = screen.Look(question);
        turn.Lap("screen");
        var answer = screened.Reason is { } reason
            ? Refuse(turn, reason, screened.Subject)
            : question.Mode is ServiceMode.Closed
            ? Refuse(turn, RefusalReason.Closed)
            : await FindAndProveAsync(screened.Question, turn, progress, cancellationToken).ConfigureAwait(false);
        answer = wording.SayDemonstration(answer) with { AsOf = turn.AsOf, Timings = turn.Laps };
        answer = answer with { Id = await record(screened.Question, answer, cancellationToken).ConfigureAwait(false) };
        turn.Lap("record");
        return answer;
    }

    private async Task<Answer> FindAndProveAsync(Question question, Turning turn, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        if (question.History.Count == 0 && ambiguity.Choices(question.Text) is { } choices) return Clarify(turn, choices);
        SearchResult? found = null;
        try
        {
            progress?.Report("Buscando en las leyes cargadas…");
            var asked = english.InSpanish(described.Without(FollowUp.Resolve(question)));
            found = await search.SearchAsync(new SearchRequest(asked, turn.AsOf, Passages, Laws()), cancellationToken).ConfigureAwait(false);
            found = found with { Passages = planted.Without(found.Passages) };
            turn.Lap("search");
            if (references.Stop(found) is var (reason, subject, nearest)) return Refuse(turn, reason, subject, nearest) with { Retrieved = Ranked(found) };
            if (question.Mode is ServiceMode.SourcesOnly) return found.Passages.Count > 0 ? Sources(question, turn, found) with { Retrieved = Ranked(found) } : Refuse(turn, RefusalReason.NotFound);
            if (references.Derogation(found, asked, turn.AsOf) is { } derogation) return wording.Cited(question, [derogation], firm.Value, turn.English) with { Retrieved = Ranked(found) };
            if (references.Laws(found, asked, turn.AsOf) is { } laws) return Clarify(turn, laws) with { Retrieved = Ranked(found) };
            if (found.Passages.Count == 0) return Refuse(turn, RefusalReason.NotFound);

            progress?.Report("Redactando con los artículos encontrados…");
            var prompt = GroundedPrompt.Build(asked, planted.Without(neighbourhood.Widen(found, turn.AsOf).Passages));
            turn.Lap("prompt");
            var draft = await writer.WriteAsync(prompt, new Asker(question.Person, progress), cancellationToken).ConfigureAwait(false);
            turn.Lap("draft");

            progress?.Report("Comprobando cada afirmación…");
            var trace = await check.ProveAsync(asked, draft, found with { Passages = prompt.Passages }, turn.AsOf, cancellationToken).ConfigureAwait(false);
            turn.Lap("check");
            return Conclude(question, turn, found, draft, trace) with { Retrieved = Ranked(found), Trace = trace };
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            log.Unanswered(question.Channel, failure);
            var trouble = (failure as EngineUnavailableException)?.Trouble.ToString() ?? "";
            return found is { Passages.Count: > 0 }
                ? Sources(question, turn, found, RefusalReason.Unavailable, trouble) with { Retrieved = Ranked(found) }
                : Refuse(turn, RefusalReason.Unavailable, trouble);
        }
    }

    private Answer Conclude(Question question, Turning turn, SearchResult found, Draft draft, AnswerTrace trace)
    {
        if (draft.Verdict is DraftVerdict.Clarify) return Clarify(turn, ambiguity.General, draft.Clarification);
        var claims = trace.Claims()
            .Select(verdict => new Claim(verdict.Text, verdict.Citations, Math.Min(verdict.Support, trace.Confidence))).ToList();
        if (draft.Verdict is DraftVerdict.Answer && claims.Count > 0 && (trace.Confidence >= thresholds.Answer || Named(found, claims)))
            return wording.Cited(question, claims, firm.Value, turn.English);
        return found.Sufficiency >= thresholds.Sources ? Sources(question, turn, found) : Refuse(turn, RefusalReason.NotFound);
    }

    /// <summary>Whoever names an article asks what it says: printing it needs no estimate of whether it is the right one.</summary>
    private static bool Named(SearchResult found, IReadOnlyList<Claim> claims)
    {
        var named = found.Passages.Where(scored => scored.Routes.ContainsKey("exact")).Select(scored => scored.Passage.Id).ToHashSet();
        return claims.SelectMany(claim => claim.Citations).All(citation => named.Contains(citation.Passage.Id));
    }

    private Answer.SourcesOnly Sources(Question question, Turning turn, SearchResult found, RefusalReason reason = RefusalReason.Unproved, string subject = "")
    {
        var sources = found.Passages.Select(scored => scored.Passage).DistinctBy(passage => (passage.Law, passage.Article)).Take(MostSources).ToList();
        var (_, help) = refusals.Say(reason, subject, turn.English, firm.Value.BotName);
        return wording.SourcesOnly(question, sources, firm.Value, turn.English) with { Help = help };
    }

    private Answer.Refused Refuse(Turning turn, RefusalReason reason, string subject = "", IReadOnlyList<Passage>? nearest = null)
    {
        var (text, help) = refusals.Say(reason, subject, turn.English, firm.Value.BotName);
        return new Answer.Refused { Reason = reason, Text = text, Help = help, Sources = nearest ?? [] };
    }

    private static Answer.Clarification Clarify(Turning turn, IReadOnlyList<string> choices, string? text = null) => new()
    {
        Text = text ?? (turn.English ? "What is your question about?" : "Para responderle necesito un dato más: ¿a qué se refiere?"),
        Choices = choices,
    };

    private HashSet<string>? Laws() => firm.Value.Laws.Count == 0 ? null : firm.Value.Laws.ToHashSet(StringComparer.OrdinalIgnoreCase);

    private static IReadOnlyList<Passage> Ranked(SearchResult found) => [.. found.Passages.Take(Passages).Select(scored => scored.Passage)];

    /// <summary>What holds for one turn: its date, its language, and how long each stop took.</summary>
    private sealed class Turning(TimeProvider time, DateOnly asOf, bool english)
    {
        private readonly Dictionary<string, double> laps = [];
        private long last = time.GetTimestamp();

        public DateOnly AsOf => asOf;

        public bool English => english;

        public IReadOnlyDictionary<string, double> Laps => laps;

        public void Lap(string stop)
        {
            var took = time.GetElapsedTime(last);
            laps[stop] = took.TotalMilliseconds;
            Stops.Passed(stop, time.GetUtcNow(), took);
            last = time.GetTimestamp();
        }
    }
}
