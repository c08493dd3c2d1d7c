using System.Text;

namespace ParalegalBot.Inference.Gguf.Drafts;

/// <summary>
/// The draft's JSON as an automaton over bytes: compact, keys in the schema's order, passages only of the retrieved, sentence numbers
/// ascending and only existing ones, three passages a claim, six claims. Every state knows the fewest bytes to a complete draft, so a token
/// that would leave too few can be refused; and because every one of those bytes has a token of its own, there is always a token that can be taken.
/// </summary>
internal sealed class DraftGrammar(PassageTrie passages)
{
    /// <summary>Most claims.</summary>
    public const int MostClaims = 6;

    /// <summary>Most passages a claim.</summary>
    public const int MostEvidence = 3;

    /// <summary>Most bytes of a claim's or a clarification's text.</summary>
    public const int LongestText = 700;

    /// <summary>Fixed texts and what comes after each, by <see cref="DraftPart"/>.</summary>
    private static readonly (byte[] Bytes, DraftPart Next)[] Texts =
    [
        Fixed("""{"verdict":" """, DraftPart.Verdict),
        Fixed("""answer","claims":[{"evidence":[{"passage":" """, DraftPart.Passage),
        Fixed("""insufficient","claims":[],"clarification":null}""", DraftPart.Done),
        Fixed("""clarify","claims":[],"clarification":" """, DraftPart.Clarification),
        Fixed(""",{"passage":" """, DraftPart.Passage),
        Fixed(""","sentences":[""", DraftPart.Number),
        Fixed("""],"text":" """, DraftPart.Text),
        Fixed(""",{"evidence":[{"passage":" """, DraftPart.Passage),
        Fixed("""],"clarification":null}""", DraftPart.Done),
        Fixed("]}", DraftPart.AfterEvidence),
        Fixed("\"}", DraftPart.AfterClaim),
        Fixed("\"}", DraftPart.Done),
    ];

    /// <summary>Bytes of the shortest draft: insufficient.</summary>
    public static int Shortest { get; } = Texts[(int)DraftPart.Opening].Bytes.Length + Texts[(int)DraftPart.Insufficient].Bytes.Length;

    /// <summary>Bytes from the end of one passage's numbers to the end of the draft: the text's key, one letter, and all that closes.</summary>
    private static readonly int AfterNumbers = Length(DraftPart.CloseEvidence) + Length(DraftPart.ClaimText) + 1 + Length(DraftPart.CloseClaim) + Length(DraftPart.Ending);

    /// <summary>Nothing written.</summary>
    public static DraftState Start => default;

    /// <summary>All bytes that a shortest ending can be made of, ids included; each needs a token of its own.</summary>
    public IEnumerable<byte> Bytes => Texts.SelectMany(text => text.Bytes).Concat("0123456789,]a\"\\"u8.ToArray()).Concat(new byte[] { 0x80, 0x90, 0xA0 }).Concat(passages.Bytes).Distinct();

    /// <summary>Writes one byte; false: it cannot come here, and the state is spoilt.</summary>
    public bool Step(ref DraftState state, byte value)
    {
        if (state.Part < DraftPart.Verdict) return StepText(ref state, value);
        switch (state.Part)
        {
            case DraftPart.Verdict: return value switch
            {
                (byte)'a' when !passages.IsEmpty => Begin(ref state, DraftPart.Answer),
                (byte)'i' => Begin(ref state, DraftPart.Insufficient),
                (byte)'c' => Begin(ref state, DraftPart.Clarify),
                _ => false,
            };
            case DraftPart.Passage: return StepPassage(ref state, value);
            case DraftPart.Number: return StepNumber(ref state, value);
            case DraftPart.AfterEvidence: return value switch
            {
                (byte)',' when state.Evidence < MostEvidence => Begin(ref state, DraftPart.Evidence),
                (byte)']' => Begin(ref state, DraftPart.ClaimText),
                _ => false,
            };
            case DraftPart.Text or DraftPart.Clarification: return StepString(ref state, value);
            case DraftPart.AfterClaim: return value switch
            {
                (byte)',' when state.Claims < MostClaims => Begin(ref state, DraftPart.Claim),
                (byte)']' => Begin(ref state, DraftPart.Ending),
                _ => false,
            };
            default: return false;
        }
    }

    /// <summary>Fewest bytes from here to a complete draft.</summary>
    public int Left(in DraftState state)
    {
        var part = state.Part;
        if (part < DraftPart.Verdict) return Texts[(int)part].Bytes.Length - state.At + After(Texts[(int)part].Next);
        return part switch
        {
            DraftPart.Passage => passages.Left(state.Node) + Length(DraftPart.Sentences) + 1 + AfterNumbers,
            DraftPart.Number => Digits(state) + AfterNumbers,
            DraftPart.Text => Owed(state) + Length(DraftPart.CloseClaim) + Length(DraftPart.Ending),
            DraftPart.Clarification => Owed(state) + Length(DraftPart.CloseDraft),
            _ => After(part),
        };
    }

