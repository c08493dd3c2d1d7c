using ParalegalBot.Ingestion;
using ParalegalBot.Statutes;

namespace ParalegalBot.Tests.Ingestion;

/// <summary>Writes a small law of our own for a test: a head, the given lines, nothing else.</summary>
internal static class SampleLaw
{
    public static StatuteDocument Parse(params string[] lines) => StatuteParser.Parse(Source(lines), "LX");

    /// <summary>Lines as a file without layout; one that begins with <c>&gt;</c> is set against the right margin, with <c>^</c> centred.</summary>
    public static SourceText Source(params string[] lines) => new(SourceKind.Text,
    [
        .. new[] { "^LEY DE PRUEBA", "^Nueva Ley publicada en el Diario Oficial de la Federación el 4 de mayo de 1999", "^TEXTO VIGENTE", "^Última reforma publicada DOF 03-02-2021" }
            .Concat(lines).Select(Paragraph),
    ]);

    public static Article Only(string number, params string[] lines) => Parse(lines).Articles.Single(article => article.Number.Key == ArticleNumber.KeyOf(number));

    private static SourceParagraph Paragraph(string line) => line[0] switch
    {
        '>' => new SourceParagraph(line[1..]) { RightAligned = true },
        '^' => new SourceParagraph(line[1..]) { Centered = true },
        '|' => new SourceParagraph(line[1..]) { TableRow = true },
        _ => new SourceParagraph(line),
    };
}
