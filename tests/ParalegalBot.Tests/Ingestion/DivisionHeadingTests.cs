using ParalegalBot.Ingestion;
using ParalegalBot.Ingestion.Parsing;
using ParalegalBot.Statutes;

namespace ParalegalBot.Tests.Ingestion;

public sealed class DivisionHeadingTests
{
    [Theory]
    [InlineData("TITULO PRIMERO", DivisionKind.Titulo, "TITULO PRIMERO", null)] // without accent
    [InlineData("Título Décimo Segundo", DivisionKind.Titulo, "Título Décimo Segundo", null)]
    [InlineData("CAPÍTULO III BIS", DivisionKind.Capitulo, "CAPÍTULO III BIS", null)]
    [InlineData("Capítulo IX-A", DivisionKind.Capitulo, "Capítulo IX-A", null)]
    [InlineData("Capítulo II De los Contratos", DivisionKind.Capitulo, "Capítulo II", "De los Contratos")]
    [InlineData("SECCIÓN TERCERA.- DE LAS MULTAS", DivisionKind.Seccion, "SECCIÓN TERCERA", "DE LAS MULTAS")]
    [InlineData("LIBRO CUARTO", DivisionKind.Libro, "LIBRO CUARTO", null)]
    [InlineData("PRIMERA PARTE", DivisionKind.Parte, "PRIMERA PARTE", null)]
    [InlineData("CAPITULO UNICO", DivisionKind.Capitulo, "CAPITULO UNICO", null)]
    public void A_heading_of_the_hierarchy_is_read_whatever_its_case_and_accents(string line, DivisionKind kind, string label, string? title) =>
        Assert.Equal(new Division(kind, label, title), DivisionHeading.Of(new SourceParagraph(line)));

    [Theory]
    [InlineData("Título Segundo de esta Ley se aplicará a los actos que la misma señala.")]
    [InlineData("Capítulo aparte merece la materia.")]
    [InlineData("Sección de personas desaparecidas")]
    [InlineData("Apartado A del artículo anterior")]
    public void A_sentence_that_begins_like_one_is_text(string line) => Assert.Null(DivisionHeading.Of(new SourceParagraph(line)));
}
