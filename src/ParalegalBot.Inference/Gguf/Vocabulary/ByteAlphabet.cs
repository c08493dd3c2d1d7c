namespace ParalegalBot.Inference.Gguf.Vocabulary;

/// <summary>
/// GPT-2's way to write any byte as a visible character: printable Latin-1 stands for itself, the 68 other bytes for U+0100 and up, in order
/// (Radford et al. 2019, encoder.py).
/// </summary>
internal static class ByteAlphabet
{
    private static readonly char[] Characters = Build();
    private static readonly Dictionary<char, byte> Bytes = Characters.Select((character, value) => (character, value)).ToDictionary(pair => pair.character, pair => (byte)pair.value);

    /// <summary>The bytes of a text, one character each.</summary>
    public static string Encode(ReadOnlySpan<byte> utf8)
    {
        Span<char> characters = utf8.Length <= 512 ? stackalloc char[utf8.Length] : new char[utf8.Length];
        for (var i = 0; i < utf8.Length; i++) characters[i] = Characters[utf8[i]];
        return new string(characters);
    }

    /// <summary>The bytes that a text in the alphabet stands for; other characters stand for themselves.</summary>
    public static byte[] Decode(string text)
    {
        var bytes = new List<byte>(text.Length);
        Span<byte> utf8 = stackalloc byte[4];
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.IsBmp && Bytes.TryGetValue((char)rune.Value, out var value)) bytes.Add(value);
            else bytes.AddRange(utf8[..rune.EncodeToUtf8(utf8)]);
        }
        return [.. bytes];
    }

    private static char[] Build()
    {
        var characters = new char[256];
        var other = 0x100;
        for (var value = 0; value < 256; value++)
            characters[value] = value is >= '!' and <= '~' or >= 0xA1 and <= 0xAC or >= 0xAE ? (char)value : (char)other++;
        return characters;
    }
}
