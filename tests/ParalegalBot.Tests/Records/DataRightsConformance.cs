using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using ParalegalBot.Answering;
using ParalegalBot.Configuration;
using ParalegalBot.Records;

namespace ParalegalBot.Tests.Records;

/// <summary>The rights of the data law, retention and the switch, wherever the records are kept.</summary>
public abstract class DataRightsConformance : IDisposable
{
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 12, 1, 18, 0, 0, TimeSpan.Zero));
    private readonly RandomNumberGenerator random = RandomNumberGenerator.Create();
    private readonly RecordsFile records;
    private readonly AuditLog log;
    private readonly DataRights rights;

    private protected DataRightsConformance(Func<RecordsFile> open)
    {
        Open = open;
        records = open();
        log = new AuditLog(records, time, random);
        rights = new DataRights(records, log, time);
    }

    private protected Func<RecordsFile> Open { get; }

    public virtual void Dispose()
    {
        records.Dispose();
        random.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void A_request_has_twenty_working_days_and_then_fifteen()
    {
        var request = rights.Receive(DataRight.Rectification, "ana", "teams", "mi nombre");
        Assert.Equal(new DateOnly(2026, 12, 30), request.AnswerBy); // 25 December and the weekends do not count

        time.SetUtcNow(new DateTimeOffset(2026, 12, 21, 18, 0, 0, TimeSpan.Zero));
        Assert.True(rights.Advance(request.Id, "se anotó"));
        var answered = rights.List(open: true).Single();
        Assert.Equal((new DateOnly(2026, 12, 21), new DateOnly(2027, 1, 13)), (answered.Answered, answered.CarryOutBy));

        Assert.True(rights.Advance(request.Id, null));
        Assert.Empty(rights.List(open: true));
        Assert.False(rights.Advance(request.Id, null));
        Assert.True(log.Verify().Whole);
    }

    [Fact]
    public void Erasure_is_kept_as_a_fulfilled_request_that_leads_to_nobody()
    {
        log.Append(Entry("a1", "ana"));
        rights.Receive(DataRight.Rectification, "ana", "teams", "me llamo Ana Pérez");

        Assert.Equal(1, rights.Cancel("ana", "cli"));

        var (request, earlier) = (rights.List(open: false).Single(kept => kept.Right == DataRight.Cancellation), rights.List(open: true).Single());
        Assert.Null(earlier.Note);
        Assert.Equal((DataRight.Cancellation, request.Received), (request.Right, request.Done));
        Assert.Empty(log.Export("ana"));
        Assert.DoesNotContain("¿Vacaciones?", log.Last(10).Select(row => row.Question));
        Assert.True(log.Verify().Whole);
    }

    [Fact]
    public void Whoever_opposed_is_counted_and_not_quoted_even_after_an_erasure()
    {
        rights.Oppose("ana", "teams");
        rights.Cancel("ana", "teams");

        log.Append(Entry("a1", "ana"));
        log.Append(Entry("b1", "beto"));

        Assert.Equal(("", "{}", "refused"), (log.Show("a1")!.Question, log.Show("a1")!.Answer, log.Show("a1")!.Outcome));
        Assert.Equal("¿Vacaciones?", log.Show("b1")!.Question);
    }

    [Fact]
    public void A_correction_stands_beside_the_row_and_only_on_ones_own()
    {
        log.Append(Entry("a1", "ana"));

        Assert.True(rights.Rectify("ana", "cli", "a1", "son quince días"));
        Assert.False(rights.Rectify("beto", "cli", "a1", "no"));

        Assert.Equal(["¿Vacaciones?", "a1: son quince días"], log.Export("ana").Select(row => row.Question));
        Assert.True(log.Verify().Whole);
    }

    [Fact]
    public void Retention_empties_what_is_old_and_keeps_the_chain()
    {
        var conversations = new ConversationStore(records, log, time);
        log.Append(Entry("old", "ana"));
        conversations.Append("c1", "ana", new Turn("user", "hola"));
        time.Advance(TimeSpan.FromDays(100));
        log.Append(Entry("new", "ana"));
        conversations.Append("c1", "ana", new Turn("user", "de nuevo"));
        var retention = new Retention(log, conversations, new FeedbackStore(records, log, time), Options.Create(new RecordsOptions { AnswerDays = 90, ConversationDays = 30 }), time);

        Assert.Equal((1, 1), retention.Apply());
        Assert.Equal((0, 0), retention.Apply());

        Assert.True(log.Show("old")!.Erased);
        Assert.Equal("¿Vacaciones?", log.Show("new")!.Question);
        Assert.Equal("de nuevo", conversations.Last("c1", 5).Single().Text);
        Assert.True(log.Verify().Whole);
    }

    [Fact]
    public void The_switch_reaches_another_replica_within_five_seconds_and_is_recorded()
    {
        using var other = Open();
        var (here, there) = (new ServiceSwitch(records, log, time), new ServiceSwitch(other, new AuditLog(other, time, random), time));
        Assert.Equal(ServiceMode.Normal, there.Mode);

        here.Set(ServiceMode.Closed, "clave (operator)");
        Assert.Equal(ServiceMode.Closed, here.Mode);
        time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(ServiceMode.Closed, there.Mode);
        var row = log.Last(1).Single();
        Assert.Equal(("note", "mode", "Closed"), (row.Outcome, row.Reason, row.Question));
        Assert.True(log.Verify().Whole);
    }

    [Fact]
    public void Keys_of_the_pages_are_shared()
    {
        using var other = Open();
        new KeyRing(records).Add("k1", "<key/>");
        new KeyRing(other).Add("k1", "<key id='2'/>");

        Assert.Equal(["<key id='2'/>"], new KeyRing(records).All());
    }

    private static AuditEntry Entry(string id, string person) => new()
    {
        Id = id, Person = person, Channel = "web", Question = "¿Vacaciones?", Outcome = "refused", Reason = "not_found", Answer = "{}", Engine = "extractive",
    };
}

public sealed class BusinessDaysTests
{
    [Theory]
    [InlineData("2026-09-14", 2, "2026-09-17")] // 16 September
    [InlineData("2026-01-30", 1, "2026-02-03")] // weekend and the first Monday of February
    [InlineData("2026-11-13", 1, "2026-11-17")] // third Monday of November
    [InlineData("2030-09-30", 1, "2030-10-02")] // a new federal executive every six years
    [InlineData("2026-09-30", 1, "2026-10-01")]
    public void Days_of_rest_do_not_count(string from, int days, string last) =>
        Assert.Equal(DateOnly.Parse(last), BusinessDays.After(DateOnly.Parse(from), days));
}
