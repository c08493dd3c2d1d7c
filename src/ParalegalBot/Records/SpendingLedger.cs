using System.Globalization;

namespace ParalegalBot.Records;

/// <summary>What engines cost, by day and person, kept with the records so that a restart starts no new day. Persons are the audit log's pseudonyms.</summary>
public sealed class SpendingLedger(RecordsFile records, AuditLog audit, TimeProvider time)
{
    private const decimal Millionth = 1_000_000m;

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
        """
        INSERT INTO spending (day, person, answers, input_tokens, output_tokens, millionths) VALUES ($1, $2, 1, $3, $4, $5)
        ON CONFLICT (day, person) DO UPDATE SET answers = spending.answers + 1, input_tokens = spending.input_tokens + excluded.input_tokens,
            output_tokens = spending.output_tokens + excluded.output_tokens, millionths = spending.millionths + excluded.millionths
        """,
        Day(), audit.Pseudonym(connection, person, create: true), inputTokens, outputTokens, (long)decimal.Round(cost * Millionth)));

    private string Day() => time.GetLocalNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
