namespace ParalegalBot.Answering.Checks;

/// <summary>What is known about how well an answer meets its question. Names are those of the thresholds file.</summary>
public static class AnswerFeatures
{
    /// <summary>Log-odds that one of the cited articles is the one asked for, from the fused scores, which are probabilities over articles.</summary>
    public const string Articles = "articles";

    /// <summary>Probability, 0 to 1, that what stop 4 found can answer the question at all.</summary>
    public const string Sufficiency = "sufficiency";

    /// <summary>1 where the answer is of the form asked for (for how much or when a figure, or that there is none to be), 0 where not, half where no form is asked for.</summary>
    public const string Form = "form";

    /// <summary>Share, 0 to 1, of the routes of stop 4 that put a cited article first, each on its own.</summary>
    public const string Agreement = "agreement";

    /// <summary>Cosine of the question with the closest written question of a cited article; 0 where it has none.</summary>
    public const string Asked = "asked";

    /// <summary>Words shared with that question, as a share of the asked words' weight, 0 to about 1.</summary>
    public const string AskedWords = "asked_words";

    /// <summary>How far <see cref="Asked"/> is beyond .6, as a share of the way to 1: hardly more than a coincidence below, nearly the same question above.</summary>
    public const string AskedAlike = "asked_alike";

    /// <summary>Log-odds of the first article alone.</summary>
    public const string First = "first";

    /// <summary>Entropy in nats of the probabilities over the articles that were found: whether many are possible or few.</summary>
    public const string Spread = "spread";

    /// <summary>How close the words of the question are to those of the closest cited article, 0 to 1.</summary>
    public const string Close = "close";

    /// <summary>Natural logarithm of one and the question's number of content words: a longer question says more.</summary>
    public const string Words = "words";

    /// <summary>How many articles are cited.</summary>
    public const string Cited = "cited";

    /// <summary>All names, in the order of the file.</summary>
    public static IReadOnlyList<string> Names { get; } = [Articles, Sufficiency, Form, Agreement, Asked, AskedWords, AskedAlike, First, Spread, Close, Words, Cited];
}
