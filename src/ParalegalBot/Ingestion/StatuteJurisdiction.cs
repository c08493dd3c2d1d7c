using System.Text.RegularExpressions;
using ParalegalBot.Statutes;

namespace ParalegalBot.Ingestion;

/// <summary>Whose law a title speaks of, by rule: <c>Código Civil para el Estado de Jalisco</c> is Jalisco's.</summary>
internal static partial class StatuteJurisdiction
{
    private const string Mexico = "México";

    private static readonly Regex OfState = new(
        @"\b(?:estado (?:libre y soberano )?de |(?:de|del|para|en) (?:la |el )?(?=(?:" + Names() + @")(?: de [a-z ]+)?$|ciudad de mexico|distrito federal))(?<state>" + Names() + @"|mexico|distrito federal)\b",
        RegexOptions.CultureInvariant);

    /// <summary>Order of government and entity; unknown where the title does not tell.</summary>
    public static (LegalOrder Order, string? Entity) Of(string title)
    {
        var key = StatuteText.TitleKey(title);
        var state = OfState.Matches(key).LastOrDefault();
        if (Municipality().Match(key) is { Success: true }) return (LegalOrder.Municipal, state is null ? null : Printed(state.Groups["state"].Value));
        if (state is not null) return (LegalOrder.State, Printed(state.Groups["state"].Value));
        return Federal().IsMatch(key) ? (LegalOrder.Federal, Mexico) : (LegalOrder.Unknown, null);
    }

    private static string Printed(string key) => key switch
    {
        "mexico" => "Estado de México",
        "distrito federal" => "Ciudad de México",
        _ => States.Names.First(name => StatuteText.TitleKey(name) == key),
    };

    // The longest first, so that Baja California Sur is not Baja California.
    private static string Names() => string.Join('|', States.Names.Select(StatuteText.TitleKey).Where(name => name != "estado de mexico").OrderByDescending(name => name.Length));

    [GeneratedRegex(@"\b(federal|federacion|general|nacional|nacionales|union|estados unidos mexicanos|republica|constitucional|constitucion)\b")]
    private static partial Regex Federal();

    [GeneratedRegex(@"\bmunicipio de\b|\bbando (municipal|de)\b|\bayuntamiento de\b")]
    private static partial Regex Municipality();
}
