using ParalegalBot.Ingestion;
using ParalegalBot.Ingestion.Parsing;
using ParalegalBot.Statutes;

namespace ParalegalBot.Tests.Ingestion;

public sealed class ReformNoteParserTests
{
    [Theory]
    [InlineData("Artículo reformado DOF 27-12-2022", "Artículo", ReformKind.Reformed)]
    [InlineData("Fracción derogada DOF 27-12-2022", "Fracción", ReformKind.Derogated)]
    [InlineData("Párrafo con incisos adicionado DOF 27-12-2022", "Párrafo", ReformKind.Added)]
    [InlineData("Artículo recorrido (antes artículo 9) DOF 27-12-2022", "Artículo", ReformKind.Moved)]
    [InlineData("Fe de erratas al artículo DOF 27-12-2022", "Fe De Erratas", ReformKind.Corrected)]
    [InlineData("Reforma DOF 27-12-2022: Derogó del artículo el entonces párrafo segundo", "Reforma", ReformKind.Derogated)]
    [InlineData("Sección adicionada DOF 27-12-2022", "Sección", ReformKind.Added)]
    [InlineData("Capítulo reubicado y reordenado DOF 27-12-2022", "Capítulo", ReformKind.Moved)]
    [InlineData("Multa del párrafo actualizada DOF 27-12-2022", "Multa", ReformKind.Other)]
    [InlineData("Artículo declarado inválido por sentencia de la SCJN notificada 27-12-2022", "Artículo", ReformKind.DeclaredInvalid)]
    [InlineData("Fracción declarada inválida y “recupera su vigencia con el texto que tenía al 2 de marzo de 2020” por sentencia publicada DOF 27-12-2022", "Fracción", ReformKind.Revived)]
    [InlineData("(REFORMADO, P.O. 27 DE DICIEMBRE DE 2022)", "Reformado", ReformKind.Reformed)] // a state's gazette
    public void An_editorial_line_is_data(string line, string subject, ReformKind kind)
    {
        var note = Assert.Single(ReformNoteParser.Of(new SourceParagraph(line)));

        Assert.Equal((subject, kind, new DateOnly(2022, 12, 27)), (note.Subject, note.Kind, note.Dates.Single()));
    }

    [Fact]
    public void Each_event_of_a_line_is_a_note_of_its_own()
    {
        var notes = ReformNoteParser.Of(new SourceParagraph("Fracción adicionada DOF 04-01-1980. Reformada DOF 30-11-2012, 01-05-2019. Derogada DOF 02-07-2020"));

        Assert.Equal([ReformKind.Added, ReformKind.Reformed, ReformKind.Derogated], notes.Select(note => note.Kind));
        Assert.Equal([new DateOnly(2012, 11, 30), new DateOnly(2019, 5, 1)], notes[1].Dates);
    }

    [Theory]
    [InlineData("El decreto publicado el 27 de diciembre de 2022 seguirá aplicándose.")]
    [InlineData("Artículo reformado por el legislador con gran cuidado.")]
    public void A_sentence_with_a_date_is_text(string line) => Assert.Empty(ReformNoteParser.Of(new SourceParagraph(line)));
}
