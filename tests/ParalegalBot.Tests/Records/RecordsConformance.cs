using System.Data.Common;
using System.Security.Cryptography;
using Microsoft.Extensions.Time.Testing;
using ParalegalBot.Answering;
using ParalegalBot.Records;

namespace ParalegalBot.Tests.Records;

/// <summary>What records promise, wherever they are kept.</summary>
public abstract class RecordsConformance : IDisposable
{
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
    private readonly RandomNumberGenerator random = RandomNumberGenerator.Create();
    private readonly RecordsFile records;
    private readonly AuditLog log;
    private readonly ConversationStore conversations;

    private protected RecordsConformance(Func<RecordsFile> open)
    {
        Open = open;
        records = open();
        log = new AuditLog(records, time, random);
        conversations = new ConversationStore(records, log, time);
    }

    /// <summary>Opens the same records once more, as another process does.</summary>
    private protected Func<RecordsFile> Open { get; }

    /// <summary>Statements that switch the log's own guards off.</summary>
    private protected abstract IEnumerable<string> Unguard(DbConnection connection);

    public virtual void Dispose()
    {
        records.Dispose();
        random.Dispose();
        GC.SuppressFinalize(this);
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
    [InlineData("digests = previous_hash", "a2")]
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
    public void The_database_itself_refuses_changes()
    {
        log.Append(Entry("a1", "ana"));

        Assert.ThrowsAny<DbException>(() => records.File.Write(connection => connection.Run("UPDATE audit SET outcome = 'cited'")));
        Assert.ThrowsAny<DbException>(() => records.File.Write(connection => connection.Run("UPDATE audit SET question = 'otra'")));
        Assert.ThrowsAny<DbException>(() => records.File.Write(connection => connection.Run("DELETE FROM audit")));
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

    [Fact]
    public void Replicas_that_append_at_once_keep_one_chain_and_one_key_a_person()
    {
        using var other = Open();
        var twin = new AuditLog(other, time, random);

        Parallel.For(0, 40, i => (i % 2 == 0 ? log : twin).Append(Entry($"x{i}", "ana")));

        Assert.Equal((true, 40L), (twin.Verify().Whole, twin.Verify().Rows));
        Assert.Equal(40, log.Export("ana").Count);
    }

    [Fact]
    public void A_write_that_fails_leaves_nothing_and_the_next_one_works()
    {
        log.Append(Entry("a1", "ana"));

        Assert.ThrowsAny<DbException>(() => log.Append(Entry("a1", "ana")));
        log.Append(Entry("a2", "ana"));

        Assert.Equal((true, 2L), (log.Verify().Whole, log.Verify().Rows));
    }

    [Fact]
    public void Characters_that_one_database_cannot_hold_are_replaced_in_all()
    {
        log.Append(Entry("a1", "ana") with { Question = "uno\0dos\uD800tres ñ 😀" });
        conversations.Append("c1", "ana", new Turn("user", "uno\0dos\uD800"));

        Assert.Equal("uno dos\uFFFDtres ñ 😀", log.Show("a1")!.Question);
        Assert.Equal("uno dos\uFFFD", conversations.Last("c1", 1).Single().Text);
        Assert.True(log.Verify().Whole);
    }

    [Fact]
    public void Spending_adds_up_by_day_and_person()
    {
        var spending = new SpendingLedger(records, log, time);

        spending.Add("ana", 10, 5, 0.25m);
        spending.Add("ana", 10, 5, 0.5m);
        spending.Add("beto", 10, 5, 1m);

        Assert.Equal((0.75m, 1.75m), spending.Today("ana"));
        time.Advance(TimeSpan.FromDays(1));
        Assert.Equal((0m, 0m), spending.Today("ana"));
    }

    [Fact]
    public void What_an_erased_person_cost_stays_in_the_sum_and_is_nobody_s()
    {
        var spending = new SpendingLedger(records, log, time);
        spending.Add("ana", 10, 5, 0.25m);
        spending.Add("beto", 10, 5, 1m);
        spending.Add("clara", 10, 5, 2m);

        log.Erase("ana");
        log.Erase("beto");

        Assert.Equal((0m, 3.25m), spending.Today("ana"));
        Assert.Equal(new[] { "nobody", PseudonymOf("clara") }.Order(StringComparer.Ordinal), records.File.Read(connection => connection.Query(reader => reader.GetString(0), "SELECT person FROM spending")).Order(StringComparer.Ordinal));
        Assert.Equal(3, spending.Between(new DateOnly(2026, 1, 1), new DateOnly(2026, 1, 3)).Answers);
    }

    private string PseudonymOf(string person) => records.File.Read(connection => log.Pseudonym(connection, person, create: false)!);

    [Fact]
    public void Opening_again_keeps_everything()
    {
        log.Append(Entry("a1", "ana"));
        using var again = Open();

        Assert.Equal("a1", new AuditLog(again, time, random).Export("ana").Single().Id);
    }

    private static AuditEntry Entry(string id, string person) => new()
    {
        Id = id, Person = person, Channel = "web", Question = "¿Vacaciones?", Outcome = "refused", Reason = "not_found", Answer = "{}", Engine = "extractive", Generation = 3,
    };

    private void Tamper(string sql) => records.File.Write(connection =>
    {
        foreach (var statement in Unguard(connection).ToList()) connection.Run(statement);
        return connection.Run(sql);
    });
}
