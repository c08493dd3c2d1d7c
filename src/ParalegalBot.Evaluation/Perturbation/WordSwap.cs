using System.Text.RegularExpressions;

namespace ParalegalBot.Evaluation.Perturbation;

/// <summary>Replaces words by a table: the first word of the text that the table knows, or all of them.</summary>
internal sealed class WordSwap(IReadOnlyList<(string From, string To)> rows)
{
    private readonly IReadOnlyList<(Regex From, string To)> patterns =
        [.. rows.Select(row => (new Regex($@"(?<!\p{{L}}){row.From}(?!\p{{L}})", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant), row.To))];

    /// <summary>One place, chosen by chance, replaced; null where no row fits.</summary>
    public string? One(string text, Random random)
    {
        var places = patterns.SelectMany(row => row.From.Matches(text).Select(match => (match, row.To)))
            .GroupBy(place => place.match.Index).Select(group => group.MaxBy(place => place.match.Length)).ToList();
        if (places.Count == 0) return null;
        var (match, to) = places[random.Next(places.Count)];
        return text.Remove(match.Index, match.Length).Insert(match.Index, Case(match.Value, match.Result(to)));
    }

    /// <summary>Every place replaced, each at most once; null where no row fits.</summary>
    public string? All(string text)
    {
        var places = patterns.SelectMany(row => row.From.Matches(text).Select(match => (Match: match, row.To)))
            .OrderBy(place => place.Match.Index).ThenByDescending(place => place.Match.Length).ToList();
        if (places.Count == 0) return null;
        var written = new System.Text.StringBuilder();
        var at = 0;
        foreach (var (match, to) in places)
        {
            if (match.Index < at) continue;
            written.Append(text, at, match.Index - at).Append(Case(match.Value, match.Result(to)));
            at = match.Index + match.Length;
        }
        return written.Append(text, at, text.Length - at).ToString();
    }

    private static string Case(string old, string made) => made.Length > 0 && char.IsUpper(old[0]) ? char.ToUpperInvariant(made[0]) + made[1..] : made;
}
