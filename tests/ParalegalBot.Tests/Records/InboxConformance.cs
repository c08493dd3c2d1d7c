using System.Security.Cryptography;
using Microsoft.Extensions.Time.Testing;
using ParalegalBot.Conversations;
using ParalegalBot.Records;

namespace ParalegalBot.Tests.Records;

/// <summary>What inbox and outbox promise, wherever the records are kept.</summary>
public abstract class InboxConformance : IDisposable
{
    private static readonly Exchange Exchange = new("¿?", new Reply { Id = "r1", Outcome = "refused", Text = "No." });

    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
    private readonly RecordsFile records;
    private readonly Inbox inbox;
    private readonly Outbox outbox;
    private readonly ConversationStore conversations;

    private protected InboxConformance(Func<RecordsFile> open)
    {
        records = open();
        var audit = new AuditLog(records, time, RandomNumberGenerator.Create());
        outbox = new Outbox(records, audit, time);
        conversations = new ConversationStore(records, audit, time);
        inbox = new Inbox(records, outbox, conversations, time);
    }

    public virtual void Dispose()
    {
        records.Dispose();
        GC.SuppressFinalize(this);
    }

    private DateTimeOffset Soon => time.GetUtcNow() + TimeSpan.FromSeconds(20);

    private ReceiptKind Accept(string key, string lane) => inbox.Accept("prueba", key, lane, $"cuerpo {key}", 100).Kind;

    private static OutboxDraft Draft(string body, string lane = "l1") => new("prueba", lane, "dirección", body) { Person = "prueba:ana", Answer = "r1" };

    [Fact]
    public void A_lane_is_answered_in_order_and_one_at_a_time()
    {
        Accept("1", "l1");
        Accept("2", "l1");
        Accept("3", "l2");

        var first = inbox.Take("a", Soon)!;
        var other = inbox.Take("b", Soon)!;
        Assert.Equal(["cuerpo 1", "cuerpo 3"], [first.Body, other.Body]);
        Assert.Null(inbox.Take("c", Soon));
        Assert.True(inbox.Finish(first.Number, "a", [], null));

        Assert.Equal("cuerpo 2", inbox.Take("c", Soon)!.Body);
    }

    [Fact]
    public void What_a_dead_worker_held_is_taken_again_and_only_the_holder_can_finish_it()
    {
        Accept("1", "l1");
        var dead = inbox.Take("dead", Soon)!;
        time.Advance(TimeSpan.FromSeconds(10));
        inbox.Renew("dead", Soon);
        time.Advance(TimeSpan.FromSeconds(15));
        Assert.Null(inbox.Take("next", Soon));
        time.Advance(TimeSpan.FromSeconds(10));

        var taken = inbox.Take("next", Soon)!;

        Assert.Equal((dead.Number, 2), (taken.Number, taken.Attempts));
        Assert.False(inbox.Finish(dead.Number, "dead", [Draft("de más")], null));
        Assert.True(inbox.Finish(taken.Number, "next", [Draft("una vez")], new KeptExchange("c", "prueba:ana", Exchange)));
        Assert.Equal("una vez", outbox.Take("s", Soon)!.Body);
        Assert.Null(outbox.Take("s", Soon));
        Assert.Single(conversations.Exchanges("c"));
    }

    [Fact]
    public void A_finished_message_is_still_known_until_it_is_forgotten()
    {
        Accept("1", "l1");
        inbox.Finish(inbox.Take("a", Soon)!.Number, "a", [], null);

        Assert.Equal(ReceiptKind.Duplicate, Accept("1", "l1"));
        time.Advance(TimeSpan.FromDays(15));
        inbox.DeleteBefore(time.GetUtcNow() - TimeSpan.FromDays(14));

        Assert.Equal(ReceiptKind.Accepted, Accept("1", "l1"));
    }

    [Fact]
    public void A_lane_is_sent_in_order_even_while_its_first_message_waits_for_another_try()
    {
        outbox.Add(Draft("uno"));
        outbox.Add(Draft("dos"));
        outbox.Add(Draft("tres", "l2"));
        var first = outbox.Take("a", Soon)!;
        outbox.Postpone(first.Number, Soon, "429");

        Assert.Equal("tres", outbox.Take("a", Soon)!.Body);
        Assert.Null(outbox.Take("a", Soon));
        time.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal("uno", outbox.Take("a", Soon)!.Body);
        outbox.Sent(first.Number, "id1");
        Assert.Equal("dos", outbox.Take("a", Soon)!.Body);
        Assert.Equal("r1", outbox.AnswerOf("l1", "id1"));
    }

    [Fact]
    public void What_was_leaving_when_its_sender_died_is_found_once_and_never_taken_again()
    {
        outbox.Add(Draft("uno"));
        var leaving = outbox.Take("dead", Soon)!;
        Assert.Empty(outbox.TakeInterrupted("next", Soon));
        time.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(leaving.Number, Assert.Single(outbox.TakeInterrupted("next", Soon)).Number);
        Assert.Empty(outbox.TakeInterrupted("next", Soon));
        outbox.Uncertain(leaving.Number, "died");

        Assert.Null(outbox.Take("next", Soon));
        Assert.Equal("died", Assert.Single(outbox.Failures(5)).Problem);
    }

    [Fact]
    public void A_message_with_a_key_is_kept_once()
    {
        Assert.True(outbox.Add(Draft("bienvenida") with { Key = "k" }));

        Assert.False(outbox.Add(Draft("bienvenida") with { Key = "k" }));
    }

    [Fact]
    public void Replicas_that_take_at_once_never_take_the_same_message()
    {
        for (var i = 0; i < 24; i++) Accept($"{i}", $"l{i}");
        var taken = new System.Collections.Concurrent.ConcurrentBag<long>();

        Parallel.For(0, 4, replica =>
        {
            while (inbox.Take($"r{replica}", Soon) is { } message) taken.Add(message.Number);
        });

        Assert.Equal(24, taken.Distinct().Count());
        Assert.Equal(24, taken.Count);
    }

    [Fact]
    public void Contacts_and_ratings_are_kept_once_a_person_and_go_with_them()
    {
        var audit = new AuditLog(records, time, RandomNumberGenerator.Create());
        var (contacts, feedback) = (new Contacts(records, audit, outbox, time), new FeedbackStore(records, audit, time));

        contacts.Wrote("prueba", "ana", "l1", "dirección");
        Assert.True(contacts.Inform("prueba", "ana", []));
        Assert.False(contacts.Inform("prueba", "ana", []));
        feedback.Add("r1", "ana", true, "bien");
        feedback.Add("r1", "ana", false, null);
        Assert.Equal((false, "bien"), (feedback.Of("r1").Single().Liked, feedback.Of("r1").Single().Comment));

        audit.Erase("ana");
        Assert.Empty(feedback.Last(5));
        Assert.Null(contacts.Find("prueba", "ana"));
    }
}
