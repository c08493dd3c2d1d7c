using System.Xml;
using DocumentFormat.OpenXml.Packaging;

namespace ParalegalBot.Ingestion.Readers;

/// <summary>DOCX: the main part is read as a stream of XML; a document tree of a long code would cost ten times its size.</summary>
internal static class DocxReader
{
    internal static XmlReaderSettings XmlSettings { get; } = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true };

    public static SourceText Read(Stream stream, string name, IngestionLimits limits)
    {
        DocxPackage.Check(stream, name, limits);
        try
        {
            using var document = WordprocessingDocument.Open(stream, isEditable: false);
            var main = document.MainDocumentPart ?? throw new InvalidDataException("no main part");
            using var styles = main.StyleDefinitionsPart?.GetStream();
            using var numbering = main.NumberingDefinitionsPart?.GetStream();
            using var body = main.GetStream();
            using var xml = XmlReader.Create(body, XmlSettings);
            return new SourceText(SourceKind.Docx, new DocxBody(new DocxStyles(styles), new DocxNumbering(numbering)).Read(xml));
        }
        catch (Exception cause) when (cause is XmlException or InvalidDataException or OpenXmlPackageException or FormatException or IOException or InsufficientExecutionStackException)
        {
            throw new ParalegalBotException($"«{name}» está dañado y no se puede leer como documento de Word; vuelva a descargarlo.", cause);
        }
    }
}
