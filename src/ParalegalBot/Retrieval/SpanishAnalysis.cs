using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Lucene.Net.Tartarus.Snowball.Ext;

namespace ParalegalBot.Retrieval;

/// <summary>
/// How Spanish text becomes search terms, the same for documents, questions and checks: lower case, accents dropped (ñ kept),
/// Snowball stems, stop words gone, <c>art.</c> read as <c>artículo</c>. Every term is a lower-case string of letters and digits.
/// </summary>
public static class SpanishAnalysis
{
    private const int CachedStems = 400_000;
    private static readonly ConcurrentDictionary<string, string> Stems = new(StringComparer.Ordinal);
    private static readonly ThreadLocal<SpanishStemmer> Stemmer = new(() => new SpanishStemmer());

    private static readonly Dictionary<string, string> Abbreviations = new(StringComparer.Ordinal)
    {
        ["art"] = "artículo", ["arts"] = "artículos", ["frac"] = "fracción", ["fracc"] = "fracción", ["inc"] = "inciso", ["parr"] = "párrafo",
    };

    /// <summary>The stems of the content words, in order, repetitions kept.</summary>
    public static IReadOnlyList<string> Terms(string text)
    {
        var terms = new List<string>();
        foreach (var word in Words(text))
            if (!SpanishStopWords.Contains(Fold(word))) terms.Add(Stem(word));
        return terms;
    }

    /// <summary>The words of a text in lower case with their accents: runs of letters, and runs of digits (thousands separators joined).</summary>
    public static IEnumerable<string> Words(string text)
    {
        var start = -1;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && (char.IsLetterOrDigit(text[i]) || IsCombining(text[i]) || IsThousandsSeparator(text, i))) { if (start < 0) start = i; continue; }
            if (start < 0) continue;
            var word = text[start..i].Normalize(NormalizationForm.FormC).ToLowerInvariant();
            start = -1;
            yield return char.IsDigit(word[0]) ? word.Replace(",", "", StringComparison.Ordinal) : Abbreviations.GetValueOrDefault(word, word);
        }
    }

    /// <summary>The words of a text without case and accents, in order.</summary>
    public static IEnumerable<string> FoldedWords(string text) => Words(text).Select(Fold);

    /// <summary>Lower case without accents; ñ stays, since <c>año</c> is another word without it.</summary>
    public static string Fold(string text)
    {
        if (Ascii.IsValid(text)) return text.ToLowerInvariant();
        var folded = new StringBuilder(text.Length);
        foreach (var c in text.ToLowerInvariant().Normalize(NormalizationForm.FormC))
        {
            if (c == 'ñ' || char.IsAscii(c)) { folded.Append(c); continue; }
            foreach (var part in c.ToString().Normalize(NormalizationForm.FormD))
                if (CharUnicodeInfo.GetUnicodeCategory(part) != UnicodeCategory.NonSpacingMark) folded.Append(part);
        }
        return folded.ToString();
    }

    /// <summary>
    /// The stem of one lower-case word, without accents. People leave accents out, and Snowball's suffixes depend on them
    /// (<c>despidió</c>, <c>despidio</c>), so the word is folded before it is stemmed: written either way it is one term.
    /// </summary>
    public static string Stem(string word)
    {
        if (Stems.TryGetValue(word, out var known)) return known;
        var folded = Fold(word);
        var stemmer = Stemmer.Value!;
        stemmer.SetCurrent(WithSuffixAccent(folded));
        stemmer.Stem();
        var stem = WithoutShortPlural(Fold(stemmer.Current));
        if (Stems.Count < CachedStems) Stems[word] = stem;
        return stem;
    }

    /// <summary>Snowball knows the suffixes <c>-ación</c> and <c>-ución</c> only with their accent.</summary>
    private static string WithSuffixAccent(string folded) =>
        folded.EndsWith("acion", StringComparison.Ordinal) || folded.EndsWith("ucion", StringComparison.Ordinal) ? folded[..^2] + "ón" : folded;

    /// <summary>Snowball leaves the plural of four-letter words alone: <c>días</c>, <c>años</c>.</summary>
    private static string WithoutShortPlural(string stem) => stem is [_, _, 'a' or 'o', 's'] ? stem[..3] : stem;

    private static bool IsCombining(char c) => CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark;

    private static bool IsThousandsSeparator(string text, int i) =>
        text[i] == ',' && i > 0 && char.IsDigit(text[i - 1]) && i + 3 < text.Length
        && char.IsDigit(text[i + 1]) && char.IsDigit(text[i + 2]) && char.IsDigit(text[i + 3]);
}
