using ParalegalBot.Tuning.Formats;

namespace ParalegalBot.Tuning.Training.Data;

/// <summary>
/// Lines to tokens. A conversation is written with the model's own template and only the last answer, with the mark that ends its turn, is learnt; a text is
/// learnt whole, in pieces of the context's length. What is encoded here is what the engine reads when it answers.
/// </summary>
internal sealed class TextEncoder(ModelVocabulary vocabulary, int context)
{
    /// <summary>Conversations that did not fit the context.</summary>
    public int TooLong { get; private set; }

    public IEnumerable<TrainingText> Encode(TrainingLine line) => line.Text is { } text ? Pieces(text) : Conversation(line);

    private IEnumerable<TrainingText> Pieces(string text)
    {
        var tokens = vocabulary.Tokens.Tokenizer.Encode(text);
        if (vocabulary.Tokens.AddsStart && vocabulary.Tokens.Start >= 0) tokens.Insert(0, vocabulary.Tokens.Start);
        tokens.Add(vocabulary.Tokens.Id(BytePairTraining.TextMark) is var mark and >= 0 ? mark : vocabulary.Tokens.End);
        // The last token of a piece is the first of the next: it is predicted in the one and read in the other.
        for (var at = 0; at < tokens.Count - 1; at += context)
        {
            var piece = tokens.GetRange(at, Math.Min(context + 1, tokens.Count - at));
            yield return new TrainingText(piece, [.. Enumerable.Repeat(true, piece.Count)]);
        }
    }

    private IEnumerable<TrainingText> Conversation(TrainingLine line)
    {
        var prompt = vocabulary.Template.Encode(line.Messages.Take(line.Messages.Count - 1), vocabulary.Tokens);
        var answer = vocabulary.Tokens.Tokenizer.Encode(line.Messages[^1].Text);
        answer.Add(vocabulary.TurnEnd);
        if (prompt.Count + answer.Count > context + 1)
        {
            TooLong++;
            yield break;
        }
        yield return new TrainingText([.. prompt, .. answer], [.. Enumerable.Repeat(false, prompt.Count), .. Enumerable.Repeat(true, answer.Count)]);
    }
}
