using System.IO.Compression;
using System.Text;
using ParalegalBot.Ingestion;
using ParalegalBot.Ingestion.Readers;

namespace ParalegalBot.Tests.Ingestion;

public sealed class SourceReaderTests : IDisposable
{
    private const string W = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";

    private readonly string _folder = Directory.CreateTempSubdirectory("reader").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("vacio.pdf", "", "vacío")]
    [InlineData("roto.pdf", "%PDF-1.7\n1 0 obj\n<< /Type /Catalog", "incompleto o dañado")]
    [InlineData("falso.pdf", "no soy un PDF", "no es lo que su extensión dice")]
    [InlineData("foto.xyz", "cualquier cosa", "formato")]
    [InlineData("roto.docx", "PK\u0003\u0004 y nada más", "incompleto o dañado")]
    public void A_file_that_cannot_be_read_says_why_in_one_sentence(string name, string content, string why)
    {
        var failure = Assert.Throws<ParalegalBotException>(() => SourceReader.Read(Write(name, content), IngestionLimits.Default));

        Assert.Contains(why, failure.Message, StringComparison.Ordinal);
        Assert.Contains(name, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_over_the_limit_is_not_opened()
    {
        var failure = Assert.Throws<ParalegalBotException>(() => SourceReader.Read(Write("grande.txt", new string('a', 2000)), new IngestionLimits { MaxFileBytes = 1000 }));

        Assert.Contains("máximo", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_zip_bomb_is_refused_before_it_is_unpacked()
    {
        var path = Docx(new string(' ', 8 << 20));

        var failure = Assert.Throws<ParalegalBotException>(() => SourceReader.Read(path, IngestionLimits.Default));

        Assert.Contains("se expande", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_zip_that_is_no_Word_document_is_named_as_such()
    {
        var path = Path.Combine(_folder, "otro.docx");
        using (var zip = ZipFile.Open(path, ZipArchiveMode.Create)) zip.CreateEntry("hoja.xml");

        Assert.Contains("no un documento de Word", Assert.Throws<ParalegalBotException>(() => SourceReader.Read(path, IngestionLimits.Default)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void DOCX_yields_paragraphs_layout_and_table_rows_and_leaves_deleted_text_out()
    {
        var source = SourceReader.Read(Docx($"""
            <w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>TITULO</w:t></w:r></w:p>
            <w:p><w:pPr><w:ind w:left="400" w:hanging="200"/></w:pPr><w:r><w:t>I.</w:t><w:tab/><w:t>Uno</w:t></w:r><w:del><w:r><w:delText>borrado</w:delText></w:r></w:del></w:p>
            <w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>b</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
            """), IngestionLimits.Default);

        Assert.Equal(["TITULO", "I. Uno", "a | b"], source.Paragraphs.Select(paragraph => paragraph.Text));
        Assert.True(source.Paragraphs[0] is { Centered: true, Bold: true });
        Assert.Equal(10, source.Paragraphs[1].Indent);
        Assert.True(source.Paragraphs[2].TableRow);
    }

    [Fact]
    public void Nesting_without_end_is_a_failure_and_not_a_crash()
    {
        var docx = Docx(string.Concat(Enumerable.Repeat("<w:sdt>", 60_000)) + string.Concat(Enumerable.Repeat("</w:sdt>", 60_000)));

        // How deep a reader gets before it gives up depends on the build; either sentence tells the operator what is wrong.
        Assert.Matches("dañado|no contiene texto", Assert.Throws<ParalegalBotException>(() => SourceReader.Read(docx, IngestionLimits.Default)).Message);
    }

    [Fact]
    public void HTML_yields_blocks_breaks_and_rows_without_scripts()
    {
        var source = SourceReader.Read(Write("ley.html", "<html><head><title>x</title></head><body><script>no()</script><p align=center><b>LEY</b></p><p>Artículo 1.- Uno<br>Dos</p><table><tr><td>a<td>b</table></body></html>"), IngestionLimits.Default);

        Assert.Equal(SourceKind.Html, source.Kind);
        Assert.Equal(["LEY", "Artículo 1.- Uno", "Dos", "a | b"], source.Paragraphs.Select(paragraph => paragraph.Text));
        Assert.True(source.Paragraphs[0] is { Centered: true, Bold: true });
    }

    [Fact]
    public void Hard_wrapped_text_is_joined_and_old_encodings_are_read()
    {
        var path = Path.Combine(_folder, "ley.txt");
        File.WriteAllBytes(path, Encoding.Latin1.GetBytes("Artículo 1.- La presente ley es\nde orden público y rige en\ntodo el país, según el\nartículo 5 de la otra.\n\nArtículo 2.- Fin."));

        var source = SourceReader.Read(path, IngestionLimits.Default);

        Assert.Equal(["Artículo 1.- La presente ley es de orden público y rige en todo el país, según el artículo 5 de la otra.", "Artículo 2.- Fin."], source.Paragraphs.Select(paragraph => paragraph.Text));
    }

    [Theory]
    [InlineData("\uF0E5 x \uF0B4 \uF061", "∑ x × α")] // private-use glyphs of the Symbol font
    [InlineData("o\uFB01cina  de\u00A0la\u00ADley", "oficina de laley")]
    [InlineData("espan\u0303ol", "español")]
    public void Characters_are_made_plain(string raw, string plain) => Assert.Equal(plain, TextCleaning.Clean(raw));

    private string Write(string name, string content)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, content);
        return path;
    }

    private string Docx(string body)
    {
        var path = Path.Combine(_folder, "ley.docx");
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        Entry(zip, "[Content_Types].xml", """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>""");
        Entry(zip, "_rels/.rels", """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>""");
        Entry(zip, "word/document.xml", $"<w:document {W}><w:body>{body}</w:body></w:document>");
        return path;
    }

    private static void Entry(ZipArchive zip, string name, string content)
    {
        using var writer = new StreamWriter(zip.CreateEntry(name).Open());
        writer.Write(content);
    }
}
