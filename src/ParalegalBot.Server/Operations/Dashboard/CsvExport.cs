using System.Globalization;
using System.Text;
using ParalegalBot.Records;

namespace ParalegalBot.Server.Operations.Dashboard;

/// <summary>Answers as CSV for a spreadsheet. A cell that a spreadsheet would run as a formula gets an apostrophe in front.</summary>
public static class CsvExport
{
    /// <summary>UTF-8 with the mark that spreadsheets need; the question only for the lawyer.</summary>
    public static byte[] Write(IEnumerable<AuditRow> rows, bool lawyer)
    {
        var text = new StringBuilder("id,fecha,canal,resultado,motivo,motor,generacion,afirmaciones,descartadas");
        text.Append(lawyer ? ",pregunta\r\n" : "\r\n");
        foreach (var row in rows)
        {
            var verdicts = Verdict.Read(row);
            string?[] cells =
            [
                row.Id, row.At.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture), row.Channel, row.Outcome, row.Reason, row.Engine, row.Generation.ToString(CultureInfo.InvariantCulture),
                verdicts.Count.ToString(CultureInfo.InvariantCulture), verdicts.Count(verdict => verdict.Check is not null).ToString(CultureInfo.InvariantCulture),
                .. lawyer ? [row.Question] : Array.Empty<string?>(),
            ];
            text.AppendJoin(',', cells.Select(Cell)).Append("\r\n");
        }
        return [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ToString())];
    }

    private static string Cell(string? value)
    {
        if (string.IsNullOrEmpty(value)) return "";
        if (value[0] is '=' or '+' or '-' or '@' or '\t' or '\r') value = "'" + value;
        return value.AsSpan().IndexOfAny(",\"\r\n") < 0 ? value : $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
