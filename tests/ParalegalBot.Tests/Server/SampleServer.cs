using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using ParalegalBot.Answering;
using ParalegalBot.Server.Channels;
using ParalegalBot.Server.Operations;
using ParalegalBot.Server.WebChat;
using ParalegalBot.Statutes;
using ParalegalBot.Tests.Statutes;

namespace ParalegalBot.Tests.Server;

/// <summary>The real server over a store with one invented law; only what the assistant says is scripted.</summary>
internal sealed class SampleServer : WebApplicationFactory<ChatReplies>
{
    private readonly ScratchFolder folder = new();
    private readonly Dictionary<string, string> settings = [];

    public SampleServer()
    {
        using var store = StatuteStore.Open(folder["statutes.db"]);
        SampleLaw.WriteTo(store);
        this["Store:Path"] = folder["statutes.db"];
        this["Records:Path"] = folder["records.db"];
    }

    /// <summary>A setting of the server; set before the first request.</summary>
    public string this[string setting]
    {
        set => settings[setting] = value;
    }

    /// <summary>What the assistant answers; by default with the article on the term of a loan.</summary>
    public AnswerQuestion Answer { get; set; } = (_, _, _) => throw new InvalidOperationException("No answer was scripted.");

    /// <summary>Channels beside the server's own; set before the first request.</summary>
    public IReadOnlyList<IChannel> Channels { get; init; } = [];

    /// <summary>A passage of the law as the server's own store holds it.</summary>
    public Passage Passage(string article, string anchor) =>
        Services.GetRequiredService<StatuteStore>().Article("LPL", article)!.Passages.Single(passage => passage.Anchor == anchor);

    /// <summary>A cited answer with one claim on one passage.</summary>
    public Answer.Cited Cited(string claim = "El préstamo dura quince días.") => new()
    {
        Id = "r1",
        Text = claim,
        AsOf = new DateOnly(2026, 1, 15),
        Claims = [new Claim(claim, [new Citation(Passage("2o", "p1"), [1])], 0.9)],
    };

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        foreach (var (name, value) in settings) builder.UseSetting(name, value);
        builder.ConfigureTestServices(services =>
        {
            services.AddSingleton<AnswerQuestion>((question, progress, cancellationToken) => Answer(question, progress, cancellationToken));
            foreach (var channel in Channels) services.AddSingleton(channel);
            services.Remove(services.Single(service => service.ImplementationType == typeof(Opening))); // no index for an assistant that is scripted
        });
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing && Directory.Exists(folder.Path)) folder.Dispose(); // the factory disposes itself twice
    }
}
