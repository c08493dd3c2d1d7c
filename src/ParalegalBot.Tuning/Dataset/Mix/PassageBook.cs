using System.Collections.Concurrent;
using ParalegalBot.Statutes;

namespace ParalegalBot.Tuning.Dataset.Mix;

/// <summary>Passages by id, read from the store an article at a time.</summary>
internal sealed class PassageBook(StatuteStore store, DateOnly asOf)
{
    private readonly ConcurrentDictionary<string, IReadOnlyDictionary<string, Passage>> articles = new(StringComparer.Ordinal);

    /// <summary>The passage; null where the store no longer has it.</summary>
    public Passage? Find(string id)
    {
        var parts = id.Split('/');
        return parts.Length < 2 ? null : articles.GetOrAdd($"{parts[0]}/{parts[1]}", _ =>
            store.Article(parts[0], parts[1], asOf)?.Passages.DistinctBy(passage => passage.Id).ToDictionary(passage => passage.Id) ?? []).GetValueOrDefault(id);
    }
}
