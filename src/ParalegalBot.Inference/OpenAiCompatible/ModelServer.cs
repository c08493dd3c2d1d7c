namespace ParalegalBot.Inference.OpenAiCompatible;

/// <summary>A server that answered, and what it offers.</summary>
/// <param name="Address">Ends in <c>/v1/</c>.</param>
/// <param name="Software">As <c>/v1/models</c> names the owner: <c>llamacpp</c>, <c>vllm</c>, <c>library</c> (Ollama)…</param>
/// <param name="Model">The model asked for; where none is configured, the server's first.</param>
internal sealed record ModelServer(Uri Address, string Software, string Model)
{
    /// <summary>Whether it takes a grammar beside the protocol; other servers get the JSON schema alone.</summary>
    public bool TakesGrammar => Software == "llamacpp";
}
