using System.Text.RegularExpressions;
using ParalegalBot.Statutes;

namespace ParalegalBot.Ingestion.Parsing;

/// <summary>
/// What the notes under a unit say about its being in force. The last event in the order printed decides; a note on a part of the
/// unit's words makes the validity conditional, because which words fell is for a person to read.
/// </summary>
internal static partial class UnitValidity
{
    /// <summary>The whole text says no more than that the unit was repealed.</summary>
    public static bool IsDerogation(string text) => Derogation().IsMatch(text);

    /// <param name="notes">Notes that speak of this very unit, in the order printed.</param>
    /// <param name="derogated">The unit's whole text says that it was repealed.</param>
    /// <param name="lastReform">Last reform of the document: the unit was certainly gone by then.</param>
    public static Validity Of(IReadOnlyList<ReformNote> notes, bool derogated, DateOnly? lastReform)
    {
        var last = notes.LastOrDefault(note => note.Kind is not (ReformKind.Moved or ReformKind.Corrected or ReformKind.Other));
        if (derogated) return Derogated(notes, lastReform);
        return last?.Kind switch
        {
            ReformKind.DeclaredInvalid when IsPartial(last.Text) => new Validity(From(notes), null, ValidityReason.DeclaredInvalid, last.Text),
            ReformKind.DeclaredInvalid => new Validity(null, last.Dates[0].AddDays(-1), ValidityReason.DeclaredInvalid),
            ReformKind.Revived => new Validity(last.Dates[0], null, ValidityReason.Revived),
            _ when From(notes) is { } from => new Validity(from, null, ValidityReason.Reformed),
            _ => Validity.Open,
        };
    }

    private static Validity Derogated(IReadOnlyList<ReformNote> notes, DateOnly? lastReform) =>
        notes.LastOrDefault(note => note.Kind is ReformKind.Derogated) is { } note
            ? new Validity(null, (note.Text.Contains("SCJN", StringComparison.Ordinal) ? note.Dates[0] : note.Dates[^1]).AddDays(-1), ValidityReason.Derogated)
            : new Validity(null, lastReform?.AddDays(-1), ValidityReason.Derogated, "Derogado en una fecha que la fuente no indica.");

    private static DateOnly? From(IReadOnlyList<ReformNote> notes) => notes
        .Where(note => note.Kind is ReformKind.Reformed or ReformKind.Added)
        .SelectMany(note => note.Dates).Select(date => (DateOnly?)date).Max();

    private static bool IsPartial(string note) => Partial().IsMatch(note);

    [GeneratedRegex(@"porci[oó]n|parcial|en la parte|respecto|por cuanto", RegexOptions.IgnoreCase)]
    private static partial Regex Partial();

    [GeneratedRegex(@"^[\[(\s]*(?:Art[ií]culo |P[áa]rrafo \w+\.\s*)?(?:[IVXLC]+\.?-?\s*(?:(?:al?|y)\s+[IVXLC]+[.\-\s]*)?|\w{1,3}[.)]\s*)?[(\[\s]*(?:se\s+deroga[n]?|derogad[oa]s?|se\s+suprime[n]?|suprimid[oa]s?|sin texto)\b[^.;]{0,90}[\])\s.,;]*(?:y)?$", RegexOptions.IgnoreCase)]
    private static partial Regex Derogation();
}
