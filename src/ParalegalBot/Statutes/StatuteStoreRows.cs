using System.Data.Common;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ParalegalBot.Records;

namespace ParalegalBot.Statutes;

/// <summary>Turns rows of the statutes file into records; the numbers are columns of the selects beside them.</summary>
internal static class StatuteRows
{
    public const string SelectStatute = """
        SELECT abbreviation, title, legal_order, entity, matter, published, last_reform, verified_through,
               valid_from, valid_to, reason, condition, source_url, official, articles, passages
        FROM statute
        """;

    public const string SelectPassage = """
        SELECT p.row, p.passage_id, s.abbreviation, a.printed, p.unit, p.introduction, p.text, p.introductory, p.page,
               p.valid_from, p.valid_to, p.reason, p.condition, s.valid_from, s.valid_to, s.reason, s.condition, p.notes, s.official,
               a.key, a.heading, a.place, a.transitory, a.id
        FROM passage p JOIN article a ON a.id = p.article_id JOIN statute s ON s.id = a.statute_id
        """;

    public const string SelectArticle = """
        SELECT a.id, s.abbreviation, a.printed, a.heading, a.place, a.notes, a.page, a.transitory, a.decree,
               a.valid_from, a.valid_to, a.reason, a.condition, s.valid_from, s.valid_to, s.reason, s.condition
        FROM article a JOIN statute s ON s.id = a.statute_id
        """;

    private static readonly JsonSerializerOptions Json = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    public static Statute Statute(DbDataReader reader) => new()
    {
        Abbreviation = reader.GetString(0),
        Title = reader.GetString(1),
        Order = Enum.Parse<LegalOrder>(reader.GetString(2)),
        Entity = reader.Text(3),
        Matter = reader.Text(4),
        Published = reader.Date(5),
        LastReform = reader.Date(6),
        VerifiedThrough = reader.Date(7),
        Validity = ValidityAt(reader, 8),
        SourceUrl = reader.Text(12),
        Official = reader.GetBoolean(13),
        Articles = reader.GetInt32(14),
        Passages = reader.GetInt32(15),
    };

    public static Passage Passage(DbDataReader reader) => new()
    {
        Id = reader.GetString(1),
        Law = reader.GetString(2),
        Article = reader.GetString(3),
        Unit = reader.Text(4),
        Introduction = reader.Text(5),
        Text = reader.GetString(6),
        Introductory = reader.GetBoolean(7),
        Page = reader.Number(8),
        Validity = WithinLaw(ValidityAt(reader, 9), ValidityAt(reader, 13)),
        Notes = FromJson<ReformNote>(reader.Text(17)),
        Official = reader.GetBoolean(18),
    };

    public static Article Article(DbDataReader reader, PlaceReader place) => new()
    {
        Law = reader.GetString(1),
        Number = new ArticleNumber(reader.GetString(2)),
        Heading = reader.Text(3),
        Place = place.Read(reader.Text(4)),
        Passages = [],
        Notes = FromJson<ReformNote>(reader.Text(5)),
        Page = reader.Number(6),
        Transitory = reader.GetBoolean(7),
        Decree = reader.Date(8),
        Validity = WithinLaw(ValidityAt(reader, 9), ValidityAt(reader, 13)),
    };

    /// <summary>A list as JSON; null for an empty one.</summary>
    public static string? ToJson<T>(IReadOnlyList<T> list) => list.Count == 0 ? null : JsonSerializer.Serialize(list, Json);

    /// <summary>A text's validity inside its law: no earlier than the law, no later than its end.</summary>
    private static Validity WithinLaw(Validity text, Validity law)
    {
        if (law.Reason is ValidityReason.Original) return text.From is null ? text with { From = law.From } : text;
        var ends = law.To is { } end && (text.To is null || text.To > end);
        return text with
        {
            From = text.From ?? law.From,
            To = ends ? law.To : text.To,
            // What was repealed before stays repealed, whatever became of the law.
            Reason = ends && text.Reason is not (ValidityReason.Derogated or ValidityReason.DeclaredInvalid) ? law.Reason : text.Reason,
            Condition = text.Condition ?? law.Condition,
        };
    }

    private static Validity ValidityAt(DbDataReader reader, int column) => new(
        reader.Date(column), reader.Date(column + 1), Reason(reader.GetString(column + 2)), reader.Text(column + 3));

    // Enum.Parse for 300,000 rows is what a profile of ReadForIndex shows first.
    private static ValidityReason Reason(string name) => name == nameof(ValidityReason.Original) ? ValidityReason.Original : Enum.Parse<ValidityReason>(name);

    private static IReadOnlyList<T> FromJson<T>(string? json) => json is null ? [] : JsonSerializer.Deserialize<List<T>>(json, Json)!;

    /// <summary>Neighbouring articles stand under the same headings, so the last one read is kept.</summary>
    public sealed class PlaceReader
    {
        private string? json;
        private IReadOnlyList<Division> place = [];

        public IReadOnlyList<Division> Read(string? next)
        {
            if (next == json) return place;
            json = next;
            return place = FromJson<Division>(next);
        }
    }
}
