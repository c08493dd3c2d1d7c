using System.Collections.Frozen;

namespace ParalegalBot.Answering.Figures;

/// <summary>The Spanish words for numbers and ranks, folded. Gender and plural are one.</summary>
internal static class NumberWords
{
    public static FrozenDictionary<string, int> Units { get; } = new Dictionary<string, int>
    {
        ["cero"] = 0, ["un"] = 1, ["uno"] = 1, ["una"] = 1, ["dos"] = 2, ["tres"] = 3, ["cuatro"] = 4, ["cinco"] = 5, ["seis"] = 6,
        ["siete"] = 7, ["ocho"] = 8, ["nueve"] = 9,
    }.ToFrozenDictionary();

    public static FrozenDictionary<string, int> Teens { get; } = new Dictionary<string, int>
    {
        ["diez"] = 10, ["once"] = 11, ["doce"] = 12, ["trece"] = 13, ["catorce"] = 14, ["quince"] = 15, ["dieciseis"] = 16,
        ["diecisiete"] = 17, ["dieciocho"] = 18, ["diecinueve"] = 19, ["veintiun"] = 21, ["veintiuno"] = 21, ["veintiuna"] = 21,
        ["veintidos"] = 22, ["veintitres"] = 23, ["veinticuatro"] = 24, ["veinticinco"] = 25, ["veintiseis"] = 26,
        ["veintisiete"] = 27, ["veintiocho"] = 28, ["veintinueve"] = 29,
    }.ToFrozenDictionary();

    public static FrozenDictionary<string, int> Tens { get; } = new Dictionary<string, int>
    {
        ["veinte"] = 20, ["treinta"] = 30, ["cuarenta"] = 40, ["cincuenta"] = 50, ["sesenta"] = 60, ["setenta"] = 70,
        ["ochenta"] = 80, ["noventa"] = 90,
    }.ToFrozenDictionary();

    public static FrozenDictionary<string, int> Hundreds { get; } = new Dictionary<string, int>
    {
        ["cien"] = 100, ["ciento"] = 100, ["doscientos"] = 200, ["doscientas"] = 200, ["trescientos"] = 300, ["trescientas"] = 300,
        ["cuatrocientos"] = 400, ["cuatrocientas"] = 400, ["quinientos"] = 500, ["quinientas"] = 500, ["seiscientos"] = 600,
        ["seiscientas"] = 600, ["setecientos"] = 700, ["setecientas"] = 700, ["ochocientos"] = 800, ["ochocientas"] = 800,
        ["novecientos"] = 900, ["novecientas"] = 900,
    }.ToFrozenDictionary();

    private static readonly (string Stem, int Value)[] OrdinalStems =
    [
        ("primer", 1), ("segund", 2), ("tercer", 3), ("cuart", 4), ("quint", 5), ("sext", 6), ("septim", 7), ("octav", 8), ("noven", 9),
        ("decim", 10), ("undecim", 11), ("duodecim", 12), ("decimoprimer", 11), ("decimosegund", 12), ("decimotercer", 13),
        ("decimocuart", 14), ("decimoquint", 15), ("decimosext", 16), ("decimoseptim", 17), ("decimooctav", 18), ("decimonoven", 19),
        ("vigesim", 20), ("trigesim", 30), ("cuadragesim", 40), ("quincuagesim", 50), ("sexagesim", 60), ("septuagesim", 70),
        ("octogesim", 80), ("nonagesim", 90), ("centesim", 100),
    ];

    /// <summary>Rank words in every gender and number: <c>tercer</c>, <c>tercero</c>, <c>terceras</c>.</summary>
    public static FrozenDictionary<string, int> Ordinals { get; } = OrdinalStems
        .SelectMany(word => (string[])["o", "a", "os", "as"], (word, ending) => (Word: word.Stem + ending, word.Value))
        .Append(("primer", 1)).Append(("tercer", 3)).Append(("setimo", 7))
        .DistinctBy(entry => entry.Item1).ToFrozenDictionary(entry => entry.Item1, entry => entry.Item2);

    public static FrozenDictionary<string, string> TimeUnits { get; } = new Dictionary<string, string>
    {
        ["segundo"] = "second", ["segundos"] = "second", ["minuto"] = "minute", ["minutos"] = "minute", ["hora"] = "hour", ["horas"] = "hour",
        ["hrs"] = "hour", ["dia"] = "day", ["dias"] = "day", ["semana"] = "week", ["semanas"] = "week", ["quincena"] = "fortnight",
        ["quincenas"] = "fortnight", ["mes"] = "month", ["meses"] = "month", ["bimestre"] = "bimester", ["bimestres"] = "bimester",
        ["trimestre"] = "quarter", ["trimestres"] = "quarter", ["semestre"] = "semester", ["semestres"] = "semester",
        ["ano"] = "year", ["anos"] = "year", ["anio"] = "year", ["anios"] = "year",
    }.ToFrozenDictionary();

    public static FrozenDictionary<string, int> Months { get; } = new Dictionary<string, int>
    {
        ["enero"] = 1, ["febrero"] = 2, ["marzo"] = 3, ["abril"] = 4, ["mayo"] = 5, ["junio"] = 6, ["julio"] = 7, ["agosto"] = 8,
        ["septiembre"] = 9, ["setiembre"] = 9, ["octubre"] = 10, ["noviembre"] = 11, ["diciembre"] = 12,
    }.ToFrozenDictionary();

    /// <summary>Whether a folded word is part of a cardinal number; <c>un</c> and <c>una</c> are not.</summary>
    public static bool IsCardinal(string word) => word is "mil" or "millon" or "millones"
        || (Units.ContainsKey(word) && word is not ("un" or "una" or "uno")) || Teens.ContainsKey(word) || Tens.ContainsKey(word) || Hundreds.ContainsKey(word);
}
