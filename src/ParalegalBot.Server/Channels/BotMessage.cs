using ParalegalBot.Conversations;

namespace ParalegalBot.Server.Channels;

/// <summary>What the bot says, a closed family that every channel renders: <see cref="Note"/> and <see cref="Answered"/>.</summary>
public abstract record BotMessage
{
    private BotMessage() { }

    /// <summary>A few plain paragraphs that cite no law: welcome, notices, replies to commands.</summary>
    public sealed record Note(string Text) : BotMessage
    {
        /// <summary>What the person may write next, offered as buttons where the channel has them.</summary>
        public IReadOnlyList<string> Choices { get; init; } = [];

        /// <summary>Pages of this server that say more.</summary>
        public IReadOnlyList<NoteLink> Links { get; init; } = [];
    }

    /// <summary>An answer or a refusal with its citations.</summary>
    public sealed record Answered(Reply Reply) : BotMessage;
}

/// <summary>A link below a note: its words, and the path of a page of this server.</summary>
public sealed record NoteLink(string Words, string Path);
