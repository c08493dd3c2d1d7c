namespace ParalegalBot.Answering.Checks;

/// <summary>What is known about how well an answer meets its question. Names are those of the thresholds file.</summary>
public static class AnswerFeatures
{
    /// <summary>Log-odds that one of the cited articles is the one asked for, from the fused scores, which are probabilities over articles.</summary>
    public const string Articles = "articles";

    /// <summary>Probability, 0 to 1, that what stop 4 found can answer the question at all.</summary>
    public const string Sufficiency = "sufficiency";

    /// <summary>1 where the answer is of the form asked for (a figure for how much or when), 0 where not, half where no form is asked for.</summary>
    public const string Form = "form";

    /// <summary>Share, 0 to 1, of the routes of stop 4 that put a cited article first, each on its own.</summary>
    public const string Agreement = "agreement";

    /// <summary>Cosine of the question with the closest written question of a cited article; 0 where it has none.</summary>
    public const string Asked = "asked";

    /// <summary>Words shared with that question, as a share of the asked words' weight, 0 to about 1.</summary>
    public const string AskedWords = "asked_words";

    /// <summary>All names, in the order of the file.</summary>
    public static IReadOnlyList<string> Names { get; } = [Articles, Sufficiency, Form, Agreement, Asked, AskedWords];
}
