using System.Text.Json;
using ParalegalBot.Records;

namespace ParalegalBot.Server.Operations.Dashboard;

/// <summary>A claim as the audit log kept it.</summary>
/// <param name="Text">Its wording.</param>
/// <param name="Support">Support score.</param>
/// <param name="Check">The check that dropped it; null where it was proved.</param>
/// <param name="Explanation">Why it was dropped.</param>
/// <param name="Passages">What it stands on.</param>
public sealed record Verdict(string Text, double Support, string? Check, string? Explanation, IReadOnlyList<string> Passages)
{
    /// <summary>The verdicts of an answer; none where it was erased.</summary>
    public static IReadOnlyList<Verdict> Read(AuditRow row)
    {
        if (row.Verdicts is null) return [];
        using var document = JsonDocument.Parse(row.Verdicts);
        return [.. document.RootElement.EnumerateArray().Select(verdict => new Verdict(
            verdict.GetProperty("text").GetString()!, verdict.GetProperty("support").GetDouble(), Finding(verdict, "Check"), Finding(verdict, "Explanation"),
            [.. verdict.GetProperty("passages").EnumerateArray().Select(passage => passage.GetString()!)]))];
    }

    private static string? Finding(JsonElement verdict, string name) =>
        verdict.GetProperty("finding") is { ValueKind: JsonValueKind.Object } finding ? finding.GetProperty(name).GetString() : null;
}
