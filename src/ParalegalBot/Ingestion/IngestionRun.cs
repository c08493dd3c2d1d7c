using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Threading.Channels;
using ParalegalBot.Statutes;

namespace ParalegalBot.Ingestion;

/// <summary>Reads a file as a law; until the law is known its file name stands for the abbreviation.</summary>
public delegate (SourceKind Kind, StatuteDocument Document) StatuteReading(string path, string law);

/// <summary>
/// Brings files into the store: several are read and parsed at once, one at a time is written, in the order given. A file that fails is a
/// result like any other. Bytes that this version of the parser read before cost their digest and nothing else.
/// </summary>
public sealed class IngestionRun(StatuteStore store, StatuteCatalogue catalogue, StatuteReading read, TimeProvider time)
{
    /// <summary>Version of readers and parser together; raised whenever they yield something else for the same bytes.</summary>
    public const int ParserVersion = 1;

    private static readonly string[] Extensions = [".pdf", ".docx", ".html", ".htm", ".txt", ".md"];

    private readonly StatuteIdentity identity = new(store, catalogue);

    /// <summary>The files that paths mean: a folder stands for every readable file below it.</summary>
    public static IReadOnlyList<string> Files(IReadOnlyList<string> paths) =>
        [.. paths.SelectMany(path => Directory.Exists(path) ? InFolder(path) : [path]).Distinct()];

    /// <summary>Ingests; one result a file, in the order of <see cref="Files"/>. <paramref name="progress"/> gets each file's name as it is done.</summary>
    public async IAsyncEnumerable<IngestionResult> RunAsync(
        IReadOnlyList<string> paths, IngestionChoices choices, IProgress<string>? progress = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // As many texts in memory as there are processors, and one that is being written.
        var readings = Channel.CreateBounded<Task<Reading>>(Math.Max(1, Environment.ProcessorCount - 1));
        var reader = Task.Run(() => ReadAllAsync(Files(paths), readings.Writer, stopping.Token), CancellationToken.None);
        try
        {
            await foreach (var reading in readings.Reader.ReadAllAsync(cancellationToken))
            {
                var result = Store(await reading, choices);
                progress?.Report(Path.GetFileName(result.File));
                yield return result;
            }
        }
        finally
        {
            await stopping.CancelAsync();
            await reader;
        }
    }

    private async Task ReadAllAsync(IReadOnlyList<string> files, ChannelWriter<Task<Reading>> readings, CancellationToken stopping)
    {
        try
        {
            foreach (var file in files) await readings.WriteAsync(Task.Run(() => Read(file), stopping), stopping);
            readings.Complete();
        }
        catch (OperationCanceledException)
        {
            readings.Complete();
        }
    }

    private Reading Read(string file)
    {
        var reading = new Reading(file);
        try
        {
            if (Directory.Exists(file)) throw new ParalegalBotException($"La carpeta «{file}» no contiene archivos PDF, DOCX, HTML, TXT o MD.");
            if (!File.Exists(file)) throw new ParalegalBotException($"No existe el archivo «{file}»; revise la ruta.");
            using (var stream = File.OpenRead(file)) reading = reading with { Sha256 = Convert.ToHexStringLower(SHA256.HashData(stream)) };
            if (store.KnownSource(reading.Sha256, ParserVersion) is { } known) return reading with { Known = known };
            var (kind, document) = read(file, Path.GetFileName(file));
            return document.Articles.Count > 0
                ? reading with { Kind = kind, Document = document }
                : throw new ParalegalBotException($"En «{Path.GetFileName(file)}» no se reconoció ningún artículo; compruebe que sea el texto de una ley.");
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            return reading with { Error = Sentence(file, failure) };
        }
    }

    private IngestionResult Store(Reading reading, IngestionChoices choices)
    {
        try
        {
            if (reading.Error is not null) return Failed(reading, reading.Error);
            if (reading.Known is { } known && (choices.Law is null || choices.Law.Equals(known, StringComparison.OrdinalIgnoreCase))) return Unchanged(reading, known, choices);
            // The same bytes under another abbreviation are asked for: read them after all.
            var (kind, document) = reading.Document is null ? read(reading.File, Path.GetFileName(reading.File)) : (reading.Kind, reading.Document);
            return Write(reading, kind, document, choices);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            return Failed(reading, Sentence(reading.File, failure));
        }
    }

    private IngestionResult Write(Reading reading, SourceKind kind, StatuteDocument document, IngestionChoices choices)
    {
        var statute = identity.Of(document, reading.File, choices);
        var named = Named(document, statute.Abbreviation);
        var source = new StatuteSource(reading.Sha256, kind.ToString().ToLowerInvariant(), ParserVersion, time.GetUtcNow());
        var outcome = store.Write(statute, named, source);
        return new IngestionResult
        {
            File = reading.File,
            Law = statute.Abbreviation,
            Outcome = Enum.Parse<IngestionOutcome>(outcome.ToString()),
            Articles = named.Articles.Count(article => !article.Transitory),
            Passages = named.Articles.Sum(article => article.Passages.Count),
            LastReform = named.LastReform,
            Warnings = [.. named.Warnings, .. VerifiedTooEarly(statute, named)],
        };
    }

    private IngestionResult Unchanged(Reading reading, string law, IngestionChoices choices)
    {
        if (choices.VerifiedThrough is { } through) store.Verify(law, through);
        var statute = store.Find(law)!;
        return new IngestionResult
        {
            File = reading.File, Law = law, Outcome = IngestionOutcome.Unchanged, Articles = statute.Articles, Passages = statute.Passages, LastReform = statute.LastReform,
        };
    }

    private static IEnumerable<string> VerifiedTooEarly(Statute statute, StatuteDocument document)
    {
        if (statute.VerifiedThrough < document.LastReform)
            yield return $"La fecha de verificación ({statute.VerifiedThrough:yyyy-MM-dd}) es anterior a la última reforma del texto ({document.LastReform:yyyy-MM-dd}).";
    }

    /// <summary>The document under its law's own abbreviation.</summary>
    private static StatuteDocument Named(StatuteDocument document, string law) => document with
    {
        Articles = [.. document.Articles.Select(article => article with
        {
            Law = law,
            Passages = [.. article.Passages.Select(passage => passage with { Law = law, Id = law + passage.Id[passage.Law.Length..] })],
        })],
    };

    private static IngestionResult Failed(Reading reading, string error) => new() { File = reading.File, Outcome = IngestionOutcome.Failed, Error = error };

    private static string Sentence(string file, Exception failure) => failure switch
    {
        ParalegalBotException => failure.Message,
        UnauthorizedAccessException => $"No hay permiso para leer «{file}»; revise los permisos.",
        IOException => $"No se pudo leer «{file}»; revise el disco e intente de nuevo.",
        _ => $"«{Path.GetFileName(file)}» no se pudo leer como ley ({failure.GetType().Name}); compruebe que el archivo no esté dañado.",
    };

    private static IEnumerable<string> InFolder(string folder)
    {
        var files = Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true })
            .Where(file => Extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal).ToList();
        return files.Count > 0 ? files : [folder];
    }

    private sealed record Reading(string File)
    {
        public string Sha256 { get; init; } = "";

        public string? Known { get; init; }

        public SourceKind Kind { get; init; }

        public StatuteDocument? Document { get; init; }

        public string? Error { get; init; }
    }
}
