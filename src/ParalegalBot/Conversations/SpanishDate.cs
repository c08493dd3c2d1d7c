using System.Globalization;

namespace ParalegalBot.Conversations;

/// <summary>Dates as people read them in Mexico, independent of the machine's language data.</summary>
public static class SpanishDate
{
    private static readonly string[] Months =
        ["enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"];

    /// <summary><c>27 de diciembre de 2022</c>; the first of a month reads <c>1.º</c>.</summary>
    public static string Long(DateOnly date) =>
        string.Create(CultureInfo.InvariantCulture, $"{(date.Day == 1 ? "1.º" : date.Day)} de {Months[date.Month - 1]} de {date.Year}");
}
