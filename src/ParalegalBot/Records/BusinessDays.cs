namespace ParalegalBot.Records;

/// <summary>Working days in Mexico: neither weekends nor the days of rest of article 74 of the labour law (elections and the firm's own days off apart).</summary>
public static class BusinessDays
{
    /// <summary>The last day of a term of <paramref name="days"/> working days that runs from the day after <paramref name="from"/>.</summary>
    public static DateOnly After(DateOnly from, int days)
    {
        var day = from;
        while (days > 0)
        {
            day = day.AddDays(1);
            if (IsWorking(day)) days--;
        }
        return day;
    }

    private static bool IsWorking(DateOnly day) => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && (day.Month, day.Day) switch
    {
        (1, 1) or (5, 1) or (9, 16) or (12, 25) => false,
        (2, <= 7) or (3, >= 15 and <= 21) or (11, >= 15 and <= 21) => day.DayOfWeek is not DayOfWeek.Monday,
        (10, 1) => (day.Year - 2024) % 6 != 0,
        _ => true,
    };
}
