using ParalegalBot.Statutes;

namespace ParalegalBot.Tests.Statutes;

/// <summary>Small invented laws and a store of their own in a folder that goes away.</summary>
internal static class StoreSamples
{
    public static StatuteDocument Document(string law, string? reform, params (string Number, string Text)[] articles) => new()
    {
        Title = $"Ley {law}",
        Published = new DateOnly(2000, 1, 1),
        LastReform = reform is null ? null : DateOnly.Parse(reform),
        Articles = [.. articles.Select(article => Article(law, article.Number, article.Text))],
    };

    public static Article Article(string law, string number, string text) => new()
    {
        Law = law,
        Number = new ArticleNumber(number),
        Place = [new Division(DivisionKind.Titulo, "Título Primero", "De las pruebas")],
        Passages = [.. text.Split('|').Select((paragraph, index) => new Passage
        {
            Id = $"{law}/{number}/p{index + 1}", Law = law, Article = number, Unit = $"p{index + 1}", Text = paragraph,
        })],
    };

    public static Article Noted(this Article article, string date) => article with
    {
        Notes = [new ReformNote("Artículo", ReformKind.Reformed, [DateOnly.Parse(date)], $"Artículo reformado DOF {date}")],
        Validity = new Validity(DateOnly.Parse(date), null, ValidityReason.Reformed),
    };

    public static Statute Statute(string law, string? title = null, string published = "2000-01-01") => new()
    {
        Abbreviation = law, Title = title ?? $"Ley {law}", Order = LegalOrder.Federal, Entity = "México", Published = DateOnly.Parse(published),
    };

    public static StatuteSource Source(string sha256, string reader = "docx", int parser = 1) => new(sha256, reader, parser, new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
}

/// <summary>A folder that is deleted at the end of the test.</summary>
internal sealed class ScratchFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("paralegal-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
