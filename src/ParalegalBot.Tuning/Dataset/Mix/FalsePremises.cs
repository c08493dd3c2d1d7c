using System.Globalization;
using System.Text.RegularExpressions;
using ParalegalBot.Answering.Figures;

namespace ParalegalBot.Tuning.Dataset.Mix;

/// <summary>Turns a question into one that presumes what the law does not say; the answer stays what the law says.</summary>
internal static partial class FalsePremises
{
    /// <summary>The question; null where neither a figure nor a permission can be turned round.</summary>
    public static string? Of(DatasetExample example, Random random)
    {
        var claims = example.Draft.Claims.Select(claim => claim.Text).ToList();
        var figures = claims.SelectMany(SpanishNumbers.Find).Where(figure => figure.Kind is FigureKind.Duration or FigureKind.Percentage or FigureKind.Money or FigureKind.Multiple && figure is { Upper: null, Value: > 0 }).ToList();
        if (figures.Count > 0 && figures[0] is var figure && Wrong(figure, figures, claims[0], random) is { } wrong)
            return example.Style == "lay" ? $"{example.Question}, segun yo {wrong} no?" : $"{example.Question} Entiendo que {wrong}, ¿es correcto?";
        if (Permission().Match(example.Question) is not { Success: true } permission) return null;
        var (many, rest) = (permission.Groups["n"].Value, permission.Groups["rest"].Value.TrimEnd('?', ' '));
        var subject = rest.Split(' ');
        // What is forbidden is presumed allowed, and the other way round.
        var forbidden = claims.Any(claim => Forbidden().IsMatch(claim));
        if (subject.Length < 4) return null;
        return example.Style == "lay"
            ? (forbidden ? $"verdad que si se puede esto: {rest}" : $"verdad que no se puede esto: {rest}")
            : (forbidden ? $"¿Es cierto que está permitido lo siguiente: {(many.Length > 0 ? "que puedan" : "que pueda")} {rest}?" : $"¿Es cierto que está prohibido lo siguiente: {(many.Length > 0 ? "que puedan" : "que pueda")} {rest}?");
    }

    /// <summary>Another value of the same unit, none that the answer holds.</summary>
    private static string? Wrong(Figure figure, List<Figure> all, string claim, Random random)
    {
        decimal[] factors = [2, 3, 0.5m, 4, 1.5m];
        var value = figure.Value * factors[random.Next(factors.Length)];
        if (value != decimal.Truncate(value)) value = figure.Value * 2;
        if (all.Any(other => other.Value == value || other.Upper == value)) return null;
        var number = value.ToString("0", CultureInfo.InvariantCulture);
        var words = claim.Substring(figure.Start, figure.Length);
        return figure.Kind switch
        {
            FigureKind.Percentage => $"es el {number} por ciento",
            FigureKind.Money => $"son {number} pesos",
            FigureKind.Duration or FigureKind.Multiple when Unit().Match(words) is { Success: true } unit => $"son {number} {unit.Value}",
            _ => null,
        };
    }

    [GeneratedRegex(@"^¿?[Pp]uede(?<n>n?)\s(?<rest>.{15,})$")] private static partial Regex Permission();

    [GeneratedRegex(@"\bno\s+pued|\bno\s+podr|prohibid", RegexOptions.IgnoreCase)] private static partial Regex Forbidden();

    [GeneratedRegex(@"(?:días?|meses|mes|años?|horas?|semanas?|veces)(?:\s\p{L}+)?$")] private static partial Regex Unit();
}
