using ParalegalBot.Retrieval;
using ParalegalBot.Statutes;

namespace ParalegalBot.Answering.Replies;

/// <summary>What is told of a reference that cannot be answered with: an article that does not exist, was derogated, or belongs to no loaded law. Another article is never put in its place.</summary>
internal sealed class ReferenceReply(StatuteStore store, LawDirectory directory)
{
    private readonly DerogatedMatter matters = new(store, directory);

    /// <summary>At most so many laws are offered for an article without a law.</summary>
    private const int MostLaws = 4;

    /// <summary>Why the references stop the question; null where they do not.</summary>
    public (RefusalReason Reason, string Subject, IReadOnlyList<Passage> Nearest)? Stop(SearchResult found)
    {
        if (found.References.FirstOrDefault(reference => reference.Status is ReferenceStatus.NoSuchArticle or ReferenceStatus.NoSuchUnit) is { } missing)
            return (Known(missing.Reference) ? RefusalReason.NonexistentArticle : RefusalReason.NotFound, Name(missing.Reference), FirstPassages(missing.Nearest));
        if (found.References.Any(reference => reference.Status is ReferenceStatus.Found)) return null;
        if (found.References.FirstOrDefault(reference => reference.Status is ReferenceStatus.Derogated) is { Article: { } derogated } && Note(derogated) is null)
            return (RefusalReason.NotInForce, Derogated(derogated), []);
        if (found.References.FirstOrDefault(reference => reference.Status is ReferenceStatus.NotInForce) is { Article: { } other })
            return (RefusalReason.NotInForce, $"El artículo {other.Number} de la {other.Law} no estaba vigente en esa fecha{Until(other)}.", FirstPassages([other]));
        if (found.References.FirstOrDefault(reference => reference.Status is ReferenceStatus.LawNotLoaded) is not { Reference.LawAsWritten: { } name }) return null;
        var state = States.Names.FirstOrDefault(state => FoldedText.Of(name).Contains(FoldedText.Of(state), StringComparison.Ordinal));
        return (state is null ? RefusalReason.LawNotLoaded : RefusalReason.OtherJurisdiction, state ?? name, []);
    }

    /// <summary>
    /// That the only article named, or the whole matter asked for, is derogated, proved by the note that stands in its place; null where it is not, where the law prints none,
    /// or where the date asked for lies before the decree.
    /// </summary>
    public Claim? Derogation(SearchResult found, string question, DateOnly asOf) =>
        (Named(found) ?? matters.Of(question, asOf)) is { } article && Note(article) is { } note && !(article.Validity.To >= asOf)
            ? new Claim(Derogated(article), [new Citation(note, [.. Enumerable.Range(1, note.Sentences.Count)])], 1)
            : null;

    private static Article? Named(SearchResult found) => found.References.Any(reference => reference.Status is ReferenceStatus.Found)
        ? null
        : found.References.FirstOrDefault(reference => reference.Status is ReferenceStatus.Derogated)?.Article;

    private static Passage? Note(Article derogated) => derogated.Passages.FirstOrDefault(passage => passage.Sentences.Count > 0);

    /// <summary>The laws that have the article, where the question names none and asks for little else; null where that is not so.</summary>
    public IReadOnlyList<string>? Laws(SearchResult found, string question, DateOnly asOf)
    {
        if (found.References.FirstOrDefault(reference => reference.Status is ReferenceStatus.LawMissing) is not { Reference.Article: { } number }) return null;
        if (SpanishAnalysis.Terms(question).Count > 5) return null;
        var laws = store.Statutes().Where(law => store.Article(law.Abbreviation, number, asOf) is { Derogated: false }).Take(MostLaws).ToList();
        return laws.Count == 0 ? null : [.. laws.Select(law => $"Artículo {number}, {law.Title}")];
    }

    /// <summary>Whether the law's whole text is held: what the starter set leaves out may well exist.</summary>
    private bool Known(StatuteReference reference) => reference.Law is null || store.Find(reference.Law) is not { Official: false };

    private static string Name(StatuteReference reference)
    {
        var unit = (reference.Fraccion is null ? "" : $", fracción {reference.Fraccion}") + (reference.Apartado is null ? "" : $", apartado {reference.Apartado}")
            + (reference.Inciso is null ? "" : $", inciso {reference.Inciso}") + (reference.Parrafo is null ? "" : $", párrafo {reference.Parrafo}");
        return $"El artículo {reference.Article}{unit} de la {reference.Law ?? reference.LawAsWritten}";
    }

    private static string Derogated(Article article)
    {
        var decree = article.Notes.Where(note => note.Kind is ReformKind.Derogated).SelectMany(note => note.Dates).Select(date => (DateOnly?)date).Max();
        return $"El artículo {article.Number} de la {article.Law} fue derogado{(decree is { } date ? $" (DOF {date:dd-MM-yyyy})" : Until(article))}; ya no rige.";
    }

    private static string Until(Article article) => article.Validity switch
    {
        { To: { } to } => $" (rigió hasta el {to:dd-MM-yyyy})",
        { From: { } from, Reason: ValidityReason.Reformed } => $" (su texto rige desde el {from:dd-MM-yyyy})",
        _ => "",
    };

    private static IReadOnlyList<Passage> FirstPassages(IReadOnlyList<Article> articles) =>
        [.. articles.Select(article => article.Passages.FirstOrDefault()).OfType<Passage>().Take(LegalAssistant.MostSources)];
}
