using ParalegalBot.Ingestion.Readers;

namespace ParalegalBot.Ingestion;

/// <summary>Reads a law's file, whatever its format, into paragraphs. It knows layout and nothing of law.</summary>
public static class SourceReader
{
    /// <summary>Picks the reader by content, then by extension. Throws with one sentence where the file cannot be read.</summary>
    public static SourceText Read(string path, IngestionLimits limits)
    {
        var file = new FileInfo(path);
        if (!file.Exists) throw new ParalegalBotException($"No existe el archivo «{path}»; revise la ruta.");
        if (file.Length == 0) throw new ParalegalBotException($"El archivo «{file.Name}» está vacío; vuelva a descargarlo.");
        if (file.Length > limits.MaxFileBytes)
            throw new ParalegalBotException($"El archivo «{file.Name}» mide {file.Length / (1 << 20)} MB y el máximo es {limits.MaxFileBytes / (1 << 20)} MB; divídalo o amplíe el límite.");
        using var stream = file.OpenRead();
        var source = SourceFormat.Detect(stream, file.Name) switch
        {
            SourceKind.Pdf => PdfReader.Read(stream, file.Name, limits),
            SourceKind.Docx => DocxReader.Read(stream, file.Name, limits),
            SourceKind.Html => HtmlReader.Read(stream, file.Name),
            _ => PlainTextReader.Read(stream),
        };
        return source.Paragraphs.Count > 0
            ? source
            : throw new ParalegalBotException($"El archivo «{file.Name}» no contiene texto; compruebe que sea la ley y no una imagen.");
    }
}
