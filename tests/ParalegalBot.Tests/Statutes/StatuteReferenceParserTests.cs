using ParalegalBot.Statutes;

namespace ParalegalBot.Tests.Statutes;

public sealed class StatuteReferenceParserTests
{
    private static readonly StatuteReferenceParser Parser = new(new LawNames([
        ("Ley Federal del Trabajo", "LFT"), ("ley del trabajo", "LFT"), ("LFT", "LFT"),
        ("Constitución Política de los Estados Unidos Mexicanos", "CPEUM"), ("constitución", "CPEUM"), ("constitucional", "CPEUM"), ("CPEUM", "CPEUM"),
        ("Ley del Impuesto al Valor Agregado", "LIVA"), ("Código Civil Federal", "CCF"), ("código civil", "CCF"), ("Código Penal Federal", "CPF"),
        ("Ley de Instituciones de Crédito", "LIC"), ("Ley de Amparo", "LAmp"), ("Ley Federal de Protección al Consumidor", "LFPC"),
    ]));

    // text, expected as law|article|apartado|fracción|inciso|párrafo
    [Theory]
    [InlineData("artículo 47 fracción II de la LFT", "LFT|47||II||")]
    [InlineData("¿Qué dice el art. 123 constitucional, apartado A?", "CPEUM|123|A|||")]
    [InlineData("el 123 constitucional apartado A fracción XXII", "CPEUM|123|A|XXII||")]
    [InlineData("el juicio constitucional y el artículo 47 de la LFT", "LFT|47||||")]
    [InlineData("2o-A de la LIVA", "LIVA|2o-A||||")]
    [InlineData("articulo 76 de la ley del trabajo", "LFT|76||||")]
    [InlineData("artículo 3o. Bis de la Ley Federal del Trabajo", "LFT|3o. Bis||||")]
    [InlineData("art 353-Ñ LFT", "LFT|353-Ñ||||")]
    [InlineData("fracción XV del artículo 47 de la Ley Federal del Trabajo", "LFT|47||XV||")]
    [InlineData("segundo párrafo del artículo 14 de la Constitución", "CPEUM|14||||2")]
    [InlineData("artículo 16, párrafo tercero, de la constitución", "CPEUM|16||||3")]
    [InlineData("artículo 132 fracción 17 LFT", "LFT|132||XVII||")] // arabic fracción
    [InlineData("artículo 1,000 de la LFT", "LFT|1,000||||")]
    [InlineData("inciso a) de la fracción III del artículo 107 de la constitución", "CPEUM|107||III|a|")]
    [InlineData("artículo 199 Sextus del Código Penal Federal", "CPF|199 Sextus||||")]
    [InlineData("según la Ley de Amparo, el artículo 17 marca un plazo", "LAmp|17||||")] // the law stands before
    [InlineData("que dice el articulo 5", "|5||||")]
    [InlineData("artículo tercero transitorio de la LFT", "LFT|tercero transitorio||||")]
    [InlineData("Artículo 2448-C del código civil", "CCF|2448-C||||")]
    [InlineData("artículo 15-A de la LFT", "LFT|15-A||||")]
    public void A_reference_is_found_with_all_its_parts(string text, string expected)
    {
        var reference = Assert.Single(Parser.Parse(text));

        Assert.Equal(expected, $"{reference.Law}|{reference.Article}|{reference.Apartado}|{reference.Fraccion}|{reference.Inciso}|{reference.Parrafo}");
    }

    [Fact]
    public void A_list_of_articles_shares_its_law() =>
        Assert.Equal(["LFT 47", "LFT 48", "LFT 51"], Parser.Parse("artículos 47, 48 y 51 de la LFT").Select(r => $"{r.Law} {r.Article}"));

    [Fact]
    public void Two_articles_of_two_laws_keep_their_own() =>
        Assert.Equal(["LFT 76", "CPEUM 123"], Parser.Parse("artículo 76 de la LFT y artículo 123 de la Constitución").Select(r => $"{r.Law} {r.Article}"));

    [Theory]
    [InlineData("cuantos dias de vacaciones me tocan a los 3 años")]
    [InlineData("Lic. me corrieron y me deben 2,500 pesos")] // LIC is a law, Lic. a person
    [InlineData("el articulo que compre salio malo, lo compre en 47 pesos")] // goods, not law
    [InlineData("quiero amparo")]
    public void Everyday_text_holds_no_reference(string text) => Assert.Empty(Parser.Parse(text));

    [Theory]
    [InlineData("artículo 8 de la Ley del Impuesto Sobre Aeronaves", "Ley del Impuesto Sobre Aeronaves")]
    [InlineData("¿Qué dice el artículo 5 del Código Civil para el Estado de Jalisco?", "Código Civil para el Estado de Jalisco")]
    [InlineData("articulo 10 del codigo civil de nuevo leon", "codigo civil de nuevo leon")]
    public void A_formal_name_that_nobody_knows_is_kept_as_written(string text, string name)
    {
        var reference = Assert.Single(Parser.Parse(text));

        Assert.Null(reference.Law);
        Assert.Equal(name, reference.LawAsWritten);
    }

    [Fact]
    public void A_law_without_an_article_is_a_reference_to_the_law()
    {
        var reference = Assert.Single(Parser.Parse("qué protege la Ley Federal de Protección al Consumidor"));

        Assert.Equal(("LFPC", (string?)null), (reference.Law, reference.Article));
    }

    [Fact]
    public void The_span_covers_the_reference_in_the_text()
    {
        const string text = "Dígame qué dice la fracción II del artículo 47 de la LFT.";

        var reference = Assert.Single(Parser.Parse(text));

        Assert.Equal("fracción II del artículo 47", text.Substring(reference.Start, reference.Length));
    }
}
