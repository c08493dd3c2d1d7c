using ParalegalBot.Statutes;

namespace ParalegalBot.Tuning.Dataset.Mix;

/// <summary>
/// Passages that nearly answer, to stand beside the one that does: what our retrieval confuses with it (the same topic, in this law or in another), and the neighbouring
/// articles. Never a random one: telling those apart teaches nothing.
/// </summary>
internal sealed class Distractors(IReadOnlyDictionary<string, IReadOnlyList<Chunk>> laws, PassageBook book)
{
    /// <summary>So many, alternating between the two kinds; none of the source's article.</summary>
    public IReadOnlyList<Passage> For(DatasetExample example, IReadOnlyList<string> near, int count, Random random)
    {
        var found = near.Select(book.Find).OfType<Passage>().ToList();
        var neighbours = Neighbours(example).ToArray();
        random.Shuffle(neighbours);
        return [.. Alternate(found, [.. neighbours]).Where(passage => (passage.Law, passage.Article) != (example.Law, example.Article)).DistinctBy(passage => passage.Id).Take(count)];
    }

    private IEnumerable<Passage> Neighbours(DatasetExample example)
    {
        var chunks = laws.GetValueOrDefault(example.Law) ?? [];
        var at = chunks.ToList().FindIndex(chunk => chunk.Article.Number.Printed == example.Article);
        return at < 0 ? [] : new[] { at - 1, at + 1, at + 2, at - 2 }.Where(place => place >= 0 && place < chunks.Count).Select(place => chunks[place].Passages[0]);
    }

    private static IEnumerable<Passage> Alternate(List<Passage> one, List<Passage> other)
    {
        for (var i = 0; i < Math.Max(one.Count, other.Count); i++)
        {
            if (i < one.Count) yield return one[i];
            if (i < other.Count) yield return other[i];
        }
    }
}
