using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using ParalegalBot.Answering;
using ParalegalBot.Records;
using ParalegalBot.Tests.Statutes;

namespace ParalegalBot.Tests.Records;

public sealed class AuditLogTests : IDisposable
{
    private readonly ScratchFolder folder = new();
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
    private readonly RandomNumberGenerator random = RandomNumberGenerator.Create();
    private readonly RecordsFile records;
    private readonly AuditLog log;
    private readonly ConversationStore conversations;

    public AuditLogTests()
    {
        records = RecordsFile.Open(folder["records.db"]);
        log = new AuditLog(records, time, random);
        conversations = new ConversationStore(records, log, time);
    }

    public void Dispose()
    {
        records.Dispose();
        random.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void A_row_reads_as_it_was_written_under_a_pseudonym()
    {
        log.Append(Entry("a1", "ana"));

        var row = log.Show("a1")!;
        Assert.Equal((1, time.GetUtcNow(), "¿Vacaciones?", "refused", "not_found"), (row.Number, row.At, row.Question, row.Outcome, row.Reason));
        Assert.DoesNotContain("ana", row.Person);
        Assert.True(log.Verify().Whole);
    }

    [Theory]
    [InlineData("question = 'otra'", "a2")]
    [InlineData("outcome = 'cited'", "a2")]
    [InlineData("at = '2020-01-01T00:00:00.0000000Z'", "a2")]
    [InlineData("digests = zeroblob(416)", "a2")]
    public void An_altered_row_is_named(string change, string broken)
    {
        for (var i = 1; i <= 3; i++) log.Append(Entry($"a{i}", "ana"));
        Tamper($"UPDATE audit SET {change} WHERE id = 'a2'");

        Assert.Equal((false, broken), (log.Verify().Whole, log.Verify().FirstBroken));
    }

    [Fact]
    public void A_missing_row_is_noticed_in_the_middle_and_at_the_end()
    {
        for (var i = 1; i <= 3; i++) log.Append(Entry($"a{i}", "ana"));
        Tamper("DELETE FROM audit WHERE id = 'a3'");
        Assert.Contains("al final", log.Verify().Problem);

        Tamper("DELETE FROM audit WHERE id = 'a1'");
        Assert.Equal("a2", log.Verify().FirstBroken);
    }

    [Fact]
    public void The_file_itself_refuses_changes()
    {
        log.Append(Entry("a1", "ana"));

        Assert.Throws<SqliteException>(() => records.File.Write(connection => connection.Run("UPDATE audit SET outcome = 'cited'")));
        Assert.Throws<SqliteException>(() => records.File.Write(connection => connection.Run("UPDATE audit SET question = 'otra'")));
        Assert.Throws<SqliteException>(() => records.File.Write(connection => connection.Run("DELETE FROM audit")));
    }

    [Fact]
    public void Erasing_a_person_leaves_the_chain_whole_and_nothing_of_theirs()
    {
        log.Append(Entry("a1", "ana"));
        log.Append(Entry("b1", "beto"));
        log.Append(Entry("a2", "ana"));
        conversations.Append("c1", "ana", new Turn("user", "hola"));
        Assert.Equal(["a1", "a2"], log.Export("ana").Select(row => row.Id));

        Assert.Equal(2, log.Erase("ana"));

        Assert.True(log.Verify().Whole);
        Assert.True(log.Show("a1")!.Erased);
        Assert.Equal("¿Vacaciones?", log.Show("b1")!.Question);
        Assert.Empty(log.Export("ana"));
        Assert.Empty(conversations.Last("c1", 10));
        log.Append(Entry("a3", "ana"));
        Assert.NotEqual(log.Show("a1")!.Person, log.Show("a3")!.Person);
    }

    [Fact]
    public void The_last_turns_come_oldest_first_and_a_conversation_can_be_forgotten()
    {
        for (var i = 1; i <= 5; i++) conversations.Append("c1", "ana", new Turn(i % 2 == 1 ? "user" : "assistant", $"turno {i}"));
        conversations.Append("c2", "beto", new Turn("user", "otra"));

        Assert.Equal(["turno 4", "turno 5"], conversations.Last("c1", 2).Select(turn => turn.Text));
        Assert.Equal(5, conversations.Delete("c1"));
        Assert.Empty(conversations.Last("c1", 2));
        Assert.Single(conversations.Last("c2", 2));
    }

    [Fact]
    public void Doors_that_append_at_once_keep_one_chain()
    {
        Parallel.For(0, 40, i => log.Append(Entry($"x{i}", $"p{i % 3}")));

        Assert.Equal((true, 40L), (log.Verify().Whole, log.Verify().Rows));
    }

    private static AuditEntry Entry(string id, string person) => new()
    {
        Id = id, Person = person, Channel = "web", Question = "¿Vacaciones?", Outcome = "refused", Reason = "not_found", Answer = "{}", Engine = "extractive", Generation = 3,
    };

    private void Tamper(string sql) => records.File.Write(connection =>
    {
        foreach (var trigger in connection.Query(reader => reader.GetString(0), "SELECT name FROM sqlite_schema WHERE type = 'trigger'")) connection.Run($"DROP TRIGGER {trigger}");
        return connection.Run(sql);
    });
}
