using ParalegalBot.Statutes;

namespace ParalegalBot.Tests.Ingestion;

public sealed class StatuteParserTests
{
    [Fact]
    public void The_head_gives_title_publication_and_last_reform()
    {
        var law = SampleLaw.Parse("Artículo 1.- Uno.", "Artículo 2.- Dos.");

        Assert.Equal(("Ley de Prueba", new DateOnly(1999, 5, 4), new DateOnly(2021, 2, 3)), (law.Title, law.Published, law.LastReform));
    }

    [Fact]
    public void The_hierarchy_stands_above_each_article()
    {
        var law = SampleLaw.Parse("^LIBRO PRIMERO", "^De las Cosas", "^Título Único", "^Capítulo I", "^De lo Uno", "Artículo 1.- Uno.", "^Capítulo II", "^De lo Dos", "Artículo 2.- Dos.");

        Assert.Equal(["LIBRO PRIMERO|De las Cosas", "Título Único|", "Capítulo I|De lo Uno"], law.Articles[0].Place.Select(place => $"{place.Label}|{place.Title}"));
        Assert.Equal("Capítulo II", law.Articles[1].Place[^1].Label);
    }

    [Fact]
    public void A_quoted_article_of_another_law_stays_text()
    {
        var law = SampleLaw.Parse("Artículo 1.- Uno.", "Artículo 2.- Dos.", "Artículo 123.- Lo que dice otra ley.", "Artículo 3.- Tres.");

        Assert.Equal(["1", "2", "3"], law.Articles.Select(article => article.Number.Key));
        Assert.Contains("otra ley", law.Articles[1].Passages[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_epigraph_on_the_line_of_the_heading_is_no_text()
    {
        var law = SampleLaw.Parse("Artículo 1. Objeto de la ley", "Esta ley regula.", "Artículo 2. Otra cosa se regula aquí.", "Segundo párrafo.");

        Assert.Equal(("Objeto de la ley", "Esta ley regula."), (law.Articles[0].Heading, law.Articles[0].Passages.Single().Text));
        Assert.Null(law.Articles[1].Heading);
    }

    [Fact]
    public void A_derogated_article_ends_the_day_before_its_decree()
    {
        var law = SampleLaw.Parse("Artículo 1.- (Se deroga).", ">Artículo derogado DOF 10-01-2014", "Artículo 2.- Dos.");

        Assert.True(law.Articles[0].Derogated);
        Assert.Equal(new DateOnly(2014, 1, 9), law.Articles[0].Validity.To);
        Assert.False(law.Articles[1].Derogated);
    }

    [Fact]
    public void A_derogation_without_a_date_is_unknown_before_the_last_reform_and_certain_after()
    {
        var validity = SampleLaw.Parse("Artículo 1.- Se deroga.", "Artículo 2.- Dos.").Articles[0].Validity;

        Assert.Null(validity.InForceOn(new DateOnly(2010, 1, 1)));
        Assert.False(validity.InForceOn(new DateOnly(2022, 1, 1)));
    }

    [Fact]
    public void A_range_of_derogated_articles_is_one_article_each()
    {
        var law = SampleLaw.Parse("Artículo 1.- Uno.", "Artículos 2 al 4.- Se derogan.", ">Artículos derogados DOF 10-01-2014", "Artículo 5.- Cinco.");

        Assert.Equal(["1", "2", "3", "4", "5"], law.Articles.Select(article => article.Number.Key));
        Assert.All(law.Articles.Skip(1).Take(3), article => Assert.True(article.Derogated));
    }

    [Fact]
    public void A_derogated_fraccion_does_not_derogate_its_article()
    {
        var article = SampleLaw.Only("1", "Artículo 1.- Lista:", "I. (Se deroga)", ">Fracción derogada DOF 10-01-2014", "II. Dos.", "Artículo 2.- Otro.");

        Assert.False(article.Derogated);
        Assert.Equal((ValidityReason.Derogated, new DateOnly(2014, 1, 9)), (article.Passages[1].Validity.Reason, article.Passages[1].Validity.To!.Value));
    }

    [Fact]
    public void Notes_of_invalidity_end_the_unit_above_and_notes_of_revival_bring_it_back()
    {
        var article = SampleLaw.Only("1", "Artículo 1.- Lista:",
            "I. Uno;", ">Fracción declarada inválida por sentencia de la SCJN notificada 05-05-2020 y publicada DOF 08-09-2020",
            "II. [Dos;]", ">Fracción declarada inválida y “recupera su vigencia con el texto que tenía al 2 de marzo de 2019” por sentencia notificada 05-05-2020",
            "III. Tres.", ">Fracción declarada inválida por sentencia publicada DOF 08-09-2020 (En la porción normativa “tres”)", "Artículo 2.- Otro.");

        Assert.Equal(new Validity(null, new DateOnly(2020, 5, 4), ValidityReason.DeclaredInvalid), article.Passages[1].Validity);
        Assert.Equal(new Validity(new DateOnly(2020, 5, 5), null, ValidityReason.Revived), article.Passages[2].Validity);
        Assert.Null(article.Passages[3].Validity.InForceOn(new DateOnly(2021, 1, 1)));
    }

    [Fact]
    public void A_law_that_ends_step_by_step_is_unknown_until_its_last_day()
    {
        var law = SampleLaw.Parse("^Ley Abrogada, en un plazo que no exceda del 1o. de abril de 2027, por Decreto DOF 07-06-2023", "Artículo 1.- Uno.", "Artículo 2.- Dos.");

        Assert.Null(law.Validity.InForceOn(new DateOnly(2026, 1, 1)));
        Assert.False(law.Validity.InForceOn(new DateOnly(2027, 4, 2)));
    }

    [Fact]
    public void Transitorios_carry_the_date_of_their_decree_and_reform_decrees_do_not_start_the_law_again()
    {
        var law = SampleLaw.Parse("Artículo 1.- Uno.", "Artículo 2.- Dos.", "^TRANSITORIOS", "PRIMERO.- Esta Ley entrará en vigor mañana.", "SEGUNDO.- Se deroga lo que se oponga.",
            "México, D.F., a 3 de mayo de 1999.- Dip. Juan Pérez, Presidente.- Rúbrica.", "^ARTÍCULOS TRANSITORIOS DE DECRETOS DE REFORMA", "DECRETO por el que se reforma la Ley de Prueba.",
            "^Publicado en el Diario Oficial de la Federación el 3 de febrero de 2021", "Artículo 1º.- Se reforma el artículo 2.", "..........", "^TRANSITORIOS", "Único. El presente Decreto entrará en vigor el día siguiente.");

        Assert.Equal(["1", "2", "Primero transitorio (DOF 04-05-1999)", "Segundo transitorio (DOF 04-05-1999)", "Único transitorio (DOF 03-02-2021)"], law.Articles.Select(article => article.Number.Printed));
        Assert.Equal(new DateOnly(2021, 2, 3), law.Articles[^1].Decree);
        Assert.DoesNotContain(law.Articles.SelectMany(article => article.Passages), passage => passage.Text.Contains("Juan Pérez", StringComparison.Ordinal));
    }

    [Fact]
    public void A_law_numbered_in_words_keeps_its_words()
    {
        var law = SampleLaw.Parse("ARTICULO PRIMERO.- Uno.", "ARTICULO SEGUNDO.- Dos.", "ARTICULO TERCERO.- Tres.", "TRANSITORIO", "UNICO.- Entra en vigor.");

        Assert.Equal(["Primero", "Segundo", "Tercero", "Unico transitorio (DOF 04-05-1999)"], law.Articles.Select(article => article.Number.Printed));
    }

    [Fact]
    public void An_abrogated_law_ends_when_the_decree_enters_into_force()
    {
        var law = SampleLaw.Parse("Artículo 1.- Uno.", "Artículo 2.- Dos.", "TRANSITORIOS", "Primero. La presente Ley entrará en vigor al día siguiente de su publicación.",
            "Segundo. Se abroga la Ley de Otra Cosa, publicada en el Diario Oficial de la Federación el 5 de julio de 1980.");

        Assert.Equal([new Abrogation("Ley de Otra Cosa", new DateOnly(1980, 7, 5), new DateOnly(1999, 5, 5), null)], law.Abrogations);
    }

    [Fact]
    public void Each_law_of_a_list_is_abrogated_and_exceptions_for_named_articles_do_not_move_the_date()
    {
        var law = SampleLaw.Parse("Artículo 1.- Uno.", "Artículo 2.- Dos.", "TRANSITORIOS", "Primero. Entrará en vigor el día 1o. de mayo de 2000, con excepción del artículo 2.",
            "Segundo. A la entrada en vigor se abrogan las disposiciones siguientes:", "I. La Ley de lo Uno, publicada en el Diario Oficial de la Federación el 5 de julio de 1980;", "II. La Ley de lo Otro.",
            "Tercero. Se abrogan la Ley de Tercera y la Ley de Cuarta, y se derogan los artículos 3 y 4 de la Ley de Quinta.");

        Assert.Equal(["Ley de lo Uno", "Ley de lo Otro", "Ley de Tercera", "Ley de Cuarta"], law.Abrogations.Select(abrogation => abrogation.Title));
        Assert.All(law.Abrogations, abrogation => Assert.Equal(new DateOnly(2000, 5, 1), abrogation.Effective));
    }

    [Theory]
    [InlineData("el mismo día de su publicación", "1999-05-04")]
    [InlineData("a los noventa días naturales siguientes al de su publicación", "1999-08-02")]
    [InlineData("treinta y un días después de su publicación", "1999-06-04")]
    [InlineData("seis meses después de su publicación", "1999-11-04")]
    [InlineData("el 1o. de enero de 2000", "2000-01-01")]
    public void Entry_into_force_is_computed(string rule, string effective)
    {
        var law = SampleLaw.Parse("Artículo 1.- Uno.", "Artículo 2.- Dos.", "TRANSITORIOS", $"Primero. Esta Ley entrará en vigor {rule} en el Diario Oficial.", "Segundo. Se abroga la Ley de Otra Cosa.");

        Assert.Equal(DateOnly.Parse(effective), Assert.Single(law.Abrogations).Effective);
    }

    [Fact]
    public void A_staged_entry_into_force_is_kept_verbatim_instead_of_a_date()
    {
        var law = SampleLaw.Parse("Artículo 1.- Uno.", "Artículo 2.- Dos.", "TRANSITORIOS", "Primero. La presente Ley entrará en vigor gradualmente conforme a la declaratoria respectiva.", "Segundo. Se abroga la Ley de Otra Cosa.");

        var abrogation = Assert.Single(law.Abrogations);
        Assert.Null(abrogation.Effective);
        Assert.StartsWith("La presente Ley entrará en vigor gradualmente", abrogation.Condition, StringComparison.Ordinal);
    }

    [Fact]
    public void A_state_note_before_an_article_belongs_to_it()
    {
        var law = SampleLaw.Parse("Artículo 1.- Uno.", "(REFORMADO, P.O. 27 DE NOVIEMBRE DE 2007)", "Artículo 2.- Dos.");

        Assert.Empty(law.Articles[0].Notes);
        Assert.Equal(new DateOnly(2007, 11, 27), law.Articles[1].LastReform);
    }

    [Fact]
    public void A_state_collection_prints_spaced_headings_and_dates_its_decrees_by_the_gazette()
    {
        var law = SampleLaw.Parse("ARTICULO 1º.- Uno:", "I.- Dos:", "A).- Tres; y", "B).- Cuatro.", "ARTICULO 2°.- Fin.", "T R A N S I T O R I O S", "PRIMERO.- Rige desde mañana.", "P.O. 3 DE MARZO DE 2010.", "ARTICULO UNICO.- El presente decreto rige desde ayer.");

        Assert.Equal(["1º", "2°", "Primero transitorio (DOF 04-05-1999)", "Unico transitorio (DOF 03-03-2010)"], law.Articles.Select(article => article.Number.Printed));
        Assert.Equal("I.- Dos:\nA).- Tres; y\nB).- Cuatro.", law.Articles[0].Passages[1].Text);
    }

    [Fact]
    public void A_text_without_articles_is_refused_in_one_sentence()
    {
        var failure = Assert.Throws<ParalegalBotException>(() => SampleLaw.Parse("Había una vez un texto.", "Que no era ley."));

        Assert.Contains("no es una ley", failure.Message, StringComparison.Ordinal);
    }
}
