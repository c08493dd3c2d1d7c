using System.Data.Common;
using System.Globalization;

namespace ParalegalBot.Records;

/// <summary>What engines cost, by day and person, kept with the records so that a restart starts no new day. Persons are the audit log's pseudonyms.</summary>
public sealed class SpendingLedger(RecordsFile records, AuditLog audit, TimeProvider time)
{
    private const decimal Millionth = 1_000_000m;

    /// <summary>Whose the spending of erased people is; no pseudonym looks like this.</summary>
    private const string Nobody = "nobody";

    private const string OrAdd = """
        ON CONFLICT (day, person) DO UPDATE SET answers = spending.answers + excluded.answers, input_tokens = spending.input_tokens + excluded.input_tokens,
            output_tokens = spending.output_tokens + excluded.output_tokens, millionths = spending.millionths + excluded.millionths
        """;

    /// <summary>What was spent since midnight, local time: by one person, and by all.</summary>
    public (decimal Person, decimal Total) Today(string person) => records.File.Read(connection =>
    {
        var pseudonym = audit.Pseudonym(connection, person, create: false) ?? "";
        return connection.Query(
            reader => (reader.GetInt64(0) / Millionth, reader.GetInt64(1) / Millionth),
            "SELECT coalesce(sum(CASE WHEN person = $1 THEN millionths END), 0), coalesce(sum(millionths), 0) FROM spending WHERE day = $2", pseudonym, Day()).Single();
    });

    /// <summary>Adds one answer; costs are kept to the millionth.</summary>
    public void Add(string person, long inputTokens, long outputTokens, decimal cost) => records.File.Write(connection => connection.Run(
        $"INSERT INTO spending (day, person, answers, input_tokens, output_tokens, millionths) VALUES ($1, $2, 1, $3, $4, $5) {OrAdd}",
        Day(), audit.Pseudonym(connection, person, create: true), inputTokens, outputTokens, (long)decimal.Round(cost * Millionth)));

    /// <summary>What was spent in a period, both days included.</summary>
    public Spending Between(DateOnly from, DateOnly until) => records.File.Read(connection => connection.Query(
        reader => new Spending(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3) / Millionth),
        """
        SELECT coalesce(sum(answers), 0), coalesce(sum(input_tokens), 0), coalesce(sum(output_tokens), 0), coalesce(sum(millionths), 0)
        FROM spending WHERE day >= $1 AND day <= $2
        """, from, until).Single());

    /// <summary>Moves what a person cost to nobody in particular: the sum of a day stays, and no row of theirs.</summary>
    internal static void Forget(DbConnection connection, string pseudonym)
    {
        connection.Run($"""
            INSERT INTO spending (day, person, answers, input_tokens, output_tokens, millionths)
            SELECT day, '{Nobody}', answers, input_tokens, output_tokens, millionths FROM spending WHERE person = $1 {OrAdd}
            """, pseudonym);
        connection.Run("DELETE FROM spending WHERE person = $1", pseudonym);
    }

    private string Day() => time.GetLocalNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>What engines cost in a period.</summary>
/// <param name="Answers">Answers that cost something.</param>
/// <param name="InputTokens">Tokens read.</param>
/// <param name="OutputTokens">Tokens written.</param>
/// <param name="Cost">In the configured currency.</param>
public sealed record Spending(long Answers, long InputTokens, long OutputTokens, decimal Cost);
