using System.Text;
using System.Text.RegularExpressions;

namespace ParalegalBot.Ingestion.Readers;

/// <summary>Plain text and Markdown: a line is a paragraph, except where a file is hard-wrapped and blank lines separate paragraphs.</summary>
internal static partial class PlainTextReader
{
    public static SourceText Read(Stream stream) => new(SourceKind.Text, Paragraphs(Decode(stream)));

    /// <summary>Old files are Windows-1252; bytes that are not UTF-8 tell.</summary>
    private static string Decode(Stream stream)
    {
        using var buffer = new MemoryStream();
        stream.CopyTo(buffer);
        var bytes = buffer.ToArray();
        if (bytes is [0xFF, 0xFE, ..]) return Encoding.Unicode.GetString(bytes.AsSpan(2));
        if (bytes is [0xFE, 0xFF, ..]) return Encoding.BigEndianUnicode.GetString(bytes.AsSpan(2));
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1.GetString(bytes);
        }
    }

    private static List<SourceParagraph> Paragraphs(string text)
    {
        var lines = text.Split('\n').Select(line => TextCleaning.Clean(line)).ToList();
        var wrapped = IsHardWrapped(lines);
        var paragraphs = new List<SourceParagraph>();
        var open = new StringBuilder();
        foreach (var line in lines)
        {
            if (line.Length == 0 || !wrapped || StartsUnit().IsMatch(line)) Close();
            if (line.Length > 0) open.Append(open.Length > 0 ? " " : "").Append(line);
        }
        Close();
        return paragraphs;

        void Close()
        {
            if (open.Length > 0) paragraphs.Add(Markdown(open.ToString()));
            open.Clear();
        }
    }

    /// <summary>Hard-wrapped: hardly any line is long, and many lines that end without a stop go on in lower case.</summary>
    private static bool IsHardWrapped(List<string> lines)
    {
        var filled = lines.Where(line => line.Length > 0).ToList();
        if (filled.Count < 4 || filled.Count(line => line.Length > 160) * 50 > filled.Count) return false;
        return filled.Count(line => char.IsLower(line[0]) && !StartsUnit().IsMatch(line)) * 5 > filled.Count;
    }

    private static SourceParagraph Markdown(string line)
    {
        var heading = line.StartsWith('#');
        var text = Emphasis().Replace(line.TrimStart('#', '>', ' '), "");
        return new SourceParagraph(text) { Bold = heading, BoldStart = heading || line.StartsWith("**", StringComparison.Ordinal), Centered = heading };
    }

    [GeneratedRegex(@"^(#|>|\*\*|ART[IÍ]CULO\b|Art[ií]culo\b|[IVXLC]+(\s?[.\-)]|\sBis)|[A-Za-zñ]\)|[A-Z]\.|\d+\s?[.)]|T[IÍ]TULO|CAP[IÍ]TULO|SECCI[OÓ]N|LIBRO|TRANSITORIO)")]
    private static partial Regex StartsUnit();

    [GeneratedRegex(@"\*\*|__|(?<!\w)\*(?=\S)|(?<=\S)\*(?!\w)")]
    private static partial Regex Emphasis();
}
