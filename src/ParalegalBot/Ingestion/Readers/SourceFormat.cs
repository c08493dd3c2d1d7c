using System.Text;

namespace ParalegalBot.Ingestion.Readers;

/// <summary>Tells the format of a file by its first bytes, and by its extension only where text could be several things.</summary>
internal static class SourceFormat
{
    private static readonly byte[] _legacyOffice = [0xD0, 0xCF, 0x11, 0xE0];

    public static SourceKind Detect(Stream stream, string name)
    {
        Span<byte> start = stackalloc byte[1024];
        var head = start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        stream.Position = 0;

        if (head.IndexOf("%PDF-"u8) >= 0) return SourceKind.Pdf;
        if (head.StartsWith("PK\u0003\u0004"u8)) return SourceKind.Docx;
        if (head.StartsWith(_legacyOffice))
            throw new ParalegalBotException($"«{name}» es un documento de Word antiguo (.doc) o está protegido con contraseña; guárdelo como .docx sin contraseña o use el PDF.");
        var text = Encoding.Latin1.GetString(head);
        if (text.Contains("<html", StringComparison.OrdinalIgnoreCase) || text.Contains("<!doctype html", StringComparison.OrdinalIgnoreCase)) return SourceKind.Html;
        return Path.GetExtension(name).ToLowerInvariant() switch
        {
            ".htm" or ".html" when IsText(head) => SourceKind.Html,
            ".txt" or ".md" when IsText(head) => SourceKind.Text,
            ".pdf" or ".docx" => throw new ParalegalBotException($"«{name}» está dañado o no es lo que su extensión dice; vuelva a descargarlo."),
            _ => throw new ParalegalBotException($"No se reconoce el formato de «{name}»; se leen PDF, DOCX, HTML, TXT y MD."),
        };
    }

    /// <summary>UTF-16 has zero bytes and a mark; anything else with zero bytes is not text.</summary>
    private static bool IsText(ReadOnlySpan<byte> head) => head is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] || head.IndexOf((byte)0) < 0;
}
