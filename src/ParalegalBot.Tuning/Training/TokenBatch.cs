namespace ParalegalBot.Tuning.Training;

/// <summary>Texts laid one behind the other, and what is to be predicted after each token.</summary>
internal sealed class TokenBatch
{
    /// <summary>A target that is not asked for.</summary>
    public const int None = -1;

    private readonly List<int> tokens = [], targets = [], positions = [];
    private readonly List<(int Start, int Length)> texts = [];

    public int Count => tokens.Count;

    public ReadOnlySpan<int> Tokens => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(tokens);

    public IReadOnlyList<int> Targets => targets;

    /// <summary>Each token's place in its text, from 0.</summary>
    public IReadOnlyList<int> Positions => positions;

    /// <summary>First token and length of each text.</summary>
    public IReadOnlyList<(int Start, int Length)> Texts => texts;

    /// <summary>Targets that are asked for.</summary>
    public int Asked => targets.Count(target => target != None);

    /// <summary>Adds a text: every token but the last is read, and the next is asked for where the text wants it learnt.</summary>
    public void Add(TrainingText text)
    {
        texts.Add((tokens.Count, text.Tokens.Count - 1));
        for (var i = 0; i < text.Tokens.Count - 1; i++)
        {
            tokens.Add(text.Tokens[i]);
            positions.Add(i);
            targets.Add(text.Learnt[i + 1] ? text.Tokens[i + 1] : None);
        }
    }
}

/// <summary>A text as tokens.</summary>
/// <param name="Tokens">Two or more.</param>
/// <param name="Learnt">Whether the model is to learn to write each token; the questions are not.</param>
internal sealed record TrainingText(IReadOnlyList<int> Tokens, IReadOnlyList<bool> Learnt);
