namespace ParalegalBot.Tests.Ingestion;

public sealed class UnitParserTests
{
    [Fact]
    public void An_article_of_one_paragraph_has_no_unit()
    {
        var passage = Assert.Single(SampleLaw.Only("8", "Artículo 8.- Trabajador es quien trabaja.", "Artículo 9.- Otro.").Passages);

        Assert.Equal(("LX/8/p1", null, "art. 8, LX"), (passage.Id, passage.Unit, passage.PrintedCitation));
    }

    [Fact]
    public void Fracciones_carry_the_sentence_that_introduces_them_and_incisos_stay_inside()
    {
        var article = SampleLaw.Only("47", "Artículo 47.- Son causas las siguientes:", "I. Faltar, y", "II. Mentir:", "a) de palabra, y", "b) por escrito.", "El patrón dará aviso.", "Artículo 48.- Otro.");

        Assert.Equal(["LX/47/p1", "LX/47/I", "LX/47/II", "LX/47/p2"], article.Passages.Select(passage => passage.Id));
        Assert.Equal(["p1", "fr. I", "fr. II", "p2"], article.Passages.Select(passage => passage.Unit));
        Assert.Equal("Son causas las siguientes:", article.Passages[2].Introduction);
        Assert.Equal("II. Mentir:\na) de palabra, y\nb) por escrito.", article.Passages[2].Text);
        Assert.Equal([true, false, false, false], article.Passages.Select(passage => passage.Introductory));
    }

    [Fact]
    public void Apartados_are_told_from_roman_numerals_by_their_order()
    {
        string[] lines = ["Artículo 1.- Regirán:", "A. Entre los obreros:", "I. La jornada;", "II. El descanso;", "B. Entre los Poderes:", "I. La jornada;", "C. Apartado sin fracciones.", "D. Otro más.", "Artículo 2.- Otro."];

        var article = SampleLaw.Only("1", lines);

        Assert.Equal(["p1", "A", "A.I", "A.II", "B", "B.I", "C", "D"], article.Passages.Select(passage => passage.Unit));
        Assert.Equal("LX/1/A/II", article.Passages[3].Id);
        Assert.Equal("art. 1, apdo. A, fr. II, LX", article.Passages[3].PrintedCitation);
        Assert.Equal("B. Entre los Poderes:", article.Passages[5].Introduction);
    }

    [Fact]
    public void Apartados_named_inside_a_fraccion_belong_to_it()
    {
        string[] lines = ["Artículo 41.- Las bases:", "I. Una base:", "Apartado A. El Instituto.", "Apartado B. Los estados.", "II. Otra base.", "Artículo 42.- Otro."];

        Assert.Equal(["p1", "fr. I", "fr. II"], SampleLaw.Only("41", lines).Passages.Select(passage => passage.Unit));
    }

    [Fact]
    public void A_long_fraccion_is_cut_into_its_incisos()
    {
        var filler = string.Join(' ', Enumerable.Repeat("palabra", 200));
        var article = SampleLaw.Only("1", "Artículo 1.- Lista:", "I. Casos:", $"a) Uno {filler};", $"b) Dos {filler}.", "II. Fin.", "Artículo 2.- Otro.");

        Assert.Equal(["LX/1/p1", "LX/1/I", "LX/1/I/a", "LX/1/I/b", "LX/1/II"], article.Passages.Select(passage => passage.Id));
        Assert.Equal(("fr. I, inc. a)", "I. Casos:"), (article.Passages[2].Unit, article.Passages[2].Introduction));
    }

    [Fact]
    public void Incisos_right_under_the_article_are_cited_as_incisos()
    {
        var article = SampleLaw.Only("3 Bis", "Artículo 3.- Nada.", "Artículo 3o. Bis.- Se entiende por:", "a) Hostigamiento, lo uno; y", "b) Acoso, lo otro.");

        Assert.Equal(["p1", "inc. a)", "inc. b)"], article.Passages.Select(passage => passage.Unit));
        Assert.Equal("art. 3o. Bis, inc. a), LX", article.Passages[1].PrintedCitation);
    }

    [Fact]
    public void A_line_between_two_fracciones_belongs_to_the_first()
    {
        var article = SampleLaw.Only("1", "Artículo 1.- Lista:", "I. Uno;", "Sigue el uno.", "II. Dos.", "Párrafo final.", "Artículo 2.- Otro.");

        Assert.Equal(["I. Uno;\nSigue el uno.", "II. Dos.", "Párrafo final."], article.Passages.Skip(1).Select(passage => passage.Text));
    }

    [Fact]
    public void A_repeated_label_gets_an_id_of_its_own()
    {
        var article = SampleLaw.Only("1", "Artículo 1.- Primera lista:", "I. Uno.", "Segunda lista:", "I. Otro uno.", "Artículo 2.- Otro.");

        Assert.Equal(["LX/1/p1", "LX/1/I", "LX/1/p2", "LX/1/I-2"], article.Passages.Select(passage => passage.Id));
        Assert.Equal("Segunda lista:", article.Passages[3].Introduction);
    }

    [Fact]
    public void A_table_becomes_rows_of_text_in_one_passage()
    {
        var article = SampleLaw.Only("1", "Artículo 1.- La tarifa es:", "|Concepto | Cuota", "|Uno | 5", "El resto no paga.", "Artículo 2.- Otro.");

        Assert.Equal(["La tarifa es:", "Concepto | Cuota\nUno | 5", "El resto no paga."], article.Passages.Select(passage => passage.Text));
        Assert.Equal("La tarifa es:", article.Passages[1].Introduction);
    }

    [Fact]
    public void Passages_in_order_are_the_whole_text_of_the_article()
    {
        string[] lines = ["Artículo 1.- Uno:", "I. Dos;", "a) tres", "II. Cuatro.", "Cinco.", "Artículo 2.- Otro."];

        Assert.Equal("Uno: I. Dos; a) tres II. Cuatro. Cinco.", string.Join(' ', SampleLaw.Only("1", lines).Passages.Select(passage => passage.Text)).Replace('\n', ' '));
    }
}
