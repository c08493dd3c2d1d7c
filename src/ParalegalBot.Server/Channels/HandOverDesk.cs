using Microsoft.Extensions.Options;
using ParalegalBot.Configuration;
using ParalegalBot.Records;
using ParalegalBot.Server.Channels.Sending;

namespace ParalegalBot.Server.Channels;

/// <summary>The firm's side of the cases that people handed over: what waits, and what a lawyer says to it. The reply goes back through the bot, marked as the lawyer's.</summary>
public sealed class HandOverDesk(HandOvers handOvers, Mailbox mailbox, OutboxBell bell, IOptions<FirmOptions> firm)
{
    /// <summary>Characters of a lawyer's reply.</summary>
    public const int MaxText = 3000;

    /// <summary>The open cases, oldest first.</summary>
    public IReadOnlyList<HandOver> Waiting() => handOvers.Waiting();

    /// <summary>A case; null where there is none.</summary>
    public HandOver? Find(string id) => handOvers.Find(id);

    /// <summary>What was said in a case, oldest first.</summary>
    public IReadOnlyList<HandOverLine> Lines(string id) => handOvers.Lines(id);

    /// <summary>Sends a lawyer's reply; false where the case is not open or its channel is off.</summary>
    public bool Answer(string id, string lawyer, string text)
    {
        if (handOvers.Find(id) is not { State: HandOverState.Open } handOver) return false;
        var message = new BotMessage.Note($"Le responde {lawyer}, de {firm.Value.Name} (caso {id}). Este mensaje lo escribió una persona:\n\n{text.Trim()}");
        var drafts = mailbox.Draft(new Recipient(handOver.Channel, handOver.Lane, handOver.Address, null), message);
        if (drafts.Count == 0 || !handOvers.Add(id, new HandOverLine(HandOverSide.Lawyer, lawyer, text.Trim()), drafts)) return false;
        bell.Ring();
        return true;
    }

    /// <summary>Closes a case and says so to the person; false where it is not open.</summary>
    public bool Close(string id)
    {
        if (handOvers.Find(id) is not { } handOver || !handOvers.Close(id)) return false;
        mailbox.Post(new Recipient(handOver.Channel, handOver.Lane, handOver.Address, null), new BotMessage.Note($"El despacho cerró su caso {id}. Puede seguir preguntándome."), $"cierre/{id}");
        return true;
    }
}
