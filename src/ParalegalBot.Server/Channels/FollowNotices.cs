using ParalegalBot.Conversations;
using ParalegalBot.Records;
using ParalegalBot.Server.Articles;
using ParalegalBot.Server.Channels.Sending;
using ParalegalBot.Statutes;

namespace ParalegalBot.Server.Channels;

/// <summary>Tells people when an article that they follow changed. Ingestion may run in another process: the statutes' generation says that something was written.</summary>
internal sealed class FollowNotices(Follows follows, StatuteStore store, Mailbox mailbox, OutboxBell bell, TimeProvider time, ILogger<FollowNotices> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);
    private long? known;

    /// <summary>Looks once; costs one small query where nothing was written since.</summary>
    public void Look()
    {
        var generation = store.Generation;
        if (known == generation) return;
        foreach (var (law, number) in follows.Articles())
        {
            if (store.Article(law, number) is { } article) Tell(law, number, article);
        }
        known = generation;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                Look();
            }
            catch (Exception error)
            {
                log.LogError(error, "Followed articles could not be compared.");
            }
        }
    }

    private void Tell(string law, string number, Article article)
    {
        var seen = ArticleChange.Fingerprint(article);
        foreach (var follower in follows.Behind(law, number, seen))
        {
            if (mailbox.Channel(follower.Channel) is null) continue; // told once the channel is on again
            follows.Tell(follower, law, number, seen, ArticleChange.IsOfLaw(follower.Seen, article) ? Notice(follower, article, seen) : []);
            bell.Ring();
        }
    }

    private IReadOnlyList<OutboxDraft> Notice(Follower follower, Article article, string seen)
    {
        var before = store.Versions(article.Law, article.Number.Printed).LastOrDefault(version => ArticleChange.Fingerprint(version) == follower.Seen);
        var text = ArticleChange.Describe(before, article, store.Find(article.Law), DateOnly.FromDateTime(time.GetLocalNow().DateTime));
        var note = new BotMessage.Note($"{text}\n\nPara no recibir más avisos escriba «alto».")
        {
            Links = [new NoteLink($"Ver art. {article.Number.Printed}", Links.Article(article.Law, article.Number))],
        };
        return mailbox.Draft(new Recipient(follower.Channel, follower.Lane, follower.Address, null), note, $"sigue/{follower.Person}/{article.Law}/{article.Number.Key}/{seen}");
    }
}
