using ParalegalBot.Ingestion.Parsing;
using ParalegalBot.Statutes;

namespace ParalegalBot.Ingestion;

/// <summary>
/// From the paragraphs of a source to a law as data. Headings are told by their grammar and by whether their number follows the one
/// before, never by which law it is. The parser knows nothing of files and nothing of the store.
/// </summary>
public static class StatuteParser
{
    /// <summary>Parses the law that passage ids name <paramref name="law"/>; throws where the text holds no articles.</summary>
    public static StatuteDocument Parse(SourceText source, string law)
    {
        var paragraphs = source.Paragraphs;
        var bodyEnd = BodyEnd(paragraphs);
        var headings = ArticleSequence.Select(paragraphs, bodyEnd);
        if (headings.Count == 0)
            throw new ParalegalBotException($"El texto de «{law}» no es una ley: no se halló ningún artículo; compruebe que el archivo sea el correcto.");
        var first = headings.Keys.Min();
        var head = DocumentHead.Read(paragraphs, first);
        var body = new BodyParser(paragraphs, headings).Parse(first, bodyEnd);
        var transitorios = new TransitorioParser(head.Gazette, head.Published).Parse(paragraphs, bodyEnd);
        var articles = body.Concat(transitorios).Select(draft => ArticleAssembler.Assemble(law, draft, head.LastReform)).ToList();
        return new StatuteDocument
        {
            Title = head.Title,
            Published = head.Published,
            LastReform = head.LastReform,
            Validity = head.Validity,
            Articles = articles,
            Abrogations = AbrogationParser.Of(articles),
            Warnings = ParserWarnings.Of(head, articles),
        };
    }

    /// <summary>The first heading of transitorios after an article; the end of the text where there is none.</summary>
    private static int BodyEnd(IReadOnlyList<SourceParagraph> paragraphs)
    {
        var articles = 0;
        for (var i = 0; i < paragraphs.Count; i++)
        {
            if (articles > 0 && TransitorioParser.IsHeading(paragraphs[i])) return i;
            if (ArticleHeading.Of(paragraphs[i].Text) is not null) articles++;
        }
        return paragraphs.Count;
    }
}
