namespace ParalegalBot.Inference.Gguf.Vocabulary;

/// <summary>What a token is; the values are those of <c>tokenizer.ggml.token_type</c>.</summary>
internal enum TokenKind : byte
{
    Normal = 1,
    Unknown = 2,

    /// <summary>A mark such as <c>&lt;|eot_id|&gt;</c>: no text can produce it.</summary>
    Control = 3,

    /// <summary>Text that is always this one token.</summary>
    UserDefined = 4,
    Unused = 5,

    /// <summary>One byte, for text that has no other token (<c>&lt;0x0A&gt;</c>).</summary>
    Byte = 6,
}
