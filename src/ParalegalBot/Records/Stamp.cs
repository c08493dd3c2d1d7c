using System.Globalization;

namespace ParalegalBot.Records;

/// <summary>Moments as text that sorts as they do.</summary>
internal static class Stamp
{
    public static string Of(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture);

    public static DateTimeOffset Read(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
