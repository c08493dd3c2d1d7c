using System.Globalization;

namespace ParalegalBot.Answering.Figures;

/// <summary>Reads one cardinal number, in digits or in words, at a place in the tokens.</summary>
internal static class NumberReader
{
    /// <summary>The value and how many tokens say it; null where no number stands. <c>un</c> counts; who asks decides whether it is an article.</summary>
    public static (decimal Value, int Count)? Read(IReadOnlyList<FigureToken> tokens, int at)
    {
        if (at >= tokens.Count) return null;
        if (tokens[at].IsDigits) return Digits(tokens[at].Text) is { } value ? Scaled(tokens, at + 1, value, 1) : null;
        return Words(tokens, at);
    }

    /// <summary>Mexican digits: a comma before three digits separates thousands, a point separates decimals.</summary>
    public static decimal? Digits(string text)
    {
        var parts = text.Split(',');
        var thousands = parts.Length > 1 && parts[0].Length <= 3 && parts[1..].All(part => part.Split('.')[0].Length == 3);
        var plain = thousands ? text.Replace(",", "", StringComparison.Ordinal) : text.Replace(',', '.');
        return decimal.TryParse(plain, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ? value : null;
    }

    private static (decimal, int)? Words(IReadOnlyList<FigureToken> tokens, int at)
    {
        decimal total = 0, group = 0;
        int position = at, room = 1000; // the largest word that may still follow inside the group
        while (position < tokens.Count)
        {
            var word = tokens[position].Text;
            if (NumberWords.Hundreds.TryGetValue(word, out var hundred) && room > 100) { group += hundred; room = 100; }
            else if (NumberWords.Tens.TryGetValue(word, out var ten) && room >= 100) { group += ten; room = 10; }
            else if (NumberWords.Teens.TryGetValue(word, out var teen) && room >= 100) { group += teen; room = 1; }
            else if (NumberWords.Units.TryGetValue(word, out var unit) && room >= 100)
            {
                // "un ciento por ciento" is a hundred, not one and a hundred.
                if (unit == 1 && position + 1 < tokens.Count && tokens[position + 1].Text == "ciento") { position++; continue; }
                group += unit;
                room = 1;
            }
            else if (word == "y" && room == 10 && position + 1 < tokens.Count
                && NumberWords.Units.TryGetValue(tokens[position + 1].Text, out var last) && last > 0)
            {
                group += last;
                room = 1;
                position++;
            }
            else if (word == "mil" && total % 1_000_000 == 0) { total += (group == 0 ? 1 : group) * 1000; group = 0; room = 1000; }
            else if (word is "millon" or "millones" && group + total > 0) { total = (total + group) * 1_000_000; group = 0; room = 1000; }
            else break;
            position++;
            if (room == 1 && position < tokens.Count && tokens[position].Text is not ("mil" or "millon" or "millones")) break;
        }
        return position == at ? null : (total + group, position - at);
    }

    private static (decimal, int)? Scaled(IReadOnlyList<FigureToken> tokens, int at, decimal value, int count) => at < tokens.Count
        ? tokens[at].Text switch
        {
            "mil" => (value * 1000, count + 1),
            "millon" or "millones" => (value * 1_000_000, count + 1),
            _ => (value, count),
        }
        : (value, count);
}
