using System.Text;
using ParalegalBot.Tests.Inference.Gguf;
using ParalegalBot.Tuning.Formats;

namespace ParalegalBot.Tests.Tuning.Formats;

public sealed class BytePairTrainingTests
{
    [Fact]
    public void The_most_frequent_neighbours_become_one_token()
    {
        // "ab" occurs five times, "abc" four times, everything else less.
        var vocabulary = BytePairTraining.Learn(["abc abc abc abc", "ab"], 3 + 256 + 2);

        Assert.Equal(["a b", "ab c"], (string[])vocabulary["tokenizer.ggml.merges"]!);
    }

    [Fact]
    public void Any_text_comes_back_out_of_its_tokens_and_digits_stay_single()
    {
        var vocabulary = BytePairTraining.Learn([SampleVocabulary.Page], 600).Tokens;
        const string Text = "Artículo 1234 Bis: ñandú 😀\n\n  «salvo» $1,234.50 <|im_end|>";

        var tokens = vocabulary.Tokenizer.Encode(Text);

        Assert.Equal(Text, Encoding.UTF8.GetString([.. tokens.SelectMany(token => vocabulary.Piece(token).ToArray())]));
        Assert.DoesNotContain(tokens, token => vocabulary.Text(token).Count(char.IsAsciiDigit) > 1);
        Assert.DoesNotContain(vocabulary.Id(BytePairTraining.TurnEnd), tokens);
    }

    [Fact]
    public void The_same_texts_give_the_same_vocabulary_and_the_files_give_it_back()
    {
        var (first, second) = (BytePairTraining.Learn([SampleVocabulary.Page], 500), BytePairTraining.Learn([SampleVocabulary.Page], 500));
        var folder = Directory.CreateTempSubdirectory("vocabulary").FullName;

        TokenizerJson.Write(first, folder);
        var read = TokenizerJson.Read(folder, first.Tokens.Count);

        Assert.Equal((string[])first["tokenizer.ggml.merges"]!, (string[])second["tokenizer.ggml.merges"]!);
        foreach (var (key, value) in first.Pairs) Assert.Equal(value, read[key]);
        Assert.Equal("chatml", read.Template.Name);
        Directory.Delete(folder, recursive: true);
    }
}