    private int After(DraftPart part) => part switch
    {
        DraftPart.Verdict => Length(DraftPart.Insufficient),
        DraftPart.Passage => passages.Left(0) + Length(DraftPart.Sentences) + 1 + AfterNumbers,
        DraftPart.Number => 1 + AfterNumbers,
        DraftPart.AfterEvidence => AfterNumbers - Length(DraftPart.CloseEvidence),
        DraftPart.Text => 1 + Length(DraftPart.CloseClaim) + Length(DraftPart.Ending),
        DraftPart.AfterClaim => Length(DraftPart.Ending),
        DraftPart.Clarification => 1 + Length(DraftPart.CloseDraft),
        _ => 0,
    };

    private static bool Begin(ref DraftState state, DraftPart text)
    {
        (state.Part, state.At) = (text, 1);
        if (text is DraftPart.Answer or DraftPart.Claim) (state.Claims, state.Evidence) = ((byte)(state.Claims + 1), 1);
        if (text is DraftPart.Evidence) state.Evidence++;
        return true;
    }

    private static bool StepText(ref DraftState state, byte value)
    {
        var (bytes, next) = Texts[(int)state.Part];
        if (bytes[state.At] != value) return false;
        if (++state.At < bytes.Length) return true;
        (state.Part, state.At) = (next, 0);
        (state.Node, state.Last, state.Value, state.Length, state.Pending) = (0, 0, 0, 0, DraftText.Free);
        return true;
    }

    private bool StepPassage(ref DraftState state, byte value)
    {
        state.Node = passages.Step(state.Node, value);
        if (state.Node < 0) return false;
        if (passages.Sentences(state.Node) is var count and > 0) (state.Part, state.At, state.Sentences) = (DraftPart.Sentences, 0, count);
        return true;
    }

    private static bool StepNumber(ref DraftState state, byte value)
    {
        var written = state.Value > state.Last && state.Value <= state.Sentences;
        if (value == ']' && written) return Begin(ref state, DraftPart.CloseEvidence);
        if (value == ',' && written && state.Value < state.Sentences)
        {
            (state.Last, state.Value) = (state.Value, 0);
            return true;
        }
        if (value is < (byte)'0' or > (byte)'9') return false;
        state.Value = state.Value * 10 + value - '0';
        return state.Value > 0 && Digits(state) < int.MaxValue;
    }

    /// <summary>Fewest digits that make of what is written a number above the last and not above the count; <see cref="int.MaxValue"/>: none.</summary>
    private static int Digits(in DraftState state)
    {
        var (low, high) = state.Value == 0 ? (1L, 9L) : (state.Value, (long)state.Value);
        for (var digits = state.Value == 0 ? 1 : 0; low <= state.Sentences; digits++, low *= 10, high = high * 10 + 9)
            if (high > state.Last) return digits;
        return int.MaxValue;
    }

    private static bool StepString(ref DraftState state, byte value)
    {
        var pending = state.Pending;
        if (pending is DraftText.Free && value == '"')
            return state.Length > 0 && Begin(ref state, state.Part is DraftPart.Text ? DraftPart.CloseClaim : DraftPart.CloseDraft);
        if (pending is DraftText.Free && (state.Length >= LongestText || (state.Length == 0 && value == ' '))) return false;
        state.Length++;
        DraftText? next = pending switch
        {
            DraftText.Free => Lead(value),
            DraftText.Escape => value is (byte)'"' or (byte)'\\' or (byte)'n' ? DraftText.Free : null,
            DraftText.OneMore => value is >= 0x80 and <= 0xBF ? DraftText.Free : null,
            DraftText.TwoMore => value is >= 0x80 and <= 0xBF ? DraftText.OneMore : null,
            DraftText.ThreeMore => value is >= 0x80 and <= 0xBF ? DraftText.TwoMore : null,
            DraftText.AfterE0 => value is >= 0xA0 and <= 0xBF ? DraftText.OneMore : null,
            DraftText.AfterED => value is >= 0x80 and <= 0x9F ? DraftText.OneMore : null,
            DraftText.AfterF0 => value is >= 0x90 and <= 0xBF ? DraftText.TwoMore : null,
            _ => value is >= 0x80 and <= 0x8F ? DraftText.TwoMore : null,
        };
        state.Pending = next ?? DraftText.Free;
        return next is not null;
    }

    private static DraftText? Lead(byte value) => value switch
    {
        (byte)'\\' => DraftText.Escape,
        < 0x20 or (>= 0x80 and < 0xC2) or > 0xF4 => null,
        < 0x80 => DraftText.Free,
        < 0xE0 => DraftText.OneMore,
        0xE0 => DraftText.AfterE0,
        0xED => DraftText.AfterED,
        < 0xF0 => DraftText.TwoMore,
        0xF0 => DraftText.AfterF0,
        0xF4 => DraftText.AfterF4,
        _ => DraftText.ThreeMore,
    };

    private static int Owed(in DraftState state) => state.Pending switch
    {
        DraftText.Free => state.Length == 0 ? 1 : 0,
        DraftText.OneMore or DraftText.Escape => 1,
        DraftText.TwoMore or DraftText.AfterE0 or DraftText.AfterED => 2,
        _ => 3,
    };

    private static int Length(DraftPart text) => Texts[(int)text].Bytes.Length;

    private static (byte[] Bytes, DraftPart Next) Fixed(string text, DraftPart next) => (Encoding.UTF8.GetBytes(text.TrimEnd(' ')), next);
}
