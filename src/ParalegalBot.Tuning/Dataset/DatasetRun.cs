using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using FluentValidation;
using Microsoft.Extensions.AI;
using ParalegalBot.Answering;
using ParalegalBot.Inference.Extractive;
using ParalegalBot.Retrieval;
using ParalegalBot.Statutes;
using ParalegalBot.Tuning.Dataset.Gates;
using ParalegalBot.Tuning.Dataset.Mix;
using ParalegalBot.Tuning.Dataset.Teachers;
using ParalegalBot.Tuning.Formats;

namespace ParalegalBot.Tuning.Dataset;

/// <summary>
/// From the statutes of the store to examples that an engine learns from: chunks, questions, answers with the paragraph in view, gates, mix, files. Killed at any point, the same call
/// goes on: every finished article and every finished search stands in a journal. The result does not depend on how many threads work.
/// </summary>
public sealed class DatasetRun(
    StatuteStore store, PassageSearch search, CitationCheck check, LawDirectory laws, QuestionScreen screen, Vocabulary vocabulary, SentenceChoice choice, IPassageIndex index, TimeProvider clock)
{
    /// <summary>Generates.</summary>
    /// <param name="options">How.</param>
    /// <param name="sources">What it reads beside the store.</param>
    /// <param name="folder">Where to.</param>
    /// <param name="asOf">The day whose law is taught.</param>
    /// <param name="progress">Told once a law in each of the two slow passes.</param>
    /// <param name="cancellationToken">Stops; what is done stays.</param>
    /// <exception cref="ParalegalBotException">A law is not loaded, the teacher fails, the budget is used up, the folder holds another dataset.</exception>
    public async Task<DatasetStatistics> GenerateAsync(DatasetOptions options, DatasetSources sources, string folder, DateOnly asOf, Action<string>? progress = null, CancellationToken cancellationToken = default)
    {
        if (new DatasetOptions.Rules().Validate(options) is { IsValid: false } result)
            throw new ParalegalBotException($"Las opciones no son válidas: {string.Join(' ', result.Errors.Select(error => error.ErrorMessage))}");
        var started = clock.GetTimestamp();
        // [1] Chunks, each already in its split
        var reader = new ChunkReader(store, asOf);
        var chunks = reader.Laws(options.Laws).ToDictionary(law => law.Abbreviation, reader.Read);
        var journals = Begin(options, sources, folder, asOf);
        // Training can begin on the bare texts at once.
        PretrainingTexts.Write(folder, chunks.Values.SelectMany(law => law));
        // A first search loads the index: how rare words are, which the check and the duplicates go by, is known only then.
        await search.RankAsync(new SearchRequest("plazo", asOf), 1, _ => false, cancellationToken).ConfigureAwait(false);
        var gates = new ExampleGates(check, laws, store, screen, asOf);
        // [2] Questions, answers, and the gates that a pair passes by itself
        var meter = new TeacherMeter(options);
        var teachers = Teachers(options, sources, gates, meter);
        var pieces = await TeachAsync(options, chunks, teachers, gates, meter, Path.Combine(journals, "pairs.jsonl"), progress, cancellationToken).ConfigureAwait(false);
        // [3] The gates between pairs, and those that search
        var dropped = ExampleGates.Names.Concat(["duplicate", "round_trip", "leak", "contamination"]).ToDictionary(name => name, _ => 0);
        foreach (var piece in pieces)
            foreach (var (gate, count) in piece.Dropped) dropped[gate] += count;
        var different = Different(pieces, dropped);
        var trips = await TravelAsync(options, different, new RoundTrip(search, store, asOf), Path.Combine(journals, "trips.jsonl"), progress, cancellationToken).ConfigureAwait(false);
        var found = Keep(different, "round_trip", dropped, example => trips[example.Id].Rank is > 0 and var rank && rank <= options.RoundTripTop);
        var read = sources.ClosedBook is { } model ? await LeaksAsync(options, found, model, Path.Combine(journals, "leaks.jsonl"), cancellationToken).ConfigureAwait(false) : [];
        var learnt = Keep(found, "leak", dropped, example => !read.Contains(example.Id));
        var cases = Contamination.Of(sources.Cases);
        var proved = Keep(learnt, "contamination", dropped, example => !cases.Touches(example.Question));
        // [4] Mix, a split at a time
        var book = new PassageBook(store, asOf);
        var mix = new DatasetMix(new Distractors(chunks, book), trips, law => store.Find(law)?.Title ?? law, options.Passages, options.Seed);
        var examples = Enum.GetValues<DatasetSplit>().ToDictionary(split => split, split => mix.Mix(proved.Where(example => example.Split == split)));
        // [5] Files; the statistics come last and say that all the rest is whole
        foreach (var (split, lines) in examples) Write(Path.Combine(folder, DatasetFiles.NameOf(split) + ".jsonl"), lines, book);
        var answered = proved.Where(example => example.Origin == "written").Select(example => (example.Law, ArticleNumber.KeyOf(example.Article), example.Question)).ToHashSet();
        WholeFile.Write(Path.Combine(folder, DatasetFiles.Drafts), string.Concat(sources.Drafts.Where(draft => answered.Contains(draft.Key)).Select(draft => JsonSerializer.Serialize(draft, DatasetFiles.Json) + "\n")));
        var statistics = new DatasetStatistics
        {
            Generated = pieces.Sum(piece => piece.Generated), Proved = proved.Count, Gates = dropped,
            InputTokens = meter.Input, OutputTokens = meter.Output, Cost = meter.Cost, Seconds = Math.Round(clock.GetElapsedTime(started).TotalSeconds, 1),
        }.Count([.. examples.Values.SelectMany(lines => lines)]);
        WholeFile.Write(Path.Combine(folder, DatasetFiles.Statistics), JsonSerializer.Serialize(statistics, DatasetFiles.Json) + "\n");
        return statistics;
    }

    /// <summary>A folder is one dataset's: the options, the day, and the teacher stand in it.</summary>
    private string Begin(DatasetOptions options, DatasetSources sources, string folder, DateOnly asOf)
    {
        var journals = Path.Combine(folder, "journals");
        try
        {
            Directory.CreateDirectory(journals);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new ParalegalBotException($"No se pudo crear «{folder}» ({cause.Message.TrimEnd('.')}); revise la ruta, los permisos y el espacio en disco.", cause);
        }
        var statistics = Path.Combine(folder, DatasetFiles.Statistics);
        if (File.Exists(statistics)) File.Delete(statistics);
        var fixedOptions = options with { Parallel = 1, TokenBudget = 0, CostBudget = 0, InputPrice = 0, OutputPrice = 0 };
        var said = JsonSerializer.Serialize(new { Options = fixedOptions, sources.TeacherName, AsOf = asOf, Laws = store.Statutes().Select(law => $"{law.Abbreviation} {law.LastReform:yyyy-MM-dd}"), Written = sources.Written.Count, Drafts = sources.Drafts.Count }, DatasetFiles.Json) + "\n";
        var path = Path.Combine(journals, "run.json");
        if (!File.Exists(path)) WholeFile.Write(path, said);
        else if (File.ReadAllText(path) != said) throw new ParalegalBotException($"La carpeta «{folder}» tiene a medias un conjunto con otras opciones, otras leyes u otra fecha; elija otra carpeta o borre ésa.");
        return journals;
    }

    private IReadOnlyList<ITeacher> Teachers(DatasetOptions options, DatasetSources sources, ExampleGates gates, TeacherMeter meter) =>
    [
        new WrittenTeacher(sources.Written, sources.Drafts, choice, gates.ProvesAsync),
        sources.Teacher is { } engine
            ? new ModelTeacher(engine, sources.Seeds, meter, options.PairsPerArticle, clock)
            : new RuleTeacher(new LayWording(vocabulary), options.PairsPerArticle),
    ];

    private static async Task<IReadOnlyList<Piece>> TeachAsync(
        DatasetOptions options, IReadOnlyDictionary<string, IReadOnlyList<Chunk>> laws, IReadOnlyList<ITeacher> teachers, ExampleGates gates, TeacherMeter meter, string path, Action<string>? progress, CancellationToken cancellationToken)
    {
        var journal = new Journal<Piece>(path, piece => piece.Key);
        var done = new ConcurrentDictionary<string, Piece>(journal.Read(), StringComparer.Ordinal);
        meter.Add(done.Values.Sum(piece => piece.Input), done.Values.Sum(piece => piece.Output));
        var left = laws.ToDictionary(law => law.Key, law => new StrongBox<int>(law.Value.Count));
        await Parallel.ForEachAsync(laws.Values.SelectMany(law => law), new ParallelOptions { MaxDegreeOfParallelism = options.Parallel, CancellationToken = cancellationToken }, async (chunk, token) =>
        {
            if (!done.ContainsKey(chunk.Key))
            {
                var (read, written) = (meter.Input, meter.Output);
                var piece = await TeachAsync(chunk, teachers, gates, token).ConfigureAwait(false);
                // With several articles at once the share of each is only about right; the sum is what counts.
                done[chunk.Key] = piece = piece with { Input = meter.Input - read, Output = meter.Output - written };
                journal.Add(piece);
            }
            if (Interlocked.Decrement(ref left[chunk.Law.Abbreviation].Value) == 0) progress?.Invoke($"{chunk.Law.Abbreviation}: preguntas y respuestas{(meter.Input > 0 ? $", {meter.Input + meter.Output} fichas, costo {meter.Cost:0.00}" : "")}");
        }).ConfigureAwait(false);
        return [.. laws.Values.SelectMany(law => law).Select(chunk => done[chunk.Key])];
    }

    private static async Task<Piece> TeachAsync(Chunk chunk, IReadOnlyList<ITeacher> teachers, ExampleGates gates, CancellationToken cancellationToken)
    {
        var (kept, dropped, generated) = (new List<DatasetExample>(), new Dictionary<string, int>(StringComparer.Ordinal), 0);
        foreach (var teacher in teachers)
        {
            var place = 0;
            foreach (var question in await teacher.AskAsync(chunk, cancellationToken).ConfigureAwait(false))
            {
                generated++;
                var draft = await teacher.AnswerAsync(chunk, question, cancellationToken).ConfigureAwait(false);
                var example = new DatasetExample
                {
                    Id = $"{chunk.Key}#{teacher.Origin[0]}{++place}", Origin = teacher.Origin, Form = question.Form, Style = question.Style, Law = chunk.Law.Abbreviation, Article = chunk.Article.Number.Printed,
                    Question = question.Text, Draft = draft ?? new Draft { Verdict = DraftVerdict.Insufficient }, Split = chunk.Split,
                };
                if (await gates.FailedAsync(chunk, example, cancellationToken).ConfigureAwait(false) is { } gate) dropped[gate] = dropped.GetValueOrDefault(gate) + 1;
                else kept.Add(example);
            }
        }
        return new Piece(chunk.Key, generated, dropped, kept, 0, 0);
    }

    /// <summary>Questions that people wrote come first, so that of two alike theirs is kept.</summary>
    private List<DatasetExample> Different(IReadOnlyList<Piece> pieces, Dictionary<string, int> dropped)
    {
        var duplicates = new NearDuplicates(index.Idf);
        return Keep(pieces.SelectMany(piece => piece.Kept).OrderBy(example => example.Origin == "written" ? 0 : 1), "duplicate", dropped, example => duplicates.Add(example.Question));
    }

    private static List<DatasetExample> Keep(IEnumerable<DatasetExample> examples, string gate, Dictionary<string, int> dropped, Func<DatasetExample, bool> passes)
    {
        var kept = new List<DatasetExample>();
        foreach (var example in examples)
        {
            if (passes(example)) kept.Add(example);
            else dropped[gate]++;
        }
        return kept;
    }

    private static async Task<IReadOnlyDictionary<string, Trip>> TravelAsync(DatasetOptions options, List<DatasetExample> examples, RoundTrip trip, string path, Action<string>? progress, CancellationToken cancellationToken)
    {
        var journal = new Journal<Trip>(path, done => done.Id);
        var trips = new ConcurrentDictionary<string, Trip>(journal.Read(), StringComparer.Ordinal);
        var left = examples.CountBy(example => example.Law).ToDictionary(pair => pair.Key, pair => new StrongBox<int>(pair.Value));
        await Parallel.ForEachAsync(examples, new ParallelOptions { MaxDegreeOfParallelism = options.Parallel, CancellationToken = cancellationToken }, async (example, token) =>
        {
            if (!trips.ContainsKey(example.Id)) journal.Add(trips[example.Id] = await trip.GoAsync(example, token).ConfigureAwait(false));
            if (Interlocked.Decrement(ref left[example.Law].Value) == 0) progress?.Invoke($"{example.Law}: ida y vuelta");
        }).ConfigureAwait(false);
        return trips;
    }

    private static async Task<HashSet<string>> LeaksAsync(DatasetOptions options, List<DatasetExample> examples, IChatClient model, string path, CancellationToken cancellationToken)
    {
        var journal = new Journal<Leak>(path, done => done.Id);
        var leaks = new ConcurrentDictionary<string, Leak>(journal.Read(), StringComparer.Ordinal);
        await Parallel.ForEachAsync(examples, new ParallelOptions { MaxDegreeOfParallelism = options.Parallel, CancellationToken = cancellationToken }, async (example, token) =>
        {
            if (!leaks.ContainsKey(example.Id)) journal.Add(leaks[example.Id] = new Leak(example.Id, await ClosedBookLeak.LeaksAsync(model, example, token).ConfigureAwait(false)));
        }).ConfigureAwait(false);
        return [.. leaks.Values.Where(leak => leak.Leaks).Select(leak => leak.Id)];
    }

    private static void Write(string path, IReadOnlyList<DatasetExample> examples, PassageBook book) => WholeFile.Write(path, stream =>
    {
        using var writer = new StreamWriter(stream, leaveOpen: true);
        foreach (var example in examples) writer.Write(ExampleLine.Of(example, book));
    });

    /// <summary>What became of one article.</summary>
    private sealed record Piece(
        [property: JsonPropertyName("key")] string Key, [property: JsonPropertyName("generated")] int Generated, [property: JsonPropertyName("dropped")] IReadOnlyDictionary<string, int> Dropped,
        [property: JsonPropertyName("kept")] IReadOnlyList<DatasetExample> Kept, [property: JsonPropertyName("input")] long Input, [property: JsonPropertyName("output")] long Output);

    private sealed record Leak([property: JsonPropertyName("id")] string Id, [property: JsonPropertyName("leaks")] bool Leaks);
}
