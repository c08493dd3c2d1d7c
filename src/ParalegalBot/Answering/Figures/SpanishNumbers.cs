namespace ParalegalBot.Answering.Figures;

/// <summary>
/// Finds the figures of a Spanish text. Digits and words are one (<c>doce</c>, <c>12</c>); <c>un</c> is a number only before something that
/// is counted, <c>tercero</c> a rank only where it is not a person, <c>segundo</c> a unit only where it is counted.
/// It knows no law: what a figure means is for the checks.
/// </summary>
public static class SpanishNumbers
{
    /// <summary>The figures in the order of the text; spans never overlap.</summary>
    public static IReadOnlyList<Figure> Find(string text)
    {
        var tokens = FigureToken.Read(text);
        var figures = new List<Figure>();
        for (var at = 0; at < tokens.Count;)
        {
            if (ReferenceReader.Read(text, tokens, at) is var (references, afterReference))
            {
                figures.AddRange(references);
                at = afterReference;
                continue;
            }
            var read = DateReader.Read(tokens, at) ?? OrdinalReader.Read(tokens, at) ?? QuantityReader.Read(tokens, at);
            if (read is not var (figure, next)) { at++; continue; }
            figures.Add(figure);
            at = next;
        }
        return Ranges.Join(figures, tokens);
    }
}
