namespace ParalegalBot.Tuning.Formats;

/// <summary>Files and folders that are there whole or not at all: written beside their place and moved there when complete.</summary>
internal static class WholeFile
{
    private const string Unfinished = ".unfinished";

    /// <summary>Writes a file; what a failure leaves is removed.</summary>
    /// <exception cref="ParalegalBotException">It cannot be written, for want of room or of permission.</exception>
    public static void Write(string path, Action<FileStream> write)
    {
        try
        {
            using (var stream = new FileStream(path + Unfinished, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(path + Unfinished, path, overwrite: true);
        }
        catch (Exception cause)
        {
            if (File.Exists(path + Unfinished)) File.Delete(path + Unfinished);
            if (cause is IOException or UnauthorizedAccessException) throw Fault(path, cause);
            throw;
        }
    }

    public static void Write(string path, string text) => Write(path, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text)));

    /// <summary>Adds to a file's end.</summary>
    public static void Append(string path, string text)
    {
        try
        {
            File.AppendAllText(path, text);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw Fault(path, cause);
        }
    }

    /// <summary>Writes a folder; what a failure leaves is removed, and so is what an earlier one left.</summary>
    public static void WriteFolder(string path, Action<string> write)
    {
        var unfinished = path + Unfinished;
        try
        {
            if (Directory.Exists(unfinished)) Directory.Delete(unfinished, recursive: true);
            Directory.CreateDirectory(unfinished);
            write(unfinished);
            if (Directory.Exists(path)) Directory.Delete(path, recursive: true);
            Directory.Move(unfinished, path);
        }
        catch (Exception cause)
        {
            if (Directory.Exists(unfinished)) Directory.Delete(unfinished, recursive: true);
            if (cause is IOException or UnauthorizedAccessException) throw Fault(path, cause);
            throw;
        }
    }

    private static ParalegalBotException Fault(string path, Exception cause) =>
        new($"No se pudo escribir «{path}» ({cause.Message.TrimEnd('.')}); libere espacio o revise los permisos e intente de nuevo: lo anterior quedó como estaba.", cause);
}
