using System.Text.RegularExpressions;
using ParalegalBot.Statutes;

namespace ParalegalBot.Ingestion.Parsing;

/// <summary>A heading of the hierarchy as a paragraph shows it; the title may follow on the same line or below.</summary>
internal static partial class DivisionHeading
{
    /// <summary>The division that the paragraph is the heading of; null where it is none.</summary>
    public static Division? Of(SourceParagraph paragraph)
    {
        var text = paragraph.Text;
        if (text.Length > 260 || paragraph.RightAligned || paragraph.TableRow) return null;
        var match = Label().Match(text);
        if (!match.Success) return null;
        var title = Separator().Replace(text[match.Length..], "").Trim();
        if (title.Length > 0 && !IsTitle(title, paragraph, text[match.Length..])) return null;
        var kind = Kind(NumberWords.Plain(match.Groups["kind"].ValueSpan));
        if (kind is DivisionKind.Subseccion && !paragraph.Centered && !paragraph.Bold) return null;
        return new Division(kind, match.Value.Trim().TrimEnd('.', '-', ':', ' '), title.Length > 0 ? title : null);
    }

    /// <summary>"Título Segundo de esta Ley se aplicará…" is a sentence, "Capítulo II De los Contratos" a heading.</summary>
    private static bool IsTitle(string title, SourceParagraph paragraph, string tail)
    {
        if (paragraph.Centered || paragraph.Bold) return true;
        if (title.EndsWith('.') || title.EndsWith(';') || title.EndsWith(',')) return false;
        return char.IsUpper(title[0]) && (Separator().IsMatch(tail) || title.Length < 100);
    }

    private static DivisionKind Kind(string word) => word switch
    {
        "libro" => DivisionKind.Libro,
        "parte" => DivisionKind.Parte,
        "titulo" => DivisionKind.Titulo,
        "capitulo" => DivisionKind.Capitulo,
        "seccion" => DivisionKind.Seccion,
        _ => DivisionKind.Subseccion,
    };

    private const string Ordinal =
        "(?:[PpSsTtCcQqOoNnDdVvUuÚú][a-záéíóúA-ZÁÉÍÓÚ]*(?:er[ao]?|ER[AO]?|nd[ao]|ND[AO]|rt[ao]|RT[AO]|nt[ao]|NT[AO]|xt[ao]|XT[AO]|im[ao]|IM[AO]|av[ao]|AV[AO]|en[ao]|EN[AO]|ic[ao]|IC[AO])|(?i:preliminar|sext[ao]|s[eé]ptim[ao]|trig[eé]sim[ao]|d[eé]cim[ao]|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|trece|catorce|quince|diecis[eé]is|diecisiete|dieciocho|diecinueve|veinte))";

    [GeneratedRegex(
        @"^(?:(?<kind>LIBRO|Libro|PARTE|Parte|T[IÍ]TULO|T[ií]tulo|CAP[IÍ]TULO|Cap[ií]tulo|SECCI[OÓ]N|Secci[oó]n|SUBSECCI[OÓ]N|Subsecci[oó]n|APARTADO|Apartado)\s+" +
        @"(?:" + Ordinal + @"(?:\s+" + Ordinal + @")?|[IVXLC]+(?![A-Za-záéíóú])|\d{1,3}(?:[oº°]\.?)?(?!\d)|[A-Z](?![A-Za-záéíóú]))" +
        @"(?:\s?[-–]\s?[A-ZÑ](?![A-Za-z])|\s+(?i:bis|ter|qu[aá]ter|quintus|quinquies|sexies)(?![a-z]))*(?:[\s\-]\d{1,2}(?=$|[.\s]))?" +
        @"|(?:PRIMERA|SEGUNDA|TERCERA|CUARTA|Primera|Segunda|Tercera|Cuarta)\s+(?<kind>PARTE|Parte|SECCI[OÓ]N|Secci[oó]n)(?![A-Za-z]))(?=[\s.\-–:—]|$)")]
    private static partial Regex Label();

    [GeneratedRegex(@"^[\s.\-–—:]+")]
    private static partial Regex Separator();
}
