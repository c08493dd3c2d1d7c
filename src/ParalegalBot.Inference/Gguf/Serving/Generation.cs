using System.Text;
using System.Threading.Channels;
using ParalegalBot.Inference.Gguf.Drafts;
using ParalegalBot.Inference.Gguf.Model;
using ParalegalBot.Inference.Gguf.Sampling;
using ParalegalBot.Inference.Gguf.Vocabulary;

namespace ParalegalBot.Inference.Gguf.Serving;

/// <summary>One text being written: its prompt, its rules, and the channel that its words leave by.</summary>
internal sealed class Generation(IReadOnlyList<int> prompt, int limit, Sampler sampler, DraftConstraint? constraint, CancellationToken cancellation)
{
    private readonly Channel<string> words = Channel.CreateUnbounded<string>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
    private readonly Decoder decoder = Encoding.UTF8.GetDecoder();
    private int written;

    public IReadOnlyList<int> Prompt => prompt;

    public CancellationToken Cancellation => cancellation;

    /// <summary>The words, as they come.</summary>
    public ChannelReader<string> Words => words.Reader;

    /// <summary>Tokens written.</summary>
    public int Written => written;

    /// <summary>Whether the limit ended it.</summary>
    public bool CutShort { get; private set; }

    /// <summary>Its keys and values, while it has a place.</summary>
    public KeyValueCache? Cache { get; set; }

    /// <summary>Tokens yet to be evaluated: what the cache lacks of the prompt, then the last token drawn.</summary>
    public Queue<int> Pending { get; } = new();

    /// <summary>Draws the next token; false: the text is complete.</summary>
    /// <param name="logits">[vocabulary]; spoilt.</param>
    /// <param name="vocabulary">What tokens write.</param>
    public bool Continue(Span<float> logits, GgufVocabulary vocabulary)
    {
        constraint?.Mask(logits, limit - written);
        var token = sampler.Draw(logits);
        if (vocabulary.Ends(token)) return false;
        written++;
        constraint?.Accept(token);
        Write(vocabulary.Piece(token), flush: false);
        CutShort = written >= limit && constraint is not { IsDone: true };
        if (CutShort || constraint is { IsDone: true }) return false;
        Pending.Enqueue(token);
        return true;
    }

    /// <summary>Closes the channel.</summary>
    public void End(Exception? fault = null)
    {
        if (fault is null) Write([], flush: true);
        words.Writer.TryComplete(fault);
    }

    private void Write(ReadOnlySpan<byte> utf8, bool flush)
    {
        Span<char> characters = new char[decoder.GetCharCount(utf8, flush)];
        var count = decoder.GetChars(utf8, characters, flush);
        if (count > 0) words.Writer.TryWrite(new string(characters[..count]));
    }
}
