using ParalegalBot.Answering;

namespace ParalegalBot.Evaluation.Perturbation;

/// <summary>How a true claim is turned into a false one.</summary>
public enum Change
{
    /// <summary>Another number.</summary>
    Number,

    /// <summary>Another unit: days for months, pesos for UMA.</summary>
    Unit,

    /// <summary>The other side of the relation.</summary>
    Party,

    /// <summary>May for must, or the other way round.</summary>
    Modality,

    /// <summary>A denial dropped or added.</summary>
    Negation,

    /// <summary>A condition or an exception dropped.</summary>
    Condition,

    /// <summary>Another article of the law.</summary>
    Article,

    /// <summary>Another law.</summary>
    Law,

    /// <summary>Another day, month or year.</summary>
    Date,

    /// <summary>At most for at least, before for after.</summary>
    Comparison,
}

/// <summary>How a sentence is said otherwise and stays true.</summary>
public enum Paraphrase
{
    /// <summary>Numbers in digits for words, and words for digits.</summary>
    Figures,

    /// <summary>The clause that begins goes to the end, or the other way round.</summary>
    Order,

    /// <summary>What stands in brackets is left out.</summary>
    Parenthesis,

    /// <summary>Words for words of the same meaning, present for future.</summary>
    Synonyms,

    /// <summary>Opened with article, law, or «la ley dispone que».</summary>
    Prefix,

    /// <summary>Opened with words of the question.</summary>
    Question,
}

/// <summary>A sentence of a law said truly and said falsely.</summary>
public sealed record ClaimPair
{
    /// <summary>The question that both claims answer.</summary>
    public required string Question { get; init; }

    /// <summary>What both point at.</summary>
    public required Citation Evidence { get; init; }

    /// <summary>How the true claim was made.</summary>
    public required Paraphrase Paraphrase { get; init; }

    /// <summary>The claim that must pass.</summary>
    public required string True { get; init; }

    /// <summary>What was changed in the false claim.</summary>
    public required Change Change { get; init; }

    /// <summary>The claim that must be dropped.</summary>
    public required string False { get; init; }
}
