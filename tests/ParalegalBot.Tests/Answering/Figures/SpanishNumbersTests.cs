using System.Globalization;
using ParalegalBot.Answering.Figures;

namespace ParalegalBot.Tests.Answering.Figures;

public sealed class SpanishNumbersTests
{
    [Theory]
    [InlineData("doce", "Number 12")]
    [InlineData("ciento veinte", "Number 120")]
    [InlineData("treinta y uno", "Number 31")]
    [InlineData("mil quinientos", "Number 1500")]
    [InlineData("dos mil veintidós", "Number 2022")]
    [InlineData("tres millones doscientos mil", "Number 3200000")]
    [InlineData("1,500.50", "Number 1500.5")]
    [InlineData("2.5", "Number 2.5")]
    [InlineData("cinco mil", "Number 5000")]
    [InlineData("doce (12) socios", "Number 12")] // said twice is one figure
    [InlineData("dos, tres", "Number 2|Number 3")]
    [InlineData("cuarenta y ocho mil novecientos noventa y nueve", "Number 48999")]
    public void Cardinals(string text, string expected) => Check(text, expected);

    [Theory]
    [InlineData("un trabajador y una patrona", "")]
    [InlineData("cada uno de los socios", "")]
    [InlineData("una vez que se notifique", "")]
    [InlineData("un tercero de buena fe", "")] // a person
    [InlineData("los terceros perjudicados", "")]
    [InlineData("el tercero interesado", "")]
    [InlineData("personas de la tercera edad", "")]
    [InlineData("un cuarto de servicio", "")] // a room
    [InlineData("juez de primera instancia", "")]
    public void Words_that_only_look_like_numbers(string text, string expected) => Check(text, expected);

    [Theory]
    [InlineData("primero", "Ordinal 1")]
    [InlineData("el primer año", "Ordinal 1")]
    [InlineData("vigésimo", "Ordinal 20")]
    [InlineData("vigésimo quinto", "Ordinal 25")]
    [InlineData("décimo primero", "Ordinal 11")]
    [InlineData("1o. de enero es otra cosa", "Date 101")]
    [InlineData("2ª vez", "Ordinal 2")]
    [InlineData("3er aniversario", "Ordinal 3")]
    [InlineData("el día tercero", "Ordinal 3")]
    [InlineData("por segunda ocasión", "Ordinal 2")]
    public void Ranks(string text, string expected) => Check(text, expected);

    [Theory]
    [InlineData("la mitad", "Fraction 0.5")]
    [InlineData("un tercio", "Fraction 0.3333")]
    [InlineData("dos terceras partes", "Fraction 0.6667")]
    [InlineData("las tres cuartas partes del capital", "Fraction 0.75")]
    [InlineData("la quinta parte", "Fraction 0.2")]
    [InlineData("una décima parte", "Fraction 0.1")]
    [InlineData("la tercera parte", "Fraction 0.3333")]
    [InlineData("la primera parte del contrato", "Ordinal 1")]
    [InlineData("la segunda parte del contrato", "Ordinal 2")]
    public void Fractions(string text, string expected) => Check(text, expected);

    [Theory]
    [InlineData("25%", "Percentage 25")]
    [InlineData("25 %", "Percentage 25")]
    [InlineData("veinticinco por ciento", "Percentage 25")]
    [InlineData("un ciento por ciento más", "Percentage 100")]
    [InlineData("cien por ciento", "Percentage 100")]
    [InlineData("un diez por ciento", "Percentage 10")]
    [InlineData("dos al millar", "Percentage 0.2")]
    [InlineData("9.5 por ciento", "Percentage 9.5")]
    public void Percentages(string text, string expected) => Check(text, expected);

    [Theory]
    [InlineData("$1,500.00", "Money 1500 mxn")]
    [InlineData("$1,500.00 (M.N.)", "Money 1500 mxn")]
    [InlineData("mil pesos", "Money 1000 mxn")]
    [InlineData("un peso", "Money 1 mxn")]
    [InlineData("mil quinientos pesos 00/100 M.N.", "Money 1500 mxn")]
    [InlineData("un millón de pesos", "Money 1000000 mxn")]
    [InlineData("$ 3 mil pesos", "Money 3000 mxn")]
    [InlineData("cien dólares", "Money 100 usd")]
    public void Money(string text, string expected) => Check(text, expected);

    [Theory]
    [InlineData("cincuenta veces la Unidad de Medida y Actualización", "Multiple 50 uma")]
    [InlineData("300 UMA", "Multiple 300 uma")]
    [InlineData("dos veces el salario mínimo general", "Multiple 2 salary")]
    [InlineData("cinco salarios mínimos", "Multiple 5 salary")]
    [InlineData("se pagará salario doble", "Multiple 2 times")]
    [InlineData("hasta tres veces", "Multiple 3 times")]
    [InlineData("una vez el valor diario de la UMA", "Multiple 1 uma")]
    public void Multiples(string text, string expected) => Check(text, expected);

