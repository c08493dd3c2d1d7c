namespace ParalegalBot.Answering.Figures;

/// <summary>What a figure counts.</summary>
public enum FigureKind
{
    /// <summary>A bare number.</summary>
    Number,

    /// <summary>A rank: <c>primero</c>, <c>1o.</c>.</summary>
    Ordinal,

    /// <summary>A part of a whole: <c>la mitad</c>, <c>dos terceras partes</c>.</summary>
    Fraction,

    /// <summary>Per hundred.</summary>
    Percentage,

    /// <summary>An amount of money; the unit is <c>mxn</c> or <c>usd</c>.</summary>
    Money,

    /// <summary>How many times something: unit <c>uma</c>, <c>salary</c> or <c>times</c>.</summary>
    Multiple,

    /// <summary>A length of time; the unit is <c>day</c>, <c>day:business</c>, <c>month</c>…</summary>
    Duration,

    /// <summary>A calendar date; the value is yyyymmdd with zeros where the text gives no year or day.</summary>
    Date,

    /// <summary>A place in a statute; the unit is <c>article</c>, <c>fraccion</c>, <c>inciso</c>, <c>apartado</c> or <c>parrafo</c>.</summary>
    Reference,
}

/// <summary>A figure found in Spanish text, however it was written.</summary>
/// <param name="Start">Where it begins in the text.</param>
/// <param name="Length">Its length.</param>
/// <param name="Kind">What it counts.</param>
/// <param name="Value">Its value; the lower end of a range.</param>
/// <param name="Unit">Its unit; empty where the kind has none.</param>
/// <param name="Upper">The upper end of a range; null for a single value.</param>
/// <param name="Label">For a reference, the normalised number: <c>17 bis</c>, <c>ii</c>, <c>b</c>.</param>
public sealed record Figure(int Start, int Length, FigureKind Kind, decimal Value, string Unit = "", decimal? Upper = null, string? Label = null)
{
    /// <summary>The unit without its qualifier: <c>day</c> for <c>day:business</c>.</summary>
    public string BaseUnit => Unit.Split(':')[0];

    /// <summary>The words of the text that say it.</summary>
    public string In(string text) => text.Substring(Start, Length);

    /// <summary>Whether this figure, stated in a claim, is said by <paramref name="evidence"/>: same value, and no unit or year that the evidence lacks.</summary>
    public bool IsSaidBy(Figure evidence)
    {
        if (Kind is FigureKind.Reference || evidence.Kind is FigureKind.Reference)
            return Kind == evidence.Kind && Unit == evidence.Unit && Label == evidence.Label;
        if (Kind is FigureKind.Date || evidence.Kind is FigureKind.Date)
            return Kind == evidence.Kind && (Value == evidence.Value || (Value < 10_000 && Value == evidence.Value % 10_000));
        if (!SameAmount(evidence)) return false;
        return Kind is FigureKind.Number || (Kind == evidence.Kind && (Unit == evidence.Unit || Unit == evidence.BaseUnit));
    }

    private bool SameAmount(Figure evidence) => Upper is null
        ? Value == evidence.Value || Value == evidence.Upper
        : Value == evidence.Value && Upper == evidence.Upper;
}
