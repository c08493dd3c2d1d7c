using System.Text.RegularExpressions;

namespace ParalegalBot.Statutes;

/// <summary>Splits statute text into sentences, each a verbatim slice of it. A line break always ends a sentence, so incisos stand alone.</summary>
public static partial class SentenceSplitter
{
    /// <summary>The sentences in order; empty for null or blank text.</summary>
    public static IReadOnlyList<string> Split(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return [];
        var sentences = new List<string>();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var start = 0;
            foreach (Match end in SentenceEnd().Matches(line))
            {
                if (IsAbbreviation(line, start, end.Index)) continue;
                sentences.Add(line[start..(end.Index + 1)]);
                start = end.Index + end.Length;
            }
            if (start < line.Length) sentences.Add(line[start..]);
        }
        return sentences;
    }

    /// <summary>A dot after a label ("II.", "a)", "1o.") or an abbreviation does not end a sentence.</summary>
    private static bool IsAbbreviation(string line, int start, int dot) => Abbreviation().IsMatch(line[start..(dot + 1)]);

    [GeneratedRegex(@"[.;](?=\s+[\p{Lu}¿¡""“«(])\s+")]
    private static partial Regex SentenceEnd();

    [GeneratedRegex(@"(^|\s)([IVXLC]+|[A-ZÑ]|\d+[oº°]?|[Aa]rts?|[Ff]rs?|[Ff]racc?|[Ii]nc|[Pp]árr|[Nn]úm|[Nn]o|[Cc]|[Ll]ic|[Dd]r|[Ss]r|Sra|[Ss]\.[Aa]|[Cc]\.[Vv]|etc|pág|DOF)\.$")]
    private static partial Regex Abbreviation();
}
