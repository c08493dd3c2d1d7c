namespace ParalegalBot.Inference.Gguf.Drafts;

/// <summary>Where in a draft a state is: inside a fixed text (see <see cref="DraftGrammar"/>) or at a choice.</summary>
internal enum DraftPart : byte
{
    // Fixed texts, in the order of DraftGrammar.Texts.
    Opening,
    Answer,
    Insufficient,
    Clarify,
    Evidence,
    Sentences,
    ClaimText,
    Claim,
    Ending,
    CloseEvidence,
    CloseClaim,
    CloseDraft,

    // Choices.
    Verdict,
    Passage,
    Number,
    AfterEvidence,
    Text,
    AfterClaim,
    Clarification,
    Done,
}

/// <summary>A state of the grammar, small enough to be copied for every token that is tried.</summary>
internal struct DraftState
{
    public DraftPart Part;

    /// <summary>Bytes of a fixed text that are written.</summary>
    public byte At;

    /// <summary>Claims begun.</summary>
    public byte Claims;

    /// <summary>Passages begun in this claim.</summary>
    public byte Evidence;

    /// <summary>What a string's next byte must be: see <see cref="DraftText"/>.</summary>
    public DraftText Pending;

    /// <summary>Bytes of a string that are written.</summary>
    public short Length;

    /// <summary>Node of the passage trie.</summary>
    public int Node;

    /// <summary>Sentences of the passage.</summary>
    public int Sentences;

    /// <summary>The number before; numbers ascend.</summary>
    public int Last;

    /// <summary>The number that is being written; 0: none yet.</summary>
    public int Value;
}

/// <summary>Bytes that a string owes: the rest of a UTF-8 character (RFC 3629, table of section 4) or of an escape.</summary>
internal enum DraftText : byte
{
    Free,
    OneMore,
    TwoMore,
    ThreeMore,

    /// <summary>After E0: A0 to BF, so that the form is the shortest.</summary>
    AfterE0,

    /// <summary>After ED: 80 to 9F, so that it is no surrogate.</summary>
    AfterED,

    /// <summary>After F0: 90 to BF.</summary>
    AfterF0,

    /// <summary>After F4: 80 to 8F, up to U+10FFFF.</summary>
    AfterF4,
    Escape,
}
