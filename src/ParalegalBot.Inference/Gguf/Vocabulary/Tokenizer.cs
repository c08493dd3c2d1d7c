namespace ParalegalBot.Inference.Gguf.Vocabulary;

/// <summary>A piece of a prompt.</summary>
/// <param name="Text">Its text.</param>
/// <param name="IsTemplate">Whether marks in it are marks. In what people and laws wrote they are plain text, so nobody can type a turn's end.</param>
internal readonly record struct PromptPart(string Text, bool IsTemplate);

/// <summary>Text to tokens: marks first, each whole, longest first; then the plain text between them.</summary>
internal sealed class Tokenizer(GgufVocabulary vocabulary, ITextEncoding encoding)
{
    /// <summary>The tokens of one text.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="marks">Whether marks in it are marks.</param>
    public List<int> Encode(string text, bool marks = false) => Encode([new PromptPart(text, marks)]);

    /// <summary>The tokens of a prompt; plain text of neighbouring parts is encoded as one.</summary>
    public List<int> Encode(IReadOnlyList<PromptPart> parts)
    {
        var tokens = new List<int>();
        var (plain, first) = ("", true);
        foreach (var (text, id) in parts.SelectMany(part => Fragments(part)))
        {
            if (id < 0)
            {
                plain += text;
                continue;
            }
            Flush();
            tokens.Add(id);
            first = true;
        }
        Flush();
        return tokens;

        void Flush()
        {
            if (plain.Length == 0) return;
            encoding.Encode(plain, first, tokens);
            (plain, first) = ("", false);
        }
    }

    private List<(string Text, int Id)> Fragments(PromptPart part)
    {
        var fragments = new List<(string Text, int Id)> { (part.Text, -1) };
        foreach (var id in vocabulary.Specials)
        {
            var mark = vocabulary.Text(id);
            if (!part.IsTemplate && vocabulary.Kind(id) is not TokenKind.UserDefined) continue;
            if (!part.Text.Contains(mark, StringComparison.Ordinal)) continue;
            fragments = [.. fragments.SelectMany(fragment => fragment.Id >= 0 ? [fragment] : Split(fragment.Text, mark, id))];
        }
        return fragments;
    }

    private static IEnumerable<(string Text, int Id)> Split(string text, string mark, int id)
    {
        var from = 0;
        for (var at = text.IndexOf(mark, StringComparison.Ordinal); at >= 0; at = text.IndexOf(mark, from, StringComparison.Ordinal))
        {
            if (at > from) yield return (text[from..at], -1);
            yield return ("", id);
            from = at + mark.Length;
        }
        if (from < text.Length) yield return (text[from..], -1);
    }
}
