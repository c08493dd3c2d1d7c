using System.Text.RegularExpressions;
using ParalegalBot.Statutes;

namespace ParalegalBot.Ingestion.Parsing;

/// <summary>
/// Editorial lines under or over a unit ("Fracción adicionada DOF 04-01-1980. Reformada DOF 30-11-2012"): data, not text.
/// A line set against the right margin with a date is believed; elsewhere the grammar of the note must be there.
/// </summary>
internal static partial class ReformNoteParser
{
    private const int LongestNote = 1200;

    /// <summary>The notes that the paragraph holds, one for each event; empty where it is not a note.</summary>
    public static IReadOnlyList<ReformNote> Of(SourceParagraph paragraph)
    {
        var text = paragraph.Text;
        if (text.Length > LongestNote || paragraph.TableRow || !IsNote(paragraph)) return [];
        var notes = new List<ReformNote>();
        var subject = Subject(text);
        foreach (var part in Events().Split(text))
        {
            var dates = SpanishDates.InFigures(part) is { Count: > 0 } figures ? figures : SpanishDates.All(part); // "el texto que tenía al 2 de marzo" is no event
            if (dates.Count > 0) notes.Add(new ReformNote(subject, Kind(part, subject), dates, part.Trim()));
        }
        return notes;
    }

    /// <summary>A line that only goes on with a note: more dates, or the words declared invalid.</summary>
    public static bool IsContinuation(SourceParagraph paragraph) =>
        paragraph.RightAligned && !paragraph.TableRow && paragraph.Text.Length < LongestNote
        && (Continuation().IsMatch(paragraph.Text) || paragraph.Text[0] is '(' or '“' || char.IsLower(paragraph.Text[0]));

    /// <summary>True for a note that stands before the unit it speaks of, as some state codes print it: <c>(REFORMADO, P.O. 27 DE NOVIEMBRE DE 2007)</c>.</summary>
    public static bool Precedes(SourceParagraph paragraph) => Bracketed().IsMatch(paragraph.Text);

    private static bool IsNote(SourceParagraph paragraph)
    {
        var text = paragraph.Text;
        if (Bracketed().IsMatch(text)) return SpanishDates.First(text) is not null;
        if (paragraph.RightAligned && NumericDate().IsMatch(text)) return !Continuation().IsMatch(text);
        return text.Length < 500 && Grammar().IsMatch(text) && SpanishDates.First(text) is not null;
    }

    private static string Subject(string text) => SubjectWord().Match(text) is { Success: true } match ? NumberWords.Capitalised(match.Value) : "Nota";

    private static ReformKind Kind(string part, string subject)
    {
        var text = NumberWords.Plain(part);
        if (text.Contains("recupera", StringComparison.Ordinal) || (subject == "Derogación" && text.Contains("invalid", StringComparison.Ordinal))) return ReformKind.Revived;
        if (text.Contains("suprimid", StringComparison.Ordinal)) return ReformKind.Derogated;
        if (Invalid().IsMatch(text)) return ReformKind.DeclaredInvalid;
        if (text.Contains("fe de erratas", StringComparison.Ordinal) || text.Contains("aclaracion", StringComparison.Ordinal)) return ReformKind.Corrected;
        if (Derogated().IsMatch(text)) return ReformKind.Derogated;
        if (text.Contains("reformad", StringComparison.Ordinal)) return ReformKind.Reformed;
        if (text.Contains("adicionad", StringComparison.Ordinal)) return ReformKind.Added;
        return Moved().IsMatch(text) ? ReformKind.Moved : ReformKind.Other;
    }

    [GeneratedRegex(@"\d{1,2}[-/]\d{1,2}[-/]\d{4}")]
    private static partial Regex NumericDate();

    [GeneratedRegex(@"^(DOF\s)?\d{2}-\d{2}-\d{4}")]
    private static partial Regex Continuation();

    [GeneratedRegex(@"^[\(\[]?(?:N\.\s?DE\s?E\.[^)]*|)(REFORMAD|ADICIONAD|DEROGAD|REUBICAD|RECORRID|REPUBLICAD|F\.\s?DE\s?E|FE DE ERRATAS)[A-Z]*\b.{0,200}\d{4}\.?[\)\]]$")]
    private static partial Regex Bracketed();

    [GeneratedRegex(
        @"^\(?(?:Art[ií]culo|P[áa]rrafos?|Fracci[óo]n|Fracciones|Incisos?|Apartados?|Numeral(?:es)?|Cap[ií]tulo|T[ií]tulo|Secci[óo]n|Libro|Subsecci[óo]n|Base|Encabezado|Ep[ií]grafe|Denominaci[óo]n|Numeraci[óo]n|Reforma|Fe de erratas|Aclaraci[óo]n|Multas?|Cantidad(?:es)?|Tabla|Lista|Monto|Derogaci[óo]n|Adici[óo]n|Recorrido)\b" +
        @"[^.;:]{0,160}?(?:(?:reformad|adicionad|derogad|recorrid|reubicad|reordenad|republicad|actualizad|compilad|suprimid|reenumerad)[oa]s?|declarad[oa]s?\s+inv[áa]lid[oa]s?|recupera|DOF|D\.\s?O\.\s?F\.|P\.\s?O\.|G\.\s?O\.|B\.\s?O\.)" +
        @".{0,80}(?:DOF|D\.\s?O\.|P\.\s?O|G\.\s?O|B\.\s?O|POE|GOCDMX|GODF|Gaceta|Peri[óo]dico|\d{2}[-/]\d{2}[-/]\d{4})|^(?:Reforma|Fe de erratas|Aclaraci[óo]n|Nota:)\s?.{0,80}?\d{2}-\d{2}-\d{4}")]
    private static partial Regex Grammar();

    /// <summary>Between events: ". Reformado DOF", ". Derogado DOF". A participle begins the next one.</summary>
    [GeneratedRegex(@"(?<=\d{4}\)?)\.\s+(?=(?:Reformad|Adicionad|Derogad|Recorrid|Reubicad|Actualizad|Compilad|Republicad|Declarad|Fe de erratas|Aclaraci|P[áa]rrafo|Art[ií]culo|Fracci[óo]n|Inciso|Suprimid|Reordenad|Numeral|T[ií]tulo|Cap[ií]tulo|Secci[óo]n))")]
    private static partial Regex Events();

    [GeneratedRegex(@"(?<=^[\(\[]?)(Fe de erratas|[A-ZÁÉÍÓÚ][a-záéíóúñA-ZÁÉÍÓÚÑ]+)")]
    private static partial Regex SubjectWord();

    [GeneratedRegex(@"declarad[oa]s? (parcialmente )?inv|declaratorias? de invalidez|invalidez")]
    private static partial Regex Invalid();

    [GeneratedRegex(@"\b(derogad|derogo\b|deroga\b)")]
    private static partial Regex Derogated();

    [GeneratedRegex(@"recorrid|reubicad|reordenad|reenumerad|recorrio|antes\b")]
    private static partial Regex Moved();
}
