using ParalegalBot.Answering;
using ParalegalBot.Inference.StaticEmbeddings;
using ParalegalBot.Tuning.Dataset.Gates;

namespace ParalegalBot.Tuning.Dataset.Mix;

/// <summary>
/// From proved pairs to the examples of the files: 70 in a hundred answer, 15 refuse because the source was taken away, 10 correct a false premise, 5 ask back; an eighth are dialogues.
/// An example that lost its source is labelled as refused, whatever else is in its prompt.
/// </summary>
internal sealed class DatasetMix(Distractors distractors, IReadOnlyDictionary<string, Trip> trips, Func<string, string> title, int passages, int seed)
{
    private const double Answers = 0.70, Refusals = 0.15, Premises = 0.10, Questions = 0.05;
    private const int DialogueEvery = 8;

    /// <summary>The examples of one split, in a random order that the seed decides.</summary>
    public IReadOnlyList<DatasetExample> Mix(IEnumerable<DatasetExample> proved)
    {
        var pool = proved.OrderBy(example => Fnv1a.Of($"{seed}|{example.Id}")).ThenBy(example => example.Id, StringComparer.Ordinal).ToList();
        var premises = pool.Select(example => (Example: example, Question: FalsePremises.Of(example, RandomOf(example)))).Where(item => item.Question is not null).ToList();
        var questions = Clarifications.Of(pool, title, int.MaxValue).ToList();
        // Whatever is scarcest decides how many there can be of all.
        var total = new[] { pool.Count / (Answers + Refusals), premises.Count / Premises, questions.Count / Questions }.Min();
        if (pool.Count > 0 && total < 1) total = pool.Count / (Answers + Refusals);
        var (refused, premised) = ((int)(total * Refusals), premises.Take((int)(total * Premises)).ToList());
        List<DatasetExample> mixed =
        [
            .. pool.Take(refused).Select(Refusal),
            .. pool.Skip(refused).Take((int)Math.Ceiling(total * Answers)).Select(example => Laid(example, [example])),
            .. premised.Select(item => Laid(item.Example with { Id = item.Example.Id + "-p", Kind = ExampleKind.FalsePremise, Question = item.Question! }, [item.Example])),
            .. questions.Take((int)(total * Questions)).Select(item => Laid(item.Example, item.Choices)),
        ];
        var earlier = pool.GroupBy(example => example.Law).ToDictionary(law => law.Key, law => law.ToList());
        return [.. mixed.OrderBy(example => Fnv1a.Of($"{seed}+{example.Id}")).ThenBy(example => example.Id, StringComparer.Ordinal)
            .Select((example, place) => place % DialogueEvery == 0 && example.Kind is not ExampleKind.Clarify ? Dialogue(example, earlier[example.Law]) : example)];
    }

    private DatasetExample Refusal(DatasetExample example)
    {
        var random = RandomOf(example);
        var near = distractors.For(example, Near(example), passages, random).Select(passage => passage.Id).ToArray();
        random.Shuffle(near);
        return example with { Kind = ExampleKind.Refuse, Draft = new Draft { Verdict = DraftVerdict.Insufficient }, Passages = near };
    }

    /// <summary>The passages that the sources point at and near misses, shuffled: the first place means nothing.</summary>
    private DatasetExample Laid(DatasetExample example, IReadOnlyList<DatasetExample> sources)
    {
        var random = RandomOf(example);
        var right = sources.SelectMany(source => source.Draft.Claims).SelectMany(claim => claim.Evidence).Select(evidence => evidence.Passage).Distinct().ToList();
        string[] laid = [.. right, .. distractors.For(example, Near(sources[0]), Math.Max(1, passages - right.Count), random).Select(passage => passage.Id).Except(right)];
        random.Shuffle(laid);
        return example with { Passages = laid };
    }

    /// <summary>One to three questions before it, with their answers; what is asked now begins as a follow-up does.</summary>
    private DatasetExample Dialogue(DatasetExample example, List<DatasetExample> sameLaw)
    {
        var random = RandomOf(example);
        var turns = 1 + random.Next(3);
        var before = sameLaw.Where(other => other.Question != example.Question && !other.Id.StartsWith(example.Id, StringComparison.Ordinal) && other.Draft.Claims.Count > 0).ToList();
        if (before.Count == 0) return example;
        var start = random.Next(before.Count);
        var history = Enumerable.Range(0, Math.Min(turns, before.Count)).Select(place => before[(start + place) % before.Count])
            .SelectMany(other => new[] { new Turn("user", other.Question), new Turn("assistant", string.Join(' ', other.Draft.Claims.Select(claim => claim.Text))) }).ToList();
        var question = example.Question.TrimStart('¿');
        return example with { History = history, Question = example.Style == "lay" ? $"y {question}" : $"¿Y {char.ToLowerInvariant(question[0])}{question[1..]}" };
    }

    private IReadOnlyList<string> Near(DatasetExample example) => trips.TryGetValue(example.Id, out var trip) ? trip.Near : [];

    private Random RandomOf(DatasetExample example) => new(unchecked((int)Fnv1a.Of($"{seed}|{example.Id}|{example.Kind}")));
}
