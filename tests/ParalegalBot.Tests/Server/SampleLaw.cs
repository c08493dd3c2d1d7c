using ParalegalBot.Statutes;

namespace ParalegalBot.Tests.Server;

/// <summary>An invented law with what a page must cope with: versions, a derogated article, incisos, markup in the text.</summary>
internal static class SampleLaw
{
    public const string Script = "<script>alert('ley')</script>";

    public static void WriteTo(StatuteStore store)
    {
        store.Write(Law, Document(new DateOnly(2015, 1, 1), "El plazo del préstamo es de diez días.", null), Source("01"));
        store.Write(Law, Document(new DateOnly(2024, 3, 1), "El plazo del préstamo es de quince días.", new DateOnly(2024, 3, 1)), Source("02"));
    }

    private static Statute Law => new()
    {
        Abbreviation = "LPL",
        Title = "Ley de Préstamo de Libros",
        Order = LegalOrder.Federal,
        Entity = "México",
        Matter = "cultura",
        Published = new DateOnly(2015, 1, 1),
        VerifiedThrough = new DateOnly(2026, 6, 30),
        SourceUrl = "https://leyes.example/LPL.pdf",
    };

    private static StatuteDocument Document(DateOnly reform, string term, DateOnly? noted) => new()
    {
        Title = Law.Title,
        Published = Law.Published,
        LastReform = reform,
        Articles =
        [
            Article("1o", "Título Primero", "Del objeto", ["Esta Ley regula el préstamo de libros. " + Script]) with { Page = 2 },
            Noted(Article("2o", "Título Primero", "Del objeto", [term, "Quien no devuelva el libro a tiempo pagará una multa de cinco pesos por día."]) with { Heading = "Plazo", Page = 3 }, noted),
            List("3o-A"),
            Article("4o", "Título Segundo", "De las sanciones", []) with { Validity = new Validity(new DateOnly(2015, 1, 1), null, ValidityReason.Derogated) },
            Article("5o", "Título Segundo", "De las sanciones", ["Las multas se destinan a comprar libros."]),
        ],
    };

    private static Article Article(string number, string label, string title, string[] paragraphs) => new()
    {
        Law = "LPL",
        Number = new ArticleNumber(number),
        Place = [new Division(DivisionKind.Titulo, label, title)],
        Passages = [.. paragraphs.Select((text, index) => new Passage
        {
            Id = $"LPL/{number}/p{index + 1}", Law = "LPL", Article = number, Unit = paragraphs.Length == 1 ? null : $"p{index + 1}", Text = text, Page = 3,
        })],
    };

    private static Article List(string number) => new()
    {
        Law = "LPL",
        Number = new ArticleNumber(number),
        Place = [new Division(DivisionKind.Titulo, "Título Segundo", "De las sanciones")],
        Passages =
        [
            new Passage { Id = $"LPL/{number}/p1", Law = "LPL", Article = number, Unit = "p1", Text = "Son obligaciones del lector:", Introductory = true },
            new Passage { Id = $"LPL/{number}/I", Law = "LPL", Article = number, Unit = "fr. I", Introduction = "Son obligaciones del lector:", Text = "I. Cuidar el libro, y en particular:\na) no subrayarlo;\nb) no mojarlo;" },
            new Passage
            {
                Id = $"LPL/{number}/II", Law = "LPL", Article = number, Unit = "fr. II", Introduction = "Son obligaciones del lector:", Text = "II. Devolver el libro.",
                Notes = [new ReformNote("Fracción", ReformKind.Added, [new DateOnly(2020, 5, 4)], "Fracción adicionada DOF 04-05-2020")],
            },
        ],
    };

    private static Article Noted(Article article, DateOnly? date) => date is not { } day ? article : article with
    {
        Notes = [new ReformNote("Artículo", ReformKind.Reformed, [day], $"Artículo reformado DOF {day:dd-MM-yyyy}")],
        Validity = new Validity(day, null, ValidityReason.Reformed),
    };

    private static StatuteSource Source(string sha256) => new(sha256, "docx", 1, new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
}
