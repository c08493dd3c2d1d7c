using ParalegalBot.Answering.Checks;
using ParalegalBot.Statutes;

namespace ParalegalBot.Answering;

/// <summary>
/// What the assistant says, a closed family: match on <see cref="Cited"/>, <see cref="SourcesOnly"/>, <see cref="Clarification"/>,
/// <see cref="Refused"/>. A refusal is a value.
/// </summary>
public abstract record Answer
{
    private Answer() { }

    /// <summary>Id of the answer in the audit log.</summary>
    public string Id { get; init; } = "";

    /// <summary>The whole reply as plain text, in the language of the question.</summary>
    public required string Text { get; init; }

    /// <summary>What is said where there are no claims: the refusal, the question back, the line above the sources; the whole text unless something stands around it.</summary>
    public string Message { get => field ?? Text; init; }

    /// <summary>What must be said beside claims, message and sources; <see cref="Text"/> holds it as well.</summary>
    public IReadOnlyList<Notice> Notices { get; init; } = [];

    /// <summary>The date for which the law was asked.</summary>
    public DateOnly AsOf { get; init; }

    /// <summary>Shown beside or instead of an answer, at most five.</summary>
    public IReadOnlyList<Passage> Sources { get; init; } = [];

    /// <summary>What would help: what to add to the question, whom to ask; null where nothing is to be said.</summary>
    public string? Help { get; init; }

    /// <summary>Ranked passages that stop 4 retrieved, at most twenty; for evaluation.</summary>
    public IReadOnlyList<Passage> Retrieved { get; init; } = [];

    /// <summary>Milliseconds per stop.</summary>
    public IReadOnlyDictionary<string, double> Timings { get; init; } = new Dictionary<string, double>();

    /// <summary>How it came about: each claim's verdict, features, confidence; null where no engine was asked.</summary>
    public AnswerTrace? Trace { get; init; }

    /// <summary>Claims, each proved.</summary>
    public sealed record Cited : Answer
    {
        /// <summary>At most six claims, in the order shown.</summary>
        public required IReadOnlyList<Claim> Claims { get; init; }
    }

    /// <summary>No verified wording, but these articles speak of it.</summary>
    public sealed record SourcesOnly : Answer;

    /// <summary>One short question back, with choices.</summary>
    public sealed record Clarification : Answer
    {
        /// <summary>What the person may choose from.</summary>
        public required IReadOnlyList<string> Choices { get; init; }
    }

    /// <summary>No answer, and why.</summary>
    public sealed record Refused : Answer
    {
        /// <summary>Why.</summary>
        public required RefusalReason Reason { get; init; }
    }
}

/// <summary>A statement and the passages that prove it.</summary>
/// <param name="Text">The statement as shown.</param>
/// <param name="Citations">What it stands on; never empty in a shown answer.</param>
/// <param name="Score">Calibrated probability that the citations support it.</param>
public sealed record Claim(string Text, IReadOnlyList<Citation> Citations, double Score);

/// <summary>A passage and the very sentences of it that a claim stands on.</summary>
/// <param name="Passage">The passage.</param>
/// <param name="Sentences">Numbers of the sentences, from 1, ascending.</param>
public sealed record Citation(Passage Passage, IReadOnlyList<int> Sentences)
{
    /// <summary>
    /// The cited sentences, copied from the store. The sentence that introduces a fracción stands elsewhere in the article: it is left out
    /// where the fracción itself is cited, so that a quote is one piece of the law.
    /// </summary>
    public string Quote
    {
        get
        {
            var introduction = SentenceSplitter.Split(Passage.Introduction).Count;
            var own = Sentences.Where(number => number > introduction).ToList();
            return string.Join(' ', (own.Count > 0 ? own : Sentences).Select(number => Passage.Sentences[number - 1]));
        }
    }

    /// <summary>All cited sentences, the introduction among them: what a claim is proved against.</summary>
    public string Evidence => string.Join(' ', Sentences.Select(number => Passage.Sentences[number - 1]));
}

/// <summary>Why no answer was given. The JSON name is the snake_case form.</summary>
public enum RefusalReason
{
    /// <summary>The question is empty.</summary>
    Empty,

    /// <summary>The question is too long.</summary>
    TooLong,

    /// <summary>It asks for help in harming somebody or evading the law.</summary>
    Harmful,

    /// <summary>It tries to change the assistant's instructions.</summary>
    Injection,

    /// <summary>It is not a question of law.</summary>
    OutOfScope,

    /// <summary>It asks for the law of another country or of a state that is not loaded.</summary>
    OtherJurisdiction,

    /// <summary>It names a law that is not loaded.</summary>
    LawNotLoaded,

    /// <summary>It names an article that the law does not have.</summary>
    NonexistentArticle,

    /// <summary>The text asked for was not in force on the date.</summary>
    NotInForce,

    /// <summary>Nothing loaded answers it.</summary>
    NotFound,

    /// <summary>The question presumes something that the loaded law does not say.</summary>
    FalsePremise,

    /// <summary>Nothing that the engine wrote could be proved.</summary>
    Unproved,

    /// <summary>The engine or the check could not run.</summary>
    Unavailable,

    /// <summary>The firm has closed the service for now.</summary>
    Closed,

    /// <summary>The person needs a human first (danger, self-harm).</summary>
    Emergency,
}
