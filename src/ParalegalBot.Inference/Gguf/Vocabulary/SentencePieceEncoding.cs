using System.Globalization;
using System.Text;

namespace ParalegalBot.Inference.Gguf.Vocabulary;

/// <summary>SentencePiece's byte-pair model: spaces are the character ▁, the pair whose merged piece scores best is merged first, and what is no piece becomes bytes.</summary>
internal sealed class SentencePieceEncoding(GgufVocabulary vocabulary, float[] scores, bool spaceFirst) : ITextEncoding
{
    /// <summary>Stands for a space in pieces.</summary>
    public const char Space = '\u2581';

    private readonly int[] bytes = [.. Enumerable.Range(0, 256).Select(value => ByteToken(vocabulary, value))];

    public void Encode(string text, bool first, List<int> tokens)
    {
        var escaped = (spaceFirst && first ? " " + text : text).Replace(' ', Space);
        var starts = new List<int>(escaped.Length + 1);
        for (var at = 0; at < escaped.Length; at += Rune.TryGetRuneAt(escaped, at, out var rune) ? rune.Utf16SequenceLength : 1) starts.Add(at);
        starts.Add(escaped.Length);
        foreach (var range in SymbolMerge.Run(escaped, starts, Urgency))
        {
            var symbol = escaped.AsSpan()[range];
            if (vocabulary.Id(symbol) is var id and >= 0)
            {
                tokens.Add(id);
                continue;
            }
            foreach (var value in Encoding.UTF8.GetBytes(symbol.ToString()))
                if (bytes[value] >= 0) tokens.Add(bytes[value]);
        }
    }

    private float? Urgency(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        Span<char> merged = left.Length + right.Length <= 256 ? stackalloc char[left.Length + right.Length] : new char[left.Length + right.Length];
        left.CopyTo(merged);
        right.CopyTo(merged[left.Length..]);
        return vocabulary.Id(merged) is var id and >= 0 ? -scores[id] : null;
    }

    private static int ByteToken(GgufVocabulary vocabulary, int value)
    {
        var id = vocabulary.Id(string.Create(CultureInfo.InvariantCulture, $"<0x{value:X2}>"));
        return id >= 0 ? id : vocabulary.Id(((char)value).ToString());
    }
}
