using ParalegalBot.Ingestion.Readers;

namespace ParalegalBot.Tests.Ingestion;

public sealed class ReaderLayoutTests
{
    [Fact]
    public void Running_headers_and_page_numbers_are_removed_by_their_repetition()
    {
        var pages = Enumerable.Range(1, 10).Select(Page).ToList();

        var kept = FurnitureFilter.Remove(pages).SelectMany(page => page).Select(line => line.Text).ToList();

        Assert.Equal(Enumerable.Range(1, 10).SelectMany(page => new[] { $"texto {Word(page)}", $"{1990 + page}." }), kept);
    }

    [Fact]
    public void A_paragraph_goes_on_over_the_page_and_a_new_indent_begins_another()
    {
        IReadOnlyList<PdfLine>[] pages =
        [
            [Line(1, 85, 541, 100, "Artículo 1.- La ley es de orden público y dice el"), Line(1, 71, 541, 88, "artículo 136. Que todo lo que aquí se dice vale para")],
            [Line(2, 71, 300, 700, "todos los habitantes."), Line(2, 85, 541, 677, "Segundo párrafo que llena toda la línea hasta el borde"), Line(2, 71, 200, 665, "y acaba aquí.")],
        ];

        var paragraphs = ParagraphAssembler.Assemble(pages);

        Assert.Equal(
            ["Artículo 1.- La ley es de orden público y dice el artículo 136. Que todo lo que aquí se dice vale para todos los habitantes.", "Segundo párrafo que llena toda la línea hasta el borde y acaba aquí."],
            paragraphs.Select(paragraph => paragraph.Text));
        Assert.Equal([1, 2], paragraphs.Select(paragraph => paragraph.Page));
    }

    private static IReadOnlyList<PdfLine> Page(int page) =>
    [
        Line(page, 300, 541, 750, "LEY DE PRUEBA"), Line(page, 71, 541, 740, $"Última Reforma DOF 0{page % 9}-02-2025"),
        Line(page, 71, 541, 600, $"texto {Word(page)}"), Line(page, 71, 100, 60 + (page * 7), $"{1990 + page}."), // a year that fell on a line of its own
        Line(page, 290, 320, 30, $"{page} de 450"),
    ];

    private static string Word(int page) => new((char)('a' + page), 3);

    private static PdfLine Line(int page, double left, double right, double baseline, string text) => new(page, text, left, right, baseline, 10) { FirstWord = 40 };
}
