namespace ParalegalBot.Statutes;

/// <summary>
/// The unit of retrieval and of citation: one paragraph, or one fracción with the sentence that introduces it.
/// The passages of an article, in order, are its whole text; <see cref="Introduction"/> only repeats what an earlier passage holds.
/// </summary>
public sealed record Passage
{
    /// <summary>Readable id: <c>LFT/76/p1</c>, <c>CPEUM/123/A/XXII</c>, <c>LFT/47/II</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Abbreviation of the law.</summary>
    public required string Law { get; init; }

    /// <summary>The article as printed: <c>2o-A</c>, <c>353-Ñ</c>, <c>Tercero transitorio (DOF 27-12-2022)</c>.</summary>
    public required string Article { get; init; }

    /// <summary><c>fr. II</c>, <c>A.XXII</c>, <c>p2</c>; null where the article is one single paragraph.</summary>
    public string? Unit { get; init; }

    /// <summary>The sentence of the article that introduces this fracción, verbatim; null for a paragraph.</summary>
    public string? Introduction { get; init; }

    /// <summary>The passage's own text, verbatim, without reform notes.</summary>
    public required string Text { get; init; }

    /// <summary>True for a paragraph that only introduces a list (ends with a colon): it is shown, but never an answer by itself.</summary>
    public bool Introductory { get; init; }

    /// <summary>Page of the official PDF, counted from 1; null where the source had no pages.</summary>
    public int? Page { get; init; }

    /// <summary>When this text is in force.</summary>
    public Validity Validity { get; init; } = Validity.Open;

    /// <summary>Reform notes that stand under this unit.</summary>
    public IReadOnlyList<ReformNote> Notes { get; init; } = [];

    /// <summary>False for a síntesis of the starter set, which is never printed as a quotation.</summary>
    public bool Official { get; init; } = true;

    /// <summary>The numbered sentences that a draft may point at: the introduction's (if any) and then the text's. Numbers count from 1.</summary>
    public IReadOnlyList<string> Sentences => field ??= [.. SentenceSplitter.Split(Introduction), .. SentenceSplitter.Split(Text)];

    /// <summary>The page that opens this very passage: <c>/leyes/LFT/articulos/76#p1</c>.</summary>
    public string Url => $"/leyes/{Uri.EscapeDataString(Law)}/articulos/{Uri.EscapeDataString(ArticleNumber.Slug(Article))}#{Anchor}";

    /// <summary>The part of <see cref="Id"/> after law and article, joined by hyphens; the element id on the article page.</summary>
    public string Anchor => Id[(Id.IndexOf('/', Law.Length + 1) + 1)..].Replace('/', '-');

    /// <summary>As printed in an answer: <c>art. 47, fr. II, LFT</c>.</summary>
    public string PrintedCitation => Unit switch
    {
        null => $"art. {Article}, {Law}",
        ['p', >= '0' and <= '9', ..] => $"art. {Article}, párr. {Unit[1..]}, {Law}",
        ['f', 'r', '.', ..] or ['i', 'n', 'c', '.', ..] => $"art. {Article}, {Unit}, {Law}",
        _ when Unit.Split('.', 2) is [{ Length: <= 3 } apartado, var fraccion] => $"art. {Article}, apdo. {apartado}, fr. {fraccion}, {Law}",
        _ => $"art. {Article}, apdo. {Unit}, {Law}",
    };
}
