using UglyToad.PdfPig;
using UglyToad.PdfPig.Exceptions;

namespace ParalegalBot.Ingestion.Readers;

/// <summary>PDF with a text layer. Pages are read one after the other and only their lines are kept.</summary>
internal static class PdfReader
{
    public static SourceText Read(Stream stream, string name, IngestionLimits limits)
    {
        var pages = Pages(stream, name, limits);
        var characters = pages.Sum(page => page.Sum(line => (long)line.Text.Length));
        if (characters < 20L * pages.Count)
            throw new ParalegalBotException($"«{name}» es una imagen escaneada sin capa de texto; páselo por un reconocimiento óptico (OCR) o consiga el PDF oficial.");
        return new SourceText(SourceKind.Pdf, ParagraphAssembler.Assemble(FurnitureFilter.Remove(pages)));
    }

    private static List<IReadOnlyList<PdfLine>> Pages(Stream stream, string name, IngestionLimits limits)
    {
        try
        {
            using var document = PdfDocument.Open(stream, new ParsingOptions { UseLenientParsing = true, SkipMissingFonts = true });
            if (document.NumberOfPages > limits.MaxPages)
                throw new ParalegalBotException($"«{name}» tiene {document.NumberOfPages} páginas y el máximo es {limits.MaxPages}; divídalo o amplíe el límite.");
            var pages = new List<IReadOnlyList<PdfLine>>(document.NumberOfPages);
            for (var number = 1; number <= document.NumberOfPages; number++) pages.Add(PdfLines.Of(document.GetPage(number)));
            return pages;
        }
        catch (PdfDocumentEncryptedException cause)
        {
            throw new ParalegalBotException($"«{name}» está protegido con contraseña; guárdelo sin ella o consiga el PDF oficial.", cause);
        }
        catch (Exception cause) when (cause is not ParalegalBotException and not OutOfMemoryException)
        {
            // The PDF library throws a dozen kinds of exception over damaged files.
            throw new ParalegalBotException($"«{name}» está incompleto o dañado y no se puede leer como PDF; vuelva a descargarlo.", cause);
        }
    }
}
