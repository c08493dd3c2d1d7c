using System.IO.Compression;

namespace ParalegalBot.Ingestion.Readers;

/// <summary>Looks at a DOCX as a zip before anything is unpacked: a bomb, a truncated file or another kind of zip is refused here.</summary>
internal static class DocxPackage
{
    private const long Unjudged = 1L << 20;

    public static void Check(Stream stream, string name, IngestionLimits limits)
    {
        using var zip = Open(stream, name);
        long total = 0;
        foreach (var entry in zip.Entries)
        {
            total += entry.Length;
            var ratio = entry.Length / Math.Max(1, entry.CompressedLength);
            if (total > limits.MaxUnpackedBytes || (entry.Length > Unjudged && ratio > limits.MaxPackingRatio))
                throw new ParalegalBotException($"«{name}» se expande mucho más de lo permitido (posible archivo malicioso) y no se abrió; consiga el original de la fuente oficial.");
            if (entry.IsEncrypted) throw new ParalegalBotException($"«{name}» está protegido con contraseña; guárdelo sin ella.");
        }
        if (zip.GetEntry("word/document.xml") is null && !zip.Entries.Any(entry => entry.FullName.StartsWith("word/", StringComparison.OrdinalIgnoreCase)))
            throw new ParalegalBotException($"«{name}» es un archivo comprimido, pero no un documento de Word; extraiga la ley o use el PDF.");
        stream.Position = 0;
    }

    private static ZipArchive Open(Stream stream, string name)
    {
        try
        {
            return new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
        }
        catch (InvalidDataException cause)
        {
            throw new ParalegalBotException($"«{name}» está incompleto o dañado; vuelva a descargarlo.", cause);
        }
    }
}
