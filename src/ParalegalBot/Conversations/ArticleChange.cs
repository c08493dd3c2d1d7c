using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ParalegalBot.Statutes;

namespace ParalegalBot.Conversations;

/// <summary>Whether an article's text changed since somebody last knew it, and what changed, in words for that person.</summary>
public static class ArticleChange
{
    private const int MostShown = 3;
    private const int LongestQuote = 400;
    private const char OfSynopsis = 's';

    /// <summary>The same text has the same fingerprint; that of a síntesis begins with <c>s</c>.</summary>
    public static string Fingerprint(Article article)
    {
        var text = string.Join('\n', article.Passages.Select(passage => $"{passage.Anchor}\t{passage.Text}").Prepend(article.Derogated ? "derogado" : ""));
        return (IsOfficial(article) ? 'o' : OfSynopsis) + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..24];
    }

    /// <summary>Whether a change from the text with this fingerprint is one of the law, and not of a síntesis that the official text replaced.</summary>
    public static bool IsOfLaw(string seen, Article after) => seen[0] != OfSynopsis && IsOfficial(after);

    /// <summary>What changed; <paramref name="before"/> is null where the earlier text is no longer held.</summary>
    public static string Describe(Article? before, Article after, Statute? law, DateOnly today)
    {
        var text = new StringBuilder($"Cambió el artículo {after.Number.Printed} de la {after.Law}");
        if (law is not null) text.Append(CultureInfo.InvariantCulture, $" ({law.Title})");
        text.Append('.');
        if (after.LastReform is { } reform && reform != before?.LastReform) text.Append(CultureInfo.InvariantCulture, $" Reforma publicada en el DOF el {SpanishDate.Long(reform)}.");
        if (after.Validity.From is { } from && from > today) text.Append(CultureInfo.InvariantCulture, $" Entra en vigor el {SpanishDate.Long(from)}.");
        if (after.Derogated) return text.Append(" Fue derogado.").ToString();
        foreach (var line in Lines(before, after)) text.Append("\n\n").Append(line);
        return text.ToString();
    }

    private static IEnumerable<string> Lines(Article? before, Article after)
    {
        var old = (before?.Passages ?? []).ToLookup(passage => passage.Anchor);
        var kept = after.Passages.Select(passage => passage.Anchor).ToHashSet();
        var changed = after.Passages.Where(passage => old[passage.Anchor].All(earlier => earlier.Text != passage.Text)).ToList();
        var gone = (before?.Passages ?? []).Where(passage => !kept.Contains(passage.Anchor)).ToList();
        foreach (var passage in changed.Take(MostShown))
            yield return $"{(before is null || !old.Contains(passage.Anchor) ? "Dice" : "Ahora dice")} ({passage.PrintedCitation}): «{Clip.To(passage.Text, LongestQuote)}»";
        if (changed.Count > MostShown) yield return $"Y {changed.Count - MostShown} cambios más en el mismo artículo.";
        if (gone.Count > 0) yield return $"Ya no está: {string.Join("; ", gone.Take(MostShown).Select(passage => passage.PrintedCitation))}{(gone.Count > MostShown ? "…" : ".")}";
    }

    private static bool IsOfficial(Article article) => article.Passages.All(passage => passage.Official);
}
