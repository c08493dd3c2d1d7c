using ParalegalBot.Statutes;

namespace ParalegalBot.Tuning.Dataset;

/// <summary>What a teacher reads at once: an article as in force, with its law.</summary>
/// <param name="Law">The law.</param>
/// <param name="Article">The article.</param>
/// <param name="Passages">The passages that can answer: in force, official, and no mere introductions.</param>
/// <param name="Position">Its place in the law, from 0.</param>
internal sealed record Chunk(Statute Law, Article Article, IReadOnlyList<Passage> Passages, int Position)
{
    public DatasetSplit Split { get; } = DatasetSplits.Of(Law.Abbreviation, Article.Number.Key);

    /// <summary>Names the chunk in progress, journals and faults.</summary>
    public string Key => $"{Law.Abbreviation}/{Article.Number.Key}";
}

/// <summary>The store read article by article, law by law in the order of their abbreviations.</summary>
internal sealed class ChunkReader(StatuteStore store, DateOnly asOf)
{
    private const int ShortestPassage = 40, LongestPassage = 1_500;

    /// <summary>The laws to read.</summary>
    /// <param name="wanted">Abbreviations; empty: all that are official.</param>
    /// <exception cref="ParalegalBotException">One of them is not in the store, or there is none at all.</exception>
    public IReadOnlyList<Statute> Laws(IReadOnlyList<string> wanted)
    {
        IReadOnlyList<Statute> laws = wanted.Count == 0
            ? [.. store.Statutes().Where(law => law.Official)]
            : [.. wanted.Select(law => store.Find(law) is { Official: true } found ? found : throw new ParalegalBotException($"La ley «{law}» no está cargada con su texto oficial; cárguela con «paralegal ingest» o «paralegal fetch»."))];
        return laws.Count > 0 ? laws : throw new ParalegalBotException("No hay ninguna ley con texto oficial; cárguelas con «paralegal ingest» o «paralegal fetch».");
    }

    /// <summary>The articles of a law that have something to ask about.</summary>
    public IReadOnlyList<Chunk> Read(Statute law) => [.. store.Articles(law.Abbreviation, asOf)
        .Where(article => !article.Derogated && article.Validity.InForceOn(asOf) is true)
        .DistinctBy(article => article.Number.Key)
        .Select((article, position) => new Chunk(law, article, [.. article.Passages.Where(CanAnswer)], position))
        .Where(chunk => chunk.Passages.Count > 0)];

    private bool CanAnswer(Passage passage) =>
        passage is { Introductory: false, Official: true } && passage.Validity.InForceOn(asOf) is true && passage.Text.Length is >= ShortestPassage and <= LongestPassage;
}
