using System.Globalization;
using ParalegalBot.Statutes;

namespace ParalegalBot.Retrieval.Qdrant;

/// <summary>
/// What a point carries beside its vectors. There are four kinds: passages (id: their row in the store), article versions, the term statistics
/// of the articles in slices, and one point with facts of the whole build, written last: a build without it is unfinished.
/// </summary>
internal sealed record QdrantPayload
{
    public const string PassageKind = "passage", ArticleKind = "article", StatisticsKind = "statistics", BuildKind = "build";

    /// <summary>Id of the point with the build's facts; rows count from 1.</summary>
    public const long BuildId = 0;

    /// <summary>Added to a row or a number; ids stay below 2^53, so that every JSON reader keeps them exact.</summary>
    private const long ArticleBase = 1L << 50, StatisticsBase = 1L << 51;

    /// <summary>Which of the four; left out where a search did not ask for it.</summary>
    public string? Kind { get; init; }

    /// <summary>Passage and article: abbreviation of the law.</summary>
    public string? Law { get; init; }

    /// <summary>Passage and article: row of the article version.</summary>
    public long? Article { get; init; }

    /// <summary>Passage and article: how many passages the article version has.</summary>
    public int? Size { get; init; }

    /// <summary>Passage and article: key of the article's number.</summary>
    public string? Key { get; init; }

    /// <summary>Article: law and key in one, for looking up a set of them.</summary>
    public string? Address { get; init; }

    /// <summary>Passage: <c>fr. II</c>, <c>p2</c>.</summary>
    public string? Unit { get; init; }

    /// <summary>Passage: of a transitorio.</summary>
    public bool? Transitory { get; init; }

    /// <summary>Passage: only introduces a list.</summary>
    public bool? Introductory { get; init; }

    /// <summary>First day in force as yyyymmdd, 0 where open; of an article: of the first of its passages that may be found.</summary>
    public int? From { get; init; }

    /// <summary>Last day in force as yyyymmdd, 99991231 where open; of an article: of the last of its passages that may be found.</summary>
    public int? To { get; init; }

    /// <summary>Statistics: numbers of terms.</summary>
    public uint[]? Terms { get; init; }

    /// <summary>Statistics: in how many article versions each of them occurs.</summary>
    public int[]? Frequencies { get; init; }

    /// <summary>Build: its facts.</summary>
    public QdrantBuildFacts? Build { get; init; }

    public static long ArticleId(long row) => ArticleBase + row;

    public static long StatisticsId(int slice) => StatisticsBase + slice;

    public static string AddressOf(string law, string key) => $"{law}/{key}";

    public static int FirstDay(Validity validity) => validity.From is { } date ? Day(date) : 0;

    public static int LastDay(Validity validity) => validity.To is { } date ? Day(date) : 99991231;

    public static int Day(DateOnly date) => int.Parse(date.ToString("yyyyMMdd", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}

/// <summary>What a finished build says of itself.</summary>
/// <param name="Format">Of points and payload; a program reads only its own.</param>
/// <param name="Generation">The store's when it was built.</param>
/// <param name="Passages">How many passage points there are.</param>
/// <param name="Articles">How many article points there are.</param>
/// <param name="Dimensions">Of the dense vectors; 0 where there are none.</param>
/// <param name="Encoder">That made them.</param>
/// <param name="Laws">Abbreviations.</param>
/// <param name="Slices">Points with term statistics.</param>
internal sealed record QdrantBuildFacts(
    int Format, long Generation, int Passages, int Articles, int Dimensions, string? Encoder, IReadOnlyList<string> Laws, int Slices)
{
    public const int CurrentFormat = 1;

    public long Points => Passages + Articles + Slices + 1L;
}
