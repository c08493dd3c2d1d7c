using ParalegalBot.Records;

namespace ParalegalBot.Statutes;

public sealed partial class StatuteStore
{
    /// <summary>
    /// Writes one text of a law in one transaction. A later text makes new versions of the articles that changed, an earlier one becomes
    /// their earlier version; the same reform date from another reader only fills in pages, and from the same reader replaces what it wrote before.
    /// </summary>
    public WriteOutcome Write(Statute statute, StatuteDocument document, StatuteSource source) =>
        file.Write(connection =>
        {
            using var writer = new StatuteWriter(connection);
            var outcome = writer.Write(statute, document, source);
            connection.Run("UPDATE generation SET number = number + 1");
            return outcome;
        });

    /// <summary>The law that these very bytes were read into by this version of the parser; null where they are new.</summary>
    public string? KnownSource(string sha256, int parser) => file.Read(connection => connection.Scalar<string>(
        "SELECT s.abbreviation FROM source f JOIN statute s ON s.id = f.statute_id WHERE f.sha256 = $1 AND f.parser = $2 ORDER BY f.ingested_at DESC", sha256, parser));

    /// <summary>The digests of every file that was read into the law.</summary>
    public IReadOnlySet<string> SourcesOf(string law) => file.Read(connection => connection.Query(reader => reader.GetString(0),
        "SELECT f.sha256 FROM source f JOIN statute s ON s.id = f.statute_id WHERE s.abbreviation_key = $1", AbbreviationKey(law)).ToHashSet());

    /// <summary>Records that somebody verified the law's text to be the one in force on the day; says whether that was news.</summary>
    public bool Verify(string law, DateOnly through) => file.Write(connection =>
        connection.Run("UPDATE statute SET verified_through = $2 WHERE abbreviation_key = $1 AND verified_through IS NOT $2", AbbreviationKey(law), through) > 0
        && connection.Run("UPDATE generation SET number = number + 1") > 0);
}

/// <summary>What a write did to the law.</summary>
public enum WriteOutcome
{
    /// <summary>The law is new.</summary>
    Added,

    /// <summary>A later text, or another text of the same date from the same reader.</summary>
    Updated,

    /// <summary>The text was held already.</summary>
    Unchanged,

    /// <summary>An earlier text became the earlier version.</summary>
    Older,
}

/// <summary>Where a text came from; paths are not kept, digests are.</summary>
/// <param name="Sha256">Digest of the file's bytes, lower-case hexadecimal.</param>
/// <param name="Reader">The format it was read as: <c>pdf</c>, <c>docx</c>…</param>
/// <param name="Parser">Version of the parser.</param>
/// <param name="IngestedAt">When.</param>
public sealed record StatuteSource(string Sha256, string Reader, int Parser, DateTimeOffset IngestedAt);