    [Theory]
    [InlineData("tres meses", "Duration 3 month")]
    [InlineData("15 días", "Duration 15 day")]
    [InlineData("cuarenta y ocho horas", "Duration 48 hour")]
    [InlineData("un año", "Duration 1 year")]
    [InlineData("un anio", "Duration 1 year")]
    [InlineData("un año y medio", "Duration 1.5 year")]
    [InlineData("media hora", "Duration 0.5 hour")]
    [InlineData("30 segundos", "Duration 30 second")]
    [InlineData("quince días hábiles", "Duration 15 day:business")]
    [InlineData("quince días naturales", "Duration 15 day:calendar")]
    [InlineData("doce días laborables", "Duration 12 day:business")]
    [InlineData("trescientos días multa", "Duration 300 fine-day")]
    [InlineData("tres o más días", "Duration 3 day")]
    [InlineData("15 dias", "Duration 15 day")] // chat spelling
    [InlineData("seis semanas anteriores y seis posteriores", "Duration 6 week|Number 6")]
    public void Durations(string text, string expected) => Check(text, expected);

    [Theory]
    [InlineData("20 de diciembre", "Date 1220")]
    [InlineData("veinte de diciembre", "Date 1220")]
    [InlineData("el día 20 de diciembre", "Date 1220")]
    [InlineData("primero de mayo", "Date 501")]
    [InlineData("1º de mayo de 2024", "Date 20240501")]
    [InlineData("27-12-2022", "Date 20221227")]
    [InlineData("27/12/2022", "Date 20221227")]
    [InlineData("2022-12-27", "Date 20221227")]
    [InlineData("27 de diciembre de dos mil veintidós", "Date 20221227")]
    [InlineData("diciembre de 2022", "Date 20221200")]
    public void Dates(string text, string expected) => Check(text, expected);

    [Theory]
    [InlineData("de 2 a 7 años", "Duration 2-7 year")]
    [InlineData("de dos a siete años", "Duration 2-7 year")]
    [InlineData("de uno a cinco años", "Duration 1-5 year")]
    [InlineData("de tres meses a dos años", "Duration 3 month|Duration 2 year")]
    [InlineData("de cien a trescientos días multa", "Duration 100-300 fine-day")]
    [InlineData("entre $100 y $300 pesos", "Money 100-300 mxn")]
    [InlineData("de 50 a 5000 veces la UMA", "Multiple 50-5000 uma")]
    [InlineData("entre 18 y 65 años", "Duration 18-65 year")]
    public void Ranges(string text, string expected) => Check(text, expected);

    [Theory]
    [InlineData("artículo 47", "article 47")]
    [InlineData("el art. 3o. Bis", "article 3 bis")]
    [InlineData("artículos 47, 48 y 50", "article 47|article 48|article 50")]
    [InlineData("artículo 123, apartado A, fracción XXII", "article 123|apartado a|fraccion xxii")]
    [InlineData("fracciones I a IV", "fraccion i|fraccion iv")]
    [InlineData("inciso b) de la fracción II", "inciso b|fraccion ii")]
    [InlineData("párrafo segundo", "parrafo 2")]
    [InlineData("artículo 1,000 del código", "article 1000")]
    [InlineData("artículo 353-Ñ", "article 353 ñ")]
    [InlineData("artículo 2448 C", "article 2448 c")]
    [InlineData("según el artículo 87, quince días", "article 87|Duration 15 day")]
    [InlineData("artículo 76 y 12 días", "article 76|Duration 12 day")]
    public void References(string text, string expected) => Check(text, expected);

    [Fact]
    public void The_span_is_the_words_of_the_text()
    {
        const string text = "Se pagará una prima de veinticinco por ciento, antes del 20 de diciembre.";

        Assert.Equal(["veinticinco por ciento", "20 de diciembre"], SpanishNumbers.Find(text).Select(figure => figure.In(text)));
    }

    [Theory]
    [InlineData("12 días", "doce días laborables", true)] // the claim says less
    [InlineData("12 días hábiles", "doce días", false)] // the claim says more
    [InlineData("12 días", "doce meses", false)]
    [InlineData("7 años", "de dos a siete años", true)]
    [InlineData("de 2 a 8 años", "de dos a siete años", false)]
    [InlineData("20 de diciembre", "20 de diciembre de 2022", true)]
    [InlineData("20 de diciembre de 2023", "20 de diciembre de 2022", false)]
    [InlineData("25%", "veinticinco por ciento", true)]
    [InlineData("25 pesos", "veinticinco por ciento", false)]
    [InlineData("50 UMA", "cincuenta veces el salario mínimo", false)]
    [InlineData("artículo 353-N", "artículo 353-Ñ", false)]
    public void A_figure_is_said_by_another_when_value_and_unit_agree(string claim, string evidence, bool said) =>
        Assert.Equal(said, Assert.Single(SpanishNumbers.Find(claim)).IsSaidBy(Assert.Single(SpanishNumbers.Find(evidence))));

    private static void Check(string text, string expected) =>
        Assert.Equal(expected, string.Join('|', SpanishNumbers.Find(text).Select(Show)));

    private static string Show(Figure figure)
    {
        if (figure.Kind is FigureKind.Reference) return $"{figure.Unit} {figure.Label}";
        var value = Math.Round(figure.Value, 4).ToString("0.####", CultureInfo.InvariantCulture);
        if (figure.Upper is { } upper) value += "-" + upper.ToString("0.####", CultureInfo.InvariantCulture);
        return $"{figure.Kind} {value} {figure.Unit}".Trim();
    }
}
