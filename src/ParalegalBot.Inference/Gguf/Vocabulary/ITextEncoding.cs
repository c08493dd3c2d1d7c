namespace ParalegalBot.Inference.Gguf.Vocabulary;

/// <summary>Plain text to tokens, marks aside.</summary>
internal interface ITextEncoding
{
    /// <param name="text">Not empty.</param>
    /// <param name="first">Whether it opens the prompt or follows a mark.</param>
    /// <param name="tokens">Where its tokens are added.</param>
    void Encode(string text, bool first, List<int> tokens);
}
