namespace ParalegalBot.Inference.Gguf.Format;

/// <summary>The one sentence that a bad model file is answered with.</summary>
internal static class GgufFault
{
    public static ParalegalBotException Of(string file, string fault) =>
        new($"No se puede usar el modelo «{Path.GetFileName(file)}»: {fault}; señale en Inference:ModelPath un archivo GGUF v3 completo de arquitectura llama.");
}
