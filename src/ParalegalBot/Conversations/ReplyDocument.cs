using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using ParalegalBot.Configuration;

namespace ParalegalBot.Conversations;

/// <summary>
/// A question and its reply as a Word document that a lawyer can file: answer, quotes, citations with links, reform dates, and the
/// notice of what it is not.
/// </summary>
public sealed class ReplyDocument
{
    private readonly MainDocumentPart _part;
    private readonly Body _body = new();
    private readonly Uri _address;

    private ReplyDocument(MainDocumentPart part, Uri address)
    {
        _part = part;
        _address = address;
    }

    /// <summary>Writes the document; links are absolute under <paramref name="address"/>.</summary>
    public static void Write(Stream output, string question, Reply reply, FirmOptions firm, Uri address)
    {
        using var package = WordprocessingDocument.Create(output, WordprocessingDocumentType.Document);
        package.PackageProperties.Title = $"{firm.BotName}: respuesta con fundamento";
        package.PackageProperties.Creator = firm.BotName;
        package.PackageProperties.Language = "es-MX";
        var part = package.AddMainDocumentPart();
        part.AddNewPart<StyleDefinitionsPart>().Styles = ReplyDocumentStyles.Create();
        new ReplyDocument(part, address).Compose(question, reply, firm);
    }

    private void Compose(string question, Reply reply, FirmOptions firm)
    {
        Add("Title", Run($"{firm.BotName} · {firm.Name}"));
        Add("Small", Run($"Derecho consultado al {SpanishDate.Long(reply.AsOf)}. Respuesta {reply.Id}."));
        Add("Heading1", Run("Pregunta"));
        foreach (var line in question.Split('\n')) Add("Normal", Run(line));
        Add("Heading1", Run("Respuesta"));
        if (reply.Demonstration is { } demonstration) Add("Normal", Run(demonstration));
        foreach (var line in reply.Opening) Add("Normal", Run(line));
        foreach (var (index, claim) in reply.Claims.Index())
        {
            Add("Normal", [Run($"{index + 1}. {claim.Text} "), .. claim.Citations.Select(number => Link($"[{number}]", reply.Citations[number - 1].Url))]);
        }
        if (reply.Help is { } help) Add("Normal", Run(help));
        AddSources("Fundamento", reply.Citations);
        AddSources("Artículos relacionados", reply.Sources);
        Add("Heading1", Run("Aviso"));
        Add("Normal", Run(Introduction.Disclaimer));
        if (firm.ResponsibleLawyer.Length > 0) Add("Normal", Run($"Responsable: {firm.ResponsibleLawyer} · {firm.Name}"));
        if (firm.Notice.Length > 0) Add("Normal", Run(firm.Notice));
        _body.Append(new SectionProperties(
            new PageSize { Width = 12240, Height = 15840 },
            new PageMargin { Top = 1440, Bottom = 1440, Left = 1440, Right = 1440, Header = 720, Footer = 720, Gutter = 0 }));
        _part.Document = new Document(_body);
    }

    private void AddSources(string title, IReadOnlyList<ReplySource> sources)
    {
        if (sources.Count == 0) return;
        Add("Heading1", Run(title));
        foreach (var source in sources)
        {
            var number = source.Number is { } value ? $"[{value}] " : "";
            Add("Normal", Run(number), Link(source.Printed, source.Url), Run($" – {source.LawTitle}"));
            foreach (var line in source.Quoted.Split('\n')) Add(source.Official ? "Quote" : "Normal", Run(line));
            if (source.Currency.Length > 0) Add("Small", Run(source.Currency + "."));
        }
    }

    private void Add(string style, params OpenXmlElement[] content) =>
        _body.Append(new Paragraph([new ParagraphProperties(new ParagraphStyleId { Val = style }), .. content]));

    private Hyperlink Link(string text, string path)
    {
        var relationship = _part.AddHyperlinkRelationship(new Uri(_address, path), isExternal: true);
        return new Hyperlink(new Run(new RunProperties(new RunStyle { Val = "Hyperlink" }), TextOf(text))) { Id = relationship.Id };
    }

    private static Run Run(string text) => new(TextOf(text));

    /// <summary>Characters that XML cannot carry would make Word refuse the file.</summary>
    private static Text TextOf(string text) =>
        new(string.Concat(text.EnumerateRunes().Where(rune => rune.Value is '\t' or >= 0x20 and not 0xFFFE and not 0xFFFF).Select(rune => rune.ToString())))
        {
            Space = SpaceProcessingModeValues.Preserve,
        };
}
